// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/tarreader.h"
#include "base/uniquefd.h"

#include <ctime>
#include <string>
#include <vector>

#include <sys/types.h>

namespace berth {

// Calls on an entry that is known by an O_PATH descriptor. They go through the caller's own
// /proc/self/fd, the one kind of link that names a file and not a path.

// Opens what fd shows, which is not a link.
Result<UniqueFd> reopenFile(int fd, int flags);
// The target of the link that fd shows.
Result<std::string> readLink(int fd);
// Adds the file capabilities of an open file, the one attribute that Docker copies.
void readCapability(int file, std::vector<TarAttribute> &attributes);

struct EntryAttributes {
    std::uint32_t mode = 0755;
    timespec mtime{};
    std::vector<TarAttribute> extended; // set as far as the file system and our rights allow
    bool setsOwner = false;
    uid_t uid = 0;
    gid_t gid = 0;
};
// Owner first, because changing it clears set-uid bits and capabilities.
Result<> applyEntryAttributes(int fd, const EntryAttributes &attributes);
// Owner and time of the link (folder, name).
Result<> applyLinkAttributes(int folder, const std::string &name, const EntryAttributes &attributes);

// "no such file or directory", as Go's programs and therefore Docker's sentences spell it.
std::string errnoText(int error);

} // namespace berth
