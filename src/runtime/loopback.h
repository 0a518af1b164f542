// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace berth {

// Brings up "lo" of the caller's network namespace.
Result<> raiseLoopback();

} // namespace berth
