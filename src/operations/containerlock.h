// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/filelock.h"
#include "store/store.h"

namespace berth {

// Serialises start, stop's bookkeeping and removal of one container between all programs. The name is
// looked up before and after the lock was granted: the container may have been removed meanwhile.
struct LockedContainer {
    ContainerInfo info;
    UniqueFd folder; // containers/<id>/
    UniqueFd lock;
};
Result<LockedContainer> lockContainer(const Store &store, const QString &nameOrId);

// Waits until no monitor holds the container. The monitor writes the exit record and answers its clients
// before it lets go, and a caller may want to start the container again.
Result<> awaitLockRelease(const Store &store, const QString &id);

} // namespace berth
