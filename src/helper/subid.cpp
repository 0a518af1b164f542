// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"

#include <unistd.h>

namespace berth::helper {
namespace {

struct Entry {
    std::string_view owner;
    std::uint32_t first = 0;
    std::uint32_t count = 0;

    [[nodiscard]] std::uint32_t last() const { return first + (count - 1); }
};

// owner:first:count. The last id must be below 4294967295, which means "no id" to the kernel; that
// also keeps first + count from wrapping.
bool parseEntry(std::string_view line, Entry &entry)
{
    entry.owner = takeField(line, ':');
    const std::string_view first = takeField(line, ':');
    if (entry.owner.empty() || !parseId(first, entry.first) || !parseId(line, entry.count))
        return false;
    for (const char byte : entry.owner)
        if (byte <= ' ' || byte == 0x7f)
            return false;
    return std::uint64_t{entry.first} + entry.count <= 0xffffffff;
}

bool isIgnored(std::string_view line) { return line.empty() || line.front() == '#'; }

bool isOwnedBy(const Entry &entry, const UserNames &names, uid_t user)
{
    std::uint32_t number = 0;
    return parseId(entry.owner, number) ? number == user : names.contains(entry.owner);
}

Status unusable(const LineReader &reader, std::uint32_t &detail)
{
    detail = reader.hasFailed ? 0 : reader.number;
    return Status::SubidUnusable;
}

// Shared ids would let one user's containers own the files of another's.
Status checkOthers(int ranges, const UserNames &names, uid_t user, const Entry &chosen, std::uint32_t &detail)
{
    if (lseek(ranges, 0, SEEK_SET) != 0)
        return Status::SubidUnusable;
    LineReader reader(ranges, accountsLimit);
    while (reader.next()) {
        Entry entry;
        if (isIgnored(reader.line))
            continue;
        if (!parseEntry(reader.line, entry))
            return unusable(reader, detail);
        if (entry.count == 0 || isOwnedBy(entry, names, user))
            continue;
        std::uint32_t number = 0;
        const bool isUserInside = parseId(entry.owner, number) && number >= chosen.first && number <= chosen.last();
        if (isUserInside || (entry.first <= chosen.last() && chosen.first <= entry.last())) {
            detail = isUserInside ? number : entry.first > chosen.first ? entry.first : chosen.first;
            return Status::SubidCollision;
        }
    }
    return reader.hasFailed ? unusable(reader, detail) : Status::Ok;
}

// passwd and group both have the number in their third field.
Status checkAccounts(int accounts, const Entry &chosen, std::uint32_t &detail)
{
    if (chosen.first < firstSubid) {
        detail = chosen.first;
        return Status::SubidCollision;
    }
    LineReader reader(accounts, accountsLimit);
    reader.truncatesLongLines = true;
    while (reader.next()) {
        std::string_view rest = reader.line;
        takeField(rest, ':');
        takeField(rest, ':');
        std::uint32_t number = 0;
        if (parseId(takeField(rest, ':'), number) && number >= chosen.first && number <= chosen.last()) {
            detail = number;
            return Status::SubidCollision;
        }
    }
    return reader.hasFailed ? Status::SubidUnusable : Status::Ok;
}

} // namespace

Status readSubidRange(
    int ranges, int accounts, const UserNames &names, SubidOwner owner, Status whenNone, IdRange &range, std::uint32_t &detail)
{
    const uid_t user = owner.user;
    Entry chosen;
    LineReader reader(ranges, accountsLimit);
    while (reader.next()) {
        Entry entry;
        if (isIgnored(reader.line))
            continue;
        if (!parseEntry(reader.line, entry))
            return unusable(reader, detail);
        if (isOwnedBy(entry, names, user) && entry.count > chosen.count)
            chosen = {{}, entry.first, entry.count};
    }
    if (reader.hasFailed)
        return unusable(reader, detail);
    if (chosen.count == 0)
        return whenNone;
    // Such an account need not be in the file; it would have two numbers in the namespace.
    if (owner.own >= chosen.first && owner.own <= chosen.last()) {
        detail = owner.own;
        return Status::SubidCollision;
    }
    Status status = checkOthers(ranges, names, user, chosen, detail);
    if (status == Status::Ok)
        status = checkAccounts(accounts, chosen, detail);
    if (status == Status::Ok)
        range = {chosen.first, chosen.count};
    return status;
}

Status findSubids(const Caller &caller, IdRange &users, IdRange &groups, std::uint32_t &detail)
{
    UniqueFd passwd, group, subuid, subgid;
    UserNames names;
    if (openTrusted(usersPath, 0, accountsLimit, passwd) != Trust::Trusted
        || openTrusted(groupsPath, 0, accountsLimit, group) != Trust::Trusted || !readUserNames(passwd.get(), caller.user, names)
        || lseek(passwd.get(), 0, SEEK_SET) != 0)
        return Status::SubidUnusable;
    const auto read = [&](const char *path, UniqueFd &ranges, int accounts, Status whenNone, id_t own, IdRange &range) {
        const Trust trust = openTrusted(path, 0, accountsLimit, ranges);
        if (trust == Trust::Absent)
            return whenNone;
        if (trust == Trust::Unfit)
            return Status::SubidUnusable;
        return readSubidRange(ranges.get(), accounts, names, {caller.user, own}, whenNone, range, detail);
    };
    const Status status = read(subuidPath, subuid, passwd.get(), Status::NoSubuidRange, caller.user, users);
    return status == Status::Ok ? read(subgidPath, subgid, group.get(), Status::NoSubgidRange, caller.group, groups) : status;
}

} // namespace berth::helper
