// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/resolveoptions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

Result<bool> isReadOnly(const QString &mode)
{
    // Relabelling has no effect without SELinux.
    for (const QString &word : mode.split(u',', Qt::SkipEmptyParts)) {
        if (word != "ro"_L1 && word != "rw"_L1 && word != "z"_L1 && word != "Z"_L1)
            return fail(ErrorCode::InvalidArgument, "invalid mode: " + mode.toStdString());
    }
    return mode.split(u',').contains(u"ro"_s);
}

} // namespace

Result<RunOptions> withInheritedMounts(const Store &store, const RunOptions &asked)
{
    RunOptions options = asked;
    const auto isTaken = [&](const QString &target) { return std::ranges::contains(asked.mounts, target, &MountOption::target); };
    for (const QString &source : asked.volumesFrom) {
        if (source.isEmpty())
            return fail(ErrorCode::InvalidArgument, "volumes-from specification cannot be an empty string");
        const auto readOnly = isReadOnly(source.section(u':', 1));
        if (!readOnly)
            return std::unexpected(readOnly.error());
        const auto container = store.findContainer(source.section(u':', 0, 0));
        if (!container)
            return std::unexpected(container.error());
        for (MountOption mount : container->options.mounts) {
            if (mount.kind == MountOption::Kind::Tmpfs || isTaken(mount.target))
                continue; // what was asked for by itself wins
            options.mounts.removeIf([&](const MountOption &earlier) { return earlier.target == mount.target; });
            mount.readOnly = mount.readOnly || *readOnly;
            options.mounts += mount;
        }
    }
    return options;
}

} // namespace berth
