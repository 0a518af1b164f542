// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace berth {

// Deletes name below folder with everything in it, as an ordinary program. PermissionDenied when some
// of it belongs to a subordinate user id: then only the layerer can.
Result<> removeTree(int folder, const std::string &name);

} // namespace berth
