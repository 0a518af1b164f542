// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "holder/holderrecord.h"

#include "base/io.h"

#include <charconv>
#include <format>
#include <optional>

#include <fcntl.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

std::optional<std::uint64_t> parseNumber(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string_view takeUntil(std::string_view &rest, char separator)
{
    const std::size_t at = rest.find(separator);
    const std::string_view part = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    return part;
}

Result<std::uint64_t> startTimeOf(int process)
{
    const auto text = readSmallFile(process, "stat", 4096);
    if (!text)
        return std::unexpected(text.error());
    // The name in parentheses may hold anything; field 22 is the 20th after the last of them.
    std::string_view rest = *text;
    const std::size_t end = rest.rfind(") ");
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    for (int field = 3; field < 22; ++field)
        takeUntil(rest, ' ');
    const auto value = parseNumber(takeUntil(rest, ' '));
    if (!value)
        return fail(ErrorCode::Internal, "cannot read the start time of a process");
    return *value;
}

std::uint64_t inodeOf(const UniqueFd &fd)
{
    struct stat status = {};
    return ::fstat(fd.get(), &status) == 0 ? status.st_ino : 0;
}

bool isOwnedByUs(const UniqueFd &userNamespace)
{
    uid_t owner = ~uid_t{0};
    return ::ioctl(userNamespace.get(), NS_GET_OWNER_UID, &owner) == 0 && owner == ::getuid();
}

// The mount and network namespaces of a holder were made together with its user namespace; those of the
// host would let the engine's work there hit the host.
bool belongsTo(const UniqueFd &space, const UniqueFd &userNamespace)
{
    const UniqueFd owner(::ioctl(space.get(), NS_GET_USERNS));
    return owner && inodeOf(owner) == inodeOf(userNamespace);
}

// A folder below /proc stays the folder of one process: once that has ended, everything in it is gone.
Result<UniqueFd> openProcess(pid_t pid) { return openFile(AT_FDCWD, std::format("/proc/{}", pid), O_RDONLY | O_DIRECTORY); }

} // namespace

std::string encode(const HolderRecord &record)
{
    return std::format("pid={}\nstart={}\nuser={}\nmount={}\nnetwork={}\n", record.pid, record.startTime, record.userNamespace,
        record.mountNamespace, record.networkNamespace);
}

Result<HolderRecord> decodeHolderRecord(std::string_view text)
{
    std::uint64_t values[5] = {};
    std::size_t count = 0;
    for (const std::string_view name : {"pid", "start", "user", "mount", "network"}) {
        std::string_view line = takeUntil(text, '\n');
        const std::string_view found = takeUntil(line, '=');
        const auto value = parseNumber(line);
        if (found != name || !value)
            return fail(ErrorCode::Corrupt, "the holder's record is damaged");
        values[count++] = *value;
    }
    if (!text.empty() || values[0] == 0 || values[0] > 0x7fffffff)
        return fail(ErrorCode::Corrupt, "the holder's record is damaged");
    return HolderRecord{static_cast<pid_t>(values[0]), values[1], values[2], values[3], values[4]};
}

Result<HolderRecord> describeHolder(const HolderLinks &links)
{
    const auto process = openProcess(links.pid);
    if (!process)
        return std::unexpected(process.error());
    const auto startTime = startTimeOf(process->get());
    if (!startTime)
        return std::unexpected(startTime.error());
    return HolderRecord{
        links.pid, *startTime, inodeOf(links.userNamespace), inodeOf(links.mountNamespace), inodeOf(links.networkNamespace)};
}

Result<HolderLinks> openRecordedHolder(const HolderRecord &record)
{
    const auto gone = [] { return fail(ErrorCode::NotFound, "the holder has ended"); };
    const auto process = openProcess(record.pid);
    if (!process)
        return gone();
    HolderLinks links;
    links.pid = record.pid;
    for (auto &[fd, name] : {std::pair<UniqueFd &, const char *>{links.userNamespace, "ns/user"},
             {links.mountNamespace, "ns/mnt"}, {links.networkNamespace, "ns/net"}}) {
        auto opened = openFile(process->get(), name, O_RDONLY);
        if (!opened)
            return gone();
        fd = std::move(*opened);
    }
    const auto startTime = startTimeOf(process->get());
    if (!startTime || *startTime != record.startTime || !isOwnedByUs(links.userNamespace)
        || !belongsTo(links.mountNamespace, links.userNamespace) || !belongsTo(links.networkNamespace, links.userNamespace)
        || inodeOf(links.userNamespace) != record.userNamespace || inodeOf(links.mountNamespace) != record.mountNamespace
        || inodeOf(links.networkNamespace) != record.networkNamespace)
        return gone();
    return links;
}

} // namespace berth
