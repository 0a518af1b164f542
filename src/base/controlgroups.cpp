// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/controlgroups.h"

#include "base/io.h"

#include <algorithm>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>

namespace berth {
namespace {

constexpr std::size_t maxMountinfo = 4 * 1024 * 1024;

// Fields of proc_pid_mountinfo(5): 4 is the root, 5 the place, and "-" comes before the type. Empty: another mount.
std::string placeOf(std::string_view line)
{
    std::vector<std::string_view> fields;
    for (const auto field : std::views::split(line, ' '))
        fields.emplace_back(field.begin(), field.end());
    const auto dash = std::ranges::find(fields, "-");
    const bool isWhole = fields.size() > 5 && fields[3] == "/" && fields.end() - dash > 1 && dash[1] == "cgroup2";
    return isWhole ? std::string(fields[4]) : std::string();
}

} // namespace

Result<UniqueFd> openControlGroups()
{
    const auto mounts = readSmallFile(AT_FDCWD, "/proc/self/mountinfo", maxMountinfo);
    if (!mounts)
        return std::unexpected(mounts.error());
    for (const auto line : std::views::split(*mounts, '\n')) {
        const auto place = placeOf({line.begin(), line.end()});
        if (place.empty())
            continue;
        auto folder = openFile(AT_FDCWD, place, O_RDONLY | O_DIRECTORY);
        struct statfs system = {};
        // Something else may be mounted over it.
        if (folder && ::fstatfs(folder->get(), &system) == 0 && system.f_type == CGROUP2_SUPER_MAGIC)
            return folder;
    }
    return fail(ErrorCode::Unavailable, "this machine has no control groups of version 2");
}

} // namespace berth
