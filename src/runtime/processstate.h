// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "runtime/containeruser.h"
#include "wire/runspec.h"

#include <cstdint>
#include <vector>

namespace berth {

// Closes every descriptor above 2 that is not listed; -1 in the list means nothing.
void keepDescriptors(std::vector<int> fds);

// Signals to their defaults and unblocked, umask 022, resource limits as programs expect them.
Result<> resetProcessState();

// Gives up every right that the container's user is not to have: bounding set, system call filter,
// ids, capabilities; then reads the result back from the kernel through proc and compares. Nothing is
// concluded from the calls having succeeded (CVE-2020-5291, CVE-2025-65105).
Result<> becomeUser(const ContainerUser &user, std::uint64_t capabilities, int proc);

// What was asked for by --ulimit and --security-opt no-new-privileges.
Result<> limitProcess(const std::vector<LimitSpec> &limits, bool noNewPrivileges);

// The process is killed when its parent dies. alive: a socket whose other end the parent holds, to
// see whether that happened before.
Result<> dieWithParent(int alive);

} // namespace berth
