// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/controlgroups.h"
#include "base/io.h"
#include "holder/askhelper.h"
#include "holder/askscope.h"
#include "holder/holderlinks.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxMembership = 64U << 10; // of /proc/self/cgroup: a line for each old hierarchy

Result<DelegatedCgroup> askTheHelper()
{
    auto answer = askHelper(helper::Operation::CgroupEnsure);
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->fds.size() != helper::cgroupEnsureFds)
        return fail(ErrorCode::Corrupt, "berth-helper sent a reply without the cgroup's folder");
    const auto &path = answer->reply.cgroup;
    return DelegatedCgroup{std::move(answer->fds[0]), std::string(path.data(), ::strnlen(path.data(), path.size()))};
}

// The line of the one hierarchy of cgroup v2 is "0::/path"; see cgroups(7).
Result<std::string> ownCgroup()
{
    const auto text = readSmallFile(AT_FDCWD, "/proc/self/cgroup", maxMembership);
    if (!text)
        return text;
    std::string_view rest = *text;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        if (line.starts_with("0::/"))
            return std::string(line.substr(4));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
    return fail(ErrorCode::Unavailable, "this machine has no cgroup2 mount");
}

// Nobody may stay in a group that gives controllers to groups below it, so the first thing that a
// delegated scope gets is a leaf for the one process that is in it.
Result<DelegatedCgroup> enterScope(const std::string &containerId)
{
    const std::string unit = "berth-" + containerId + ".scope";
    const scope::Request request{.unit = unit,
        .description = "Berth container " + containerId.substr(0, 12),
        .pid = static_cast<std::uint32_t>(::getpid()),
        .isDelegated = true};
    if (auto made = askScope(request); !made)
        return std::unexpected(made.error());
    auto path = ownCgroup();
    if (!path)
        return std::unexpected(path.error());
    if (!path->ends_with('/' + unit))
        return fail(ErrorCode::Unavailable, "the user's instance of systemd made " + unit + " without moving the monitor there");
    const auto mount = openControlGroups();
    if (!mount)
        return std::unexpected(mount.error());
    auto folder = openFile(mount->get(), *path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!folder)
        return std::unexpected(folder.error());
    const auto entry = makeDirectory(folder->get(), "entry", 0755);
    if (!entry)
        return std::unexpected(entry.error());
    const auto members = openFile(entry->get(), "cgroup.procs", O_WRONLY | O_NOFOLLOW);
    if (!members)
        return std::unexpected(members.error());
    if (auto entered = writeAll(members->get(), "0"); !entered)
        return std::unexpected(entered.error());
    return DelegatedCgroup{std::move(*folder), std::move(*path)};
}

} // namespace

Result<DelegatedCgroup> enterDelegatedCgroup(const std::string &containerId)
{
    return isSystemdHost() ? enterScope(containerId) : askTheHelper();
}

} // namespace berth
