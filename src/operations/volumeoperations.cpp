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
    const bool isNew = !store.findVolume(chosen);
    if (const auto added = store.addVolume(chosen, isAnonymous, labels); !added)
        return std::unexpected(added.error());
    if (isNew)
        recordVolumeEvent(store, chosen, QStringLiteral("create"));
    return store.findVolume(chosen);
}

namespace {

// created: of the only volume that is meant.
Result<> removeOne(Store &store, const QString &name, const std::optional<QDateTime> &created)
{
    Result<std::string> aside;
    {
        const auto lock = store.lockVolumes(LockKind::Exclusive);
        const auto volume = lock ? store.findVolume(name) : std::unexpected(lock.error());
        if (!volume)
            return std::unexpected(volume.error());
        if (created && volume->created != *created)
            return fail(ErrorCode::WrongState, "remove " + name.toStdString() + ": the volume was made anew");
        if (auto removed = store.removeVolume(name); !removed)
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

} // namespace

Result<> removeVolume(Store &store, const QString &name, bool force)
{
    auto removed = removeOne(store, name, std::nullopt);
    if (!removed && force && removed.error().code == ErrorCode::NotFound)
        return {};
    return removed;
}

Result<> removeVolumeMadeAt(Store &store, const QString &name, const QDateTime &created)
{
    return removeOne(store, name, created);
}

} // namespace berth
