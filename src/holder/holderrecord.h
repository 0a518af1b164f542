// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "holder/holderlinks.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace berth {

// The file <runtimeFolder>/holder: which process holds the namespaces, and enough to tell it from a
// later process with the same number. Text, one "name=number" a line.
struct HolderRecord {
    pid_t pid = 0;
    std::uint64_t startTime = 0;     // field 22 of /proc/<pid>/stat
    std::uint64_t userNamespace = 0; // inode numbers
    std::uint64_t mountNamespace = 0;
    std::uint64_t networkNamespace = 0;

    friend bool operator==(const HolderRecord &, const HolderRecord &) = default;
};

inline constexpr const char *holderRecordName = "holder";
inline constexpr const char *holderLockName = "holder.lock";

std::string encode(const HolderRecord &record);
Result<HolderRecord> decodeHolderRecord(std::string_view text);

// Describes the process behind links, from the kernel.
Result<HolderRecord> describeHolder(const HolderLinks &links);

// Opens the namespaces of the recorded process and proves that they are the recorded ones, that the
// process lives, and that the user namespace belongs to this user. NotFound when the holder is gone.
Result<HolderLinks> openRecordedHolder(const HolderRecord &record);

} // namespace berth
