// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "store/store.h"

namespace berth {

struct Store::Private {
    EnginePaths paths;
    UniqueFd data;
    Database database;
};

} // namespace berth
