// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containerlock.h"

#include "store/containerfiles.h"

#include <poll.h>

namespace berth {
namespace {

// The lock is only asked for, never taken: a monitor that starts meanwhile must find it free.
constexpr int pollInterval = 2;    // milliseconds
constexpr int settleTries = 5000;  // ten seconds

// A starter holds the container's lock until its monitor has answered. A monitor that is there although we
// hold that lock was orphaned by a killed starter; in a moment it has a record, of a run or of a failure.
void awaitSettled(int folder)
{
    for (int i = 0; i < settleTries; ++i) {
        const auto files = readContainerFiles(folder);
        if (!files || files->run || files->exit || !files->hasMonitor)
            return;
        ::poll(nullptr, 0, pollInterval);
    }
}

} // namespace

Result<LockedContainer> lockContainer(const Store &store, const QString &nameOrId)
{
    for (;;) {
        const auto found = store.findContainer(nameOrId);
        if (!found)
            return std::unexpected(found.error());
        auto folder = store.containerFolder(found->id);
        auto lock = folder ? lockFile(folder->get(), "lock", LockKind::Exclusive) : std::unexpected(folder.error());
        if (lock)
            awaitSettled(folder->get());
        auto current = store.findContainer(nameOrId);
        if (!current)
            return std::unexpected(current.error());
        if (current->id != found->id)
            continue; // renamed or replaced while we waited
        if (!lock)
            return std::unexpected(lock.error());
        return LockedContainer{std::move(*current), std::move(*folder), std::move(*lock)};
    }
}

Result<> awaitLockRelease(const Store &store, const QString &id)
{
    const auto folder = store.containerFolder(id);
    if (!folder)
        return {}; // removed: it is over
    for (;;) {
        const auto locked = isLocked(folder->get(), std::string(monitorLockName));
        if (!locked)
            return std::unexpected(locked.error());
        if (!*locked)
            return {};
        ::poll(nullptr, 0, pollInterval);
    }
}

Result<bool> isBeingCopied(const LockedContainer &locked) { return isLocked(locked.folder.get(), std::string(rootLockName)); }

Result<> awaitRootRelease(const LockedContainer &locked)
{
    for (int i = 0; i < settleTries; ++i) {
        const auto copied = isBeingCopied(locked);
        if (!copied)
            return std::unexpected(copied.error());
        if (!*copied)
            return {};
        ::poll(nullptr, 0, pollInterval);
    }
    return fail(ErrorCode::WrongState,
        "cannot start container " + locked.info.name.toStdString() + ": its files are being copied by another command");
}

} // namespace berth
