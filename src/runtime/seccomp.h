// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <span>

struct sock_filter;

namespace berth {

// The filter of every container, compiled while Berth was built (compileseccomp.cpp).
std::span<const sock_filter> seccompProgram();

// Installs it for the calling process and all its children. Needs CAP_SYS_ADMIN in the current user
// namespace, so that set-uid programs keep working (no_new_privs is not set).
Result<> installSeccomp();

} // namespace berth
