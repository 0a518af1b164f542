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

} // namespace berth
