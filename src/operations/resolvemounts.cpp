// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/resolveoptions.h"

#include "core/containername.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

std::unexpected<Error> invalidMount(const QString &target, const char *why)
{
    return fail(ErrorCode::InvalidArgument, "invalid mount target '" + target.toStdString() + "': " + why);
}

bool isAtOrBelow(const QString &path, QLatin1StringView folder)
{
    return path == folder || path.startsWith(QString(folder) + u'/');
}

// As QDir::cleanPath, which keeps a ".." above the root; in a container it is the root.
QString cleanTarget(const QString &target)
{
    QString clean = QDir::cleanPath(target);
    while (clean == u"/.." || clean.startsWith(u"/../"))
        clean.remove(0, 3);
    return clean.isEmpty() ? u"/"_s : clean;
}

// A mount over /proc or /sys hides what the runtime masks and checks there (CVE-2019-16884 and kin).
Result<QString> checkTarget(const QString &target)
{
    if (!target.startsWith(u'/'))
        return invalidMount(target, "mount path must be absolute");
    QString clean = cleanTarget(target);
    if (clean == u"/")
        return invalidMount(target, "it can't be '/'");
    for (const auto folder : {"/proc"_L1, "/sys"_L1, "/dev/pts"_L1}) {
        if (isAtOrBelow(clean, folder))
            return invalidMount(target, "nothing may be mounted at or below /proc, /sys and /dev/pts");
    }
    if (clean == u"/dev")
        return invalidMount(target, "a container has a /dev of its own");
    return clean;
}

Result<> checkBindSource(const MountOption &mount)
{
    const std::string source = mount.source.toStdString();
    if (!mount.source.startsWith(u'/'))
        return fail(ErrorCode::InvalidArgument, "invalid mount path: '" + source + "' mount path must be absolute");
    if (QFileInfo::exists(mount.source))
        return {};
    if (!mount.createSource)
        return fail(
            ErrorCode::InvalidArgument, "invalid mount config for type \"bind\": bind source path does not exist: " + source);
    if (!QDir().mkpath(mount.source))
        return fail(ErrorCode::PermissionDenied, "cannot create the folder " + source);
    return {};
}

} // namespace

Result<QList<MountOption>> resolveMounts(const QList<MountOption> &asked, const QStringList &imageVolumes)
{
    QList<MountOption> mounts;
    QSet<QString> targets;
    for (MountOption mount : asked) {
        const auto target = checkTarget(mount.target);
        if (!target)
            return std::unexpected(target.error());
        mount.target = *target;
        if (mounts.contains(mount))
            continue; // said twice
        if (targets.contains(mount.target))
            return fail(ErrorCode::InvalidArgument, "Duplicate mount point: " + mount.target.toStdString());
        targets.insert(mount.target);
        if (mount.kind == MountOption::Kind::Bind) {
            if (const auto valid = checkBindSource(mount); !valid)
                return std::unexpected(valid.error());
        }
        if (mount.kind == MountOption::Kind::Volume && mount.source.isEmpty())
            mount.source = randomContainerId();
        mounts += mount;
    }
    for (const QString &volume : imageVolumes) {
        // The image is not the person: what it may not ask for is an error, not a folder elsewhere.
        const auto target = checkTarget(volume);
        if (!target)
            return std::unexpected(target.error());
        if (targets.contains(*target))
            continue;
        targets.insert(*target);
        mounts += MountOption{.kind = MountOption::Kind::Volume, .source = randomContainerId(), .target = *target};
    }
    return mounts;
}

} // namespace berth
