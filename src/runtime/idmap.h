// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace berth {

// The ids that exist inside a user namespace, as the lines of its uid_map or gid_map say
// (user_namespaces(7)); where they lead on the outside is of no interest here.
struct IdRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;

    friend bool operator==(const IdRange &, const IdRange &) = default;
};

Result<std::vector<IdRange>> parseIdMap(const std::string &text);
[[nodiscard]] bool contains(const std::vector<IdRange> &map, std::uint32_t id);

// The text that maps every id of the holder to itself. One line per line of the holder: the kernel
// refuses a line that spans two lines of the parent's map.
[[nodiscard]] std::string nestedIdMap(const std::vector<IdRange> &holder);

// The maps of the calling process, read through proc.
struct IdMaps {
    std::vector<IdRange> users;
    std::vector<IdRange> groups;
};
Result<IdMaps> readIdMaps(int proc);

// Gives the new user namespace of process pid (a number of the procfs behind proc) the same ids.
Result<> writeNestedMaps(int proc, pid_t pid, const IdMaps &maps);

} // namespace berth
