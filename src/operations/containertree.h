// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "store/store.h"

#include <expected>
#include <string>

namespace berth {

struct CopyOptions {
    bool followsLink = false; // -L: of the source
    bool keepsOwners = false; // -a: else everything that is copied in is root's; a stream keeps its own
};

struct Copied {
    std::uint64_t size = 0;   // bytes of the tar stream in between, which is what Docker tells
    std::string target;       // where it went, as Docker names it
    QStringList skipped;      // sockets and devices
};

// Docker words an error of the caller's own files differently from one of the container's.
struct CopyFailure {
    Error error;
    bool isOfHost = false;
};
using CopyResult = std::expected<Copied, CopyFailure>;

// `cp`, by the rules of core/copyrules.h, with a running, paused or stopped container. path is as typed; hostPath
// relative to the folder of the caller.
CopyResult copyFromContainer(Store &store, const QString &nameOrId, const std::string &path, const std::string &hostPath,
    const CopyOptions &options, Progress &progress);
CopyResult copyToContainer(Store &store, const QString &nameOrId, const std::string &hostPath, const std::string &path,
    const CopyOptions &options, Progress &progress);
// As a tar stream; input may be packed.
CopyResult streamFromContainer(
    Store &store, const QString &nameOrId, const std::string &path, int output, const CopyOptions &options, Progress &progress);
CopyResult streamToContainer(Store &store, const QString &nameOrId, int input, const std::string &path, Progress &progress);

// `export`: the container's own files, without what is mounted in it, as a tar stream.
Result<> exportContainer(Store &store, const QString &nameOrId, int output, Progress &progress);

} // namespace berth
