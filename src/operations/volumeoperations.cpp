// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/volumeoperations.h"

#include "core/containername.h"
#include "operations/discard.h"
#include "operations/events.h"

namespace berth {

Result<VolumeInfo> createVolume(Store &store, const QString &name, const QMap<QString, QString> &labels)
{
    const bool isAnonymous = name.isEmpty();
    const QString chosen = isAnonymous ? randomContainerId() : name;
    if (const auto valid = checkVolumeName(chosen); !valid)
        return std::unexpected(valid.error());
    // Nobody removes it between our making it and our looking at it.
    const auto lock = store.lockVolumes(LockKind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    if (const auto added = store.addVolume(chosen, isAnonymous, labels); !added)
        return std::unexpected(added.error());
    return store.findVolume(chosen);
}

Result<> removeVolume(Store &store, const QString &name, bool force)
{
    Result<std::string> aside;
    {
        const auto lock = store.lockVolumes(LockKind::Exclusive);
        if (!lock)
            return std::unexpected(lock.error());
        const auto removed = store.removeVolume(name);
        if (!removed && force && removed.error().code == ErrorCode::NotFound)
            return {};
        if (!removed)
            return removed;
        aside = moveAside(store, QStringLiteral("volumes"), name);
    }
    if (!aside)
        return std::unexpected(aside.error());
    recordVolumeEvent(store, name, QStringLiteral("destroy"));
    auto deleted = deleteAside(store, *aside);
    store.touch();
    return deleted;
}

} // namespace berth
