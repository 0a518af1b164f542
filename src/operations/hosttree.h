// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "core/copyrules.h"

#include <cstdint>
#include <string>
#include <vector>

namespace berth {

// The host's end of a copy, done by this process with the rights of the user. Errors are Docker's sentences.

struct HostSource {
    UniqueFd entry;     // O_PATH; of a link itself unless it is followed
    std::string name;   // as the copy calls it
    bool isFolder = false;
};
Result<HostSource> openHostSource(const std::string &absolutePath, bool followsLink);

// Where a copy to absolutePath really goes; a link at its end is followed, also one that leads nowhere yet.
Result<CopyEnd> findHostTarget(const std::string &absolutePath);
// Refuses what `cp`, `export -o` and `save -o` refuse before they ask for anything. The sentence is Docker's.
Result<> checkOutputPath(const std::string &path);

struct HostCopied {
    std::uint64_t size = 0; // bytes of the tar stream
    std::vector<std::string> skipped;
    bool isPeerGone = false; // nobody read the stream to its end; the error is the other side's to tell
};
// Both run beside the layerer on a thread of their own, and block SIGPIPE there.
Result<> sendHostTree(HostSource source, const std::string &name, UniqueFd output, HostCopied &copied);
// A stream that a container shaped: nothing of it is written outside of folder, and no link is followed.
Result<> receiveHostTree(const std::string &folder, UniqueFd input, HostCopied &copied);

} // namespace berth
