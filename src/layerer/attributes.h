// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/tarreader.h"

#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

namespace berth {

// Owner, mode, time and extended attributes of one entry.
struct Attributes {
    std::int64_t uid = 0;
    std::int64_t gid = 0;
    mode_t mode = 0755;
    timespec mtime{0, UTIME_OMIT};
    std::vector<TarAttribute> extended;

    static Attributes of(TarEntry &entry);
};

// Not what an image may not bring: labels of another machine's policy, and marks that overlay obeys.
bool isImageAttribute(const std::string &name);

// Bits that open(2) and mkdir(2) may not be trusted with: chown and write clear them again.
inline constexpr mode_t specialBits = 07000;

// Sets everything on an open file or folder that was created as root:root with the mode less its special
// bits. In this order: owner (clears set-uid bits and capabilities), mode, attributes, times.
// changedOwners grows when the owner has no place in the user's id range and became nobody.
Result<> applyAttributes(int fd, const Attributes &attributes, std::uint32_t &changedOwners);

// The same for an entry that cannot be opened: a link or a FIFO, as (folder, name), never followed.
Result<> applyAttributesAt(int folder, const std::string &name, const Attributes &attributes, std::uint32_t &changedOwners);

} // namespace berth
