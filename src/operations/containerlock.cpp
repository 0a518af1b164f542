// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containerlock.h"

#include "wire/monitormessage.h"

namespace berth {

Result<LockedContainer> lockContainer(const Store &store, const QString &nameOrId)
{
    const auto found = store.findContainer(nameOrId);
    if (!found)
        return std::unexpected(found.error());
    auto folder = store.containerFolder(found->id);
    if (!folder)
        return std::unexpected(folder.error());
    auto lock = lockFile(folder->get(), "lock", LockKind::Exclusive);
    if (!lock)
        return std::unexpected(lock.error());
    auto current = store.findContainer(found->id);
    if (!current)
        return std::unexpected(current.error());
    return LockedContainer{std::move(*current), std::move(*folder), std::move(*lock)};
}

Result<> awaitLockRelease(const Store &store, const QString &id)
{
    const auto folder = store.containerFolder(id);
    if (!folder)
        return {}; // removed: it is over
    const auto lock = lockFile(folder->get(), std::string(monitorLockName), LockKind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    return {};
}

} // namespace berth
