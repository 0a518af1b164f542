// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace berth {

// Splits process 1 in two: the child returns and goes on to execute the program; the parent
// stays as process 1, holds no descriptor, forwards signals to that child, reaps every orphan and ends
// with the child's status (128 + signal as shells do).
Result<> stayAsReaper();

} // namespace berth
