// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace berth {

// The names in the folder that the descriptor is open on, without "." and "..", in no order. The descriptor keeps
// its own position.
Result<std::vector<std::string>> listFolder(int folder);

} // namespace berth
