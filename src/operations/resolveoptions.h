// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "core/imageinfo.h"
#include "store/store.h"

namespace berth {

// Combines what was asked for with what the image says, by Docker's rules, into options without open
// questions: entry point, command, environment, folder, user, stop signal, volumes, hostname.
// InvalidArgument: "no command specified", a relative folder, a bad signal.
Result<RunOptions> resolveOptions(const RunOptions &asked, const ImageConfig &image, const QString &id);

// With the mounts of --volumes-from, of which a later one wins, and one that was asked for by itself wins
// over all.
Result<RunOptions> withInheritedMounts(const Store &store, const RunOptions &asked);

// Refuses targets that would hide what the runtime relies on, twice the same target, and sources that
// cannot be; makes a missing host folder for -v. Names anonymous volumes and adds the image's.
Result<QList<MountOption>> resolveMounts(const QList<MountOption> &asked, const QStringList &imageVolumes);

// The environment as it was asked for and as the image has it, in that order, without what every container gets: what
// inspect tells of it, as Docker does. resolved: options of resolveOptions.
QStringList askedEnvironment(const RunOptions &resolved, const ImageConfig &image);

} // namespace berth
