// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

namespace berth {

// The root folder of the control groups, version 2: the first mount that shows the whole tree, wherever it is;
// machines with the old hierarchies have it beside them. Unavailable: there is none.
Result<UniqueFd> openControlGroups();

} // namespace berth
