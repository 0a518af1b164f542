// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/filelock.h"
#include "store/store.h"

namespace berth {

// Serialises the verbs of one container between all programs, so that what many do at once is what some
// order of them would have done. While it is held the container keeps its name, and the name is its: it is
// looked up again after the lock was granted. Held for as long as the kernel takes to do something, never
// while a container is given time.
struct LockedContainer {
    ContainerInfo info;
    UniqueFd folder; // containers/<id>/
    UniqueFd lock;
};
Result<LockedContainer> lockContainer(const Store &store, const QString &nameOrId);

// SIGKILL to all its processes; returns when its end is on record. Not running: success.
Result<> killLocked(const Store &store, const LockedContainer &locked);

// Waits until no monitor holds the container. The monitor writes the exit record and answers its clients
// before it lets go, and a caller may want to start the container again. Only under the container's lock:
// otherwise somebody may start it, and the next monitor would be waited for.
Result<> awaitLockRelease(const Store &store, const QString &id);

// Whether another program copies files to or from it (wire/monitormessage.h, rootLockName).
Result<bool> isBeingCopied(const LockedContainer &locked);
// Gives copies ten seconds to end; WrongState when they do not.
Result<> awaitRootRelease(const LockedContainer &locked);

} // namespace berth
