// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "store/reserve.h"
#include "store/store.h"

namespace berth {

struct Store::Private {
    EnginePaths paths;
    UniqueFd data;
    Database database;

    // A transaction that makes room on the disk; a full one has a reserve for it.
    template<typename Change> auto removal(Durability durability, Change change) const -> decltype(change())
    {
        return makingRoom(data.get(), [&] { return database.transaction(durability, change); });
    }
};

} // namespace berth
