// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <string>

namespace berth {

// Locks between our processes (and threads): an open-file-description lock on the file name below
// directory, which is created when missing. The kernel drops it when the descriptor is closed,
// however the process ends. Source: fcntl(2), "Open file description locks".
enum class LockKind { Shared, Exclusive };

// Waits until the lock is granted.
Result<UniqueFd> lockFile(int directory, const std::string &name, LockKind kind);
// WrongState when somebody else holds it.
Result<UniqueFd> tryLockFile(int directory, const std::string &name, LockKind kind);
// Whether somebody else holds it now; a missing file is not locked.
Result<bool> isLocked(int directory, const std::string &name);

} // namespace berth
