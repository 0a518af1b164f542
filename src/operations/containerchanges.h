// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imagereference.h"
#include "core/progress.h"
#include "store/store.h"

#include <optional>

namespace berth {

// One line of `diff`.
struct PathChange {
    enum class Kind : char { Added = 'A', Changed = 'C', Deleted = 'D' };
    Kind kind = Kind::Changed;
    QByteArray path;          // absolute; a file's name is bytes, not always text

    friend bool operator==(const PathChange &, const PathChange &) = default;
};
// What a container, running or not, changed in its image's files, sorted by path.
Result<QList<PathChange>> changedPaths(Store &store, const QString &nameOrId);

struct CommitOptions {
    QString author;
    QString message;
    QStringList changes;      // instructions of a Dockerfile
    bool pauses = true;       // a running container, while its files are read
    std::optional<ImageReference> name;
};
// Makes an image of the container's settings and of what it changed. Mounts are not part of it.
Result<ImageInfo> commitContainer(Store &store, const QString &nameOrId, const CommitOptions &options, Progress &progress);

} // namespace berth
