// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <functional>

namespace berth {

// Runs run() in a child of this process, with all signals blocked so that none of our handlers runs there, and
// gives a pidfd (see waitForProgram). run must not return, nor take memory: another thread may hold the heap's
// lock for ever.
Result<UniqueFd> cloneChild(const std::function<void()> &run);

} // namespace berth
