// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runoptions.h"

#include <QByteArray>

namespace berth {

// How a container's options are kept in the database. Fields at their default are left out; unknown
// fields are ignored, so that an older program can read what a newer one wrote.
QByteArray optionsToJson(const RunOptions &options);
RunOptions optionsFromJson(const QByteArray &json);

} // namespace berth
