// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/containeruser.h"

#include "base/io.h"
#include "base/rootpath.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace berth {
namespace {

constexpr std::size_t maxUserFileSize = 1024 * 1024;

// Fields of one line between colons.
std::vector<std::string_view> splitFields(std::string_view line, char separator)
{
    std::vector<std::string_view> fields;
    for (;;) {
        const auto end = line.find(separator);
        fields.push_back(line.substr(0, end));
        if (end == std::string_view::npos)
            return fields;
        line.remove_prefix(end + 1);
    }
}

template<typename Visit> void forEachLine(std::string_view text, Visit visit)
{
    while (!text.empty()) {
        const auto end = text.find('\n');
        visit(splitFields(text.substr(0, end), ':'));
        if (end == std::string_view::npos)
            return;
        text.remove_prefix(end + 1);
    }
}

std::optional<std::uint32_t> parseId(std::string_view text)
{
    std::uint32_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    // The last id means "unchanged" to the kernel.
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || id == UINT32_MAX)
        return std::nullopt;
    return id;
}

enum class Spelling { Number, Name, Invalid };

Spelling spellingOf(std::string_view text)
{
    const auto isDigit = [](char byte) { return byte >= '0' && byte <= '9'; };
    if (std::ranges::all_of(text, isDigit))
        return parseId(text) ? Spelling::Number : Spelling::Invalid;
    const bool hasSpace = text.find_first_of(" \t\r\n") != std::string_view::npos;
    if (isDigit(text.front()) || text.front() == '-' || text.front() == '+' || hasSpace)
        return Spelling::Invalid;
    return Spelling::Name;
}

std::unexpected<Error> invalid(const char *kind, std::string_view text)
{
    if (std::ranges::all_of(text, [](char byte) { return byte >= '0' && byte <= '9'; }))
        return fail(ErrorCode::InvalidArgument, "uids and gids must be in range 0-4294967294");
    return fail(ErrorCode::InvalidArgument,
        std::string("\"") + std::string(text) + "\" is neither a " + kind + " name nor a number from 0 to 4294967294");
}

struct PasswdEntry {
    std::string name;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::string home;
};

template<typename Matches>
std::optional<PasswdEntry> findPasswdEntry(const std::string &text, Matches matches)
{
    std::optional<PasswdEntry> found;
    forEachLine(text, [&](const std::vector<std::string_view> &fields) {
        if (found || fields.size() < 4)
            return;
        const auto uid = parseId(fields[2]);
        const auto gid = parseId(fields[3]);
        if (!uid || !gid || !matches(fields[0], *uid))
            return;
        found = PasswdEntry{std::string(fields[0]), *uid, *gid, std::string(fields.size() > 5 ? fields[5] : std::string_view())};
    });
    return found;
}

Result<std::uint32_t> resolveGroup(std::string_view group, const std::string &text)
{
    switch (spellingOf(group)) {
    case Spelling::Number: return *parseId(group);
    case Spelling::Invalid: return invalid("group", group);
    case Spelling::Name: break;
    }
    std::optional<std::uint32_t> found;
    forEachLine(text, [&](const std::vector<std::string_view> &fields) {
        if (!found && fields.size() >= 3 && fields[0] == group)
            found = parseId(fields[2]);
    });
    if (!found)
        return fail(ErrorCode::NotFound, "unable to find group " + std::string(group) + ": no matching entries in group file");
    return *found;
}

void addGroupsOf(const std::string &name, const std::string &text, std::vector<std::uint32_t> &groups)
{
    forEachLine(text, [&](const std::vector<std::string_view> &fields) {
        if (fields.size() < 4)
            return;
        const auto members = splitFields(fields[3], ',');
        const auto gid = parseId(fields[2]);
        if (gid && std::ranges::find(members, std::string_view(name)) != members.end())
            groups.push_back(*gid);
    });
}

// The user part: number, name or nothing (root).
Result<PasswdEntry> resolvePasswd(std::string_view user, const std::string &text)
{
    if (user.empty())
        user = "0";
    const Spelling spelling = spellingOf(user);
    if (spelling == Spelling::Invalid)
        return invalid("user", user);
    if (spelling == Spelling::Name) {
        auto entry = findPasswdEntry(text, [user](std::string_view name, std::uint32_t) { return name == user; });
        if (!entry)
            return fail(ErrorCode::NotFound, "unable to find user " + std::string(user) + ": no matching entries in passwd file");
        return *entry;
    }
    const std::uint32_t uid = *parseId(user);
    auto entry = findPasswdEntry(text, [uid](std::string_view, std::uint32_t other) { return other == uid; });
    return entry.value_or(PasswdEntry{{}, uid, 0, {}});
}

Result<> checkMapped(const ContainerUser &user, const IdMaps &maps)
{
    const auto outside = [](const char *kind, std::uint32_t id) {
        return fail(ErrorCode::InvalidArgument,
            std::string("the ") + kind + " id " + std::to_string(id)
                + " lies outside the range that this user may use in containers");
    };
    if (!contains(maps.users, user.uid))
        return outside("user", user.uid);
    if (!contains(maps.groups, user.gid))
        return outside("group", user.gid);
    for (const auto group : user.groups) {
        if (!contains(maps.groups, group))
            return outside("group", group);
    }
    return {};
}

} // namespace

UserFiles readUserFiles(int root)
{
    const auto read = [root](const char *name) -> std::string {
        const auto file = openRegularInRoot(root, name);
        if (!file)
            return {};
        return readAll(file->get(), maxUserFileSize).value_or(std::string());
    };
    return UserFiles{read("/etc/passwd"), read("/etc/group")};
}

Result<ContainerUser> resolveUser(
    const std::string &user, const std::vector<std::string> &extraGroups, const UserFiles &files, const IdMaps &maps)
{
    const std::string_view whole = user;
    const auto colon = whole.find(':');
    const auto groupPart = colon == std::string_view::npos ? std::string_view() : whole.substr(colon + 1);
    auto entry = resolvePasswd(whole.substr(0, colon), files.passwd);
    if (!entry)
        return std::unexpected(entry.error());

    ContainerUser resolved{entry->uid, entry->gid, {}, entry->home.empty() ? "/" : entry->home};
    if (!groupPart.empty()) {
        auto gid = resolveGroup(groupPart, files.group);
        if (!gid)
            return std::unexpected(gid.error());
        resolved.gid = *gid;
    } else if (!entry->name.empty()) {
        addGroupsOf(entry->name, files.group, resolved.groups);
    }
    for (const auto &group : extraGroups) {
        auto gid = resolveGroup(group, files.group);
        if (!gid)
            return std::unexpected(gid.error());
        resolved.groups.push_back(*gid);
    }
    // The primary group is among them, as login does it: else a file that its group may not read could be
    // read by a process that gives up its primary group (CVE-2022-36109).
    resolved.groups.push_back(resolved.gid);
    std::ranges::sort(resolved.groups);
    const auto repeated = std::ranges::unique(resolved.groups);
    resolved.groups.erase(repeated.begin(), repeated.end());
    if (auto mapped = checkMapped(resolved, maps); !mapped)
        return std::unexpected(mapped.error());
    return resolved;
}

} // namespace berth
