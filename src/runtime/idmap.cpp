// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/idmap.h"

#include "runtime/procfiles.h"

#include <algorithm>
#include <charconv>

namespace berth {
namespace {

constexpr std::size_t maxMapLines = 340; // the kernel's own limit (UID_GID_MAP_MAX_EXTENTS)

bool takeNumber(const char *&at, const char *end, std::uint32_t &value)
{
    while (at != end && (*at == ' ' || *at == '\t'))
        ++at;
    const auto [next, error] = std::from_chars(at, end, value);
    at = next;
    return error == std::errc();
}

} // namespace

Result<std::vector<IdRange>> parseIdMap(const std::string &text)
{
    std::vector<IdRange> map;
    const char *at = text.data();
    const char *const end = text.data() + text.size();
    while (at != end) {
        IdRange range;
        std::uint32_t outside = 0;
        if (!takeNumber(at, end, range.first) || !takeNumber(at, end, outside) || !takeNumber(at, end, range.count)
            || (at != end && *at != '\n'))
            return fail(ErrorCode::Corrupt, "a map of ids cannot be read");
        // The last id means "none" to the kernel.
        if (range.count == 0 || std::uint64_t{range.first} + range.count > UINT32_MAX || map.size() >= maxMapLines)
            return fail(ErrorCode::Corrupt, "a map of ids is out of range");
        map.push_back(range);
        if (at != end)
            ++at;
    }
    return map;
}

bool contains(const std::vector<IdRange> &map, std::uint32_t id)
{
    return std::ranges::any_of(map, [id](const IdRange &range) { return id >= range.first && id - range.first < range.count; });
}

std::string nestedIdMap(const std::vector<IdRange> &holder)
{
    std::string text;
    for (const auto &range : holder) {
        const std::string first = std::to_string(range.first);
        text += first + ' ' + first + ' ' + std::to_string(range.count) + '\n';
    }
    return text;
}

Result<IdMaps> readIdMaps(int proc)
{
    IdMaps maps;
    const auto read = [proc](const char *name, std::vector<IdRange> &map) -> Result<> {
        auto text = readProcFile(proc, name);
        if (!text)
            return std::unexpected(text.error());
        auto parsed = parseIdMap(*text);
        if (!parsed)
            return wrap(name, parsed.error());
        map = std::move(*parsed);
        return {};
    };
    if (auto users = read("self/uid_map", maps.users); !users)
        return std::unexpected(users.error());
    if (auto groups = read("self/gid_map", maps.groups); !groups)
        return std::unexpected(groups.error());
    if (!contains(maps.users, 0) || !contains(maps.groups, 0))
        return fail(ErrorCode::Unavailable, "the holder has no root user");
    return maps;
}

Result<> writeNestedMaps(int proc, pid_t pid, const IdMaps &maps)
{
    const std::string folder = std::to_string(pid);
    if (auto users = writeProcFile(proc, folder + "/uid_map", nestedIdMap(maps.users)); !users)
        return users;
    return writeProcFile(proc, folder + "/gid_map", nestedIdMap(maps.groups));
}

} // namespace berth
