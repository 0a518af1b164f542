// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth::helper {
namespace {

bool isBlank(char byte) { return byte == ' ' || byte == '\t'; }

std::string_view takeWord(std::string_view &rest)
{
    while (!rest.empty() && isBlank(rest.front()))
        rest.remove_prefix(1);
    std::size_t length = 0;
    while (length < rest.size() && !isBlank(rest[length]))
        ++length;
    const std::string_view word(rest.data(), length);
    rest.remove_prefix(length);
    return word;
}

// Starts with a letter or an underscore: a number as a name would leave open which of two users is
// meant.
bool isName(std::string_view text)
{
    if (text.empty() || text.size() >= UserNames::longest)
        return false;
    bool isFirst = true;
    for (const char byte : text) {
        const bool isLetter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
        const bool isOther = (byte >= '0' && byte <= '9') || byte == '.' || byte == '-';
        if (!isLetter && (isFirst || !isOther))
            return false;
        isFirst = false;
    }
    return true;
}

struct Rule {
    std::string_view subject; // without the @
    bool isGroup = false;
    Feature feature = HolderFeature;
    std::uint32_t maximum = defaultMaximum;
};

bool parseRule(std::string_view text, Rule &rule)
{
    if (takeWord(text) != "allow")
        return false;
    rule.subject = takeWord(text);
    rule.isGroup = !rule.subject.empty() && rule.subject.front() == '@';
    if (rule.isGroup)
        rule.subject.remove_prefix(1);
    const std::string_view feature = takeWord(text);
    if (feature == "holder")
        rule.feature = HolderFeature;
    else if (feature == "cgroup")
        rule.feature = CgroupFeature;
    else if (feature == "uplink")
        rule.feature = UplinkFeature;
    else
        return false;
    const std::string_view maximum = takeWord(text);
    if (!maximum.empty() && (!parseId(maximum, rule.maximum) || rule.maximum == 0 || rule.maximum > largestMaximum))
        return false;
    return isName(rule.subject) && takeWord(text).empty();
}

// True when the line is about a pool; the rest of it is left.
bool takePool(std::string_view &text)
{
    std::string_view rest = text;
    const bool isPool = takeWord(rest) == "pool";
    if (isPool)
        text = rest;
    return isPool;
}

// The kernel knows the caller's groups by number; the file says which number the name has.
bool isMember(int groups, std::string_view name, const Caller &caller)
{
    if (lseek(groups, 0, SEEK_SET) != 0)
        return false;
    LineReader reader(groups, accountsLimit);
    reader.truncatesLongLines = true; // of a group with very many members
    while (reader.next()) {
        std::string_view rest = reader.line;
        if (takeField(rest, ':') != name)
            continue;
        takeField(rest, ':');
        std::uint32_t number = 0;
        return parseId(takeField(rest, ':'), number) && caller.isInGroup(number);
    }
    return false;
}

} // namespace

bool Caller::isInGroup(gid_t wanted) const
{
    if (wanted == group)
        return true;
    for (int i = 0; i < groupCount; ++i)
        if (groups[i] == wanted)
            return true;
    return false;
}

bool LineReader::fill()
{
    if (m_begin > 0) {
        memmove(m_buffer, m_buffer + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_isAtEnd || m_end == sizeof m_buffer)
        return false;
    ssize_t count = -1;
    do {
        count = read(m_fd, m_buffer + m_end, sizeof m_buffer - m_end);
    } while (count < 0 && errno == EINTR);
    if (count < 0 || static_cast<std::size_t>(count) > m_left) {
        hasFailed = true;
        return false;
    }
    m_isAtEnd = count == 0;
    m_end += static_cast<std::size_t>(count);
    m_left -= static_cast<std::size_t>(count);
    return count > 0;
}

bool LineReader::next()
{
    for (std::size_t searched = 0;;) {
        const char *start = m_buffer + m_begin;
        const std::size_t available = m_end - m_begin;
        const auto *end = static_cast<const char *>(memchr(start + searched, '\n', available - searched));
        searched = available;
        if (!end && fill())
            continue;
        const bool isLong = !end && available == sizeof m_buffer;
        if (hasFailed || (!end && available == 0))
            return false;
        if (isLong && !truncatesLongLines) {
            hasFailed = true;
            return false;
        }
        const std::size_t length = end ? static_cast<std::size_t>(end - start) : available;
        line = std::string_view(m_buffer + m_begin, length);
        m_begin += length + (end ? 1 : 0);
        const bool isTail = m_isInTail;
        m_isInTail = isLong;
        searched = 0;
        if (isTail)
            continue;
        ++number;
        return true;
    }
}

std::string_view takeField(std::string_view &rest, char separator)
{
    std::size_t length = 0;
    while (length < rest.size() && rest[length] != separator)
        ++length;
    const std::string_view field(rest.data(), length);
    rest.remove_prefix(length < rest.size() ? length + 1 : length);
    return field;
}

bool parseId(std::string_view text, std::uint32_t &value)
{
    if (text.empty() || text.size() > 10)
        return false;
    std::uint64_t number = 0;
    for (const char byte : text) {
        if (byte < '0' || byte > '9')
            return false;
        number = number * 10 + static_cast<std::uint64_t>(byte - '0');
    }
    value = static_cast<std::uint32_t>(number);
    return number <= 0xffffffff;
}

ShortText &ShortText::add(const char *text)
{
    while (*text && size + 1 < sizeof bytes)
        bytes[size++] = *text++;
    return *this;
}

ShortText &ShortText::addHex(std::uint32_t number)
{
    for (int shift = 28; shift >= 0 && size + 1 < sizeof bytes; shift -= 4)
        bytes[size++] = "0123456789abcdef"[number >> shift & 15];
    return *this;
}

ShortText &ShortText::add(std::uint32_t number)
{
    char digits[11] = {};
    std::size_t at = sizeof digits - 1;
    do {
        digits[--at] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number != 0);
    return add(digits + at);
}

Trust openTrusted(const char *path, uid_t owner, std::size_t limit, UniqueFd &fd)
{
    // O_NONBLOCK: a fifo in place of the file must not hold us.
    fd.reset(open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!fd)
        return errno == ENOENT ? Trust::Absent : Trust::Unfit;
    struct stat status = {};
    const bool isFit = fstat(fd.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == owner
        && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0 && static_cast<std::uint64_t>(status.st_size) <= limit;
    return isFit ? Trust::Trusted : Trust::Unfit;
}

bool UserNames::contains(std::string_view name) const
{
    for (std::size_t i = 0; i < count; ++i)
        if (std::string_view(names[i], lengths[i]) == name)
            return true;
    return false;
}

bool readUserNames(int passwd, uid_t user, UserNames &names)
{
    LineReader reader(passwd, accountsLimit);
    while (reader.next()) {
        std::string_view rest = reader.line;
        const std::string_view name = takeField(rest, ':');
        takeField(rest, ':');
        std::uint32_t number = 0;
        if (!parseId(takeField(rest, ':'), number) || number != user || !isName(name))
            continue;
        if (names.count == UserNames::capacity)
            break;
        memcpy(names.names[names.count], name.data(), name.size());
        names.lengths[names.count++] = name.size();
    }
    return !reader.hasFailed;
}

Status readPolicy(int policy, int groups, const UserNames &names, const Caller &caller, Feature feature, std::uint32_t &maximum,
    std::uint32_t &detail)
{
    Status status = Status::NotAllowed;
    std::uint32_t most = 0;
    LineReader reader(policy, policyLimit);
    while (reader.next()) {
        std::string_view rest = reader.line;
        std::string_view text = takeField(rest, '#');
        std::string_view probe = text;
        if (takeWord(probe).empty())
            continue;
        Rule rule;
        Pool pool;
        if (takePool(text)) {
            if (!parsePool(text, pool)) {
                detail = reader.number;
                return Status::PolicyUnusable;
            }
            continue;
        }
        if (!parseRule(text, rule)) {
            detail = reader.number;
            return Status::PolicyUnusable;
        }
        if (rule.feature != feature)
            continue;
        if (rule.isGroup ? isMember(groups, rule.subject, caller) : names.contains(rule.subject)) {
            status = Status::Ok;
            most = rule.maximum > most ? rule.maximum : most;
        }
    }
    if (reader.hasFailed)
        return Status::PolicyUnusable;
    maximum = most;
    return status;
}

// A whole block, of which each uplink gets two addresses: neither too small for a few users nor larger
// than a private range, and nothing that is no ordinary address.
bool parsePool(std::string_view text, Pool &pool)
{
    std::string_view word = takeWord(text);
    std::string_view address = takeField(word, '/');
    if (!takeWord(text).empty() || !parseId(word, pool.bits) || pool.bits < 8 || pool.bits > 30 || address.empty()
        || address.back() == '.')
        return false;
    pool.base = 0;
    for (int part = 0; part < 4; ++part) {
        std::uint32_t number = 0;
        if (!parseId(takeField(address, '.'), number) || number > 255)
            return false;
        pool.base = pool.base << 8 | number;
    }
    const std::uint32_t first = pool.base >> 24;
    return address.empty() && (pool.base & (0xffffffffU >> pool.bits)) == 0 && first != 0 && first != 127 && first < 224;
}

bool readPools(Pools &pools)
{
    constexpr Pool ours[] = {{0x0ad50000, 16}, {0xac1fd000, 20}, {0xc0a8d500, 24}}; // 10.213, 172.31.208, 192.168.213
    UniqueFd policy;
    const Trust trust = openTrusted(policyPath, 0, policyLimit, policy);
    if (trust == Trust::Unfit)
        return false;
    LineReader reader(policy.get(), policyLimit);
    while (trust == Trust::Trusted && reader.next()) {
        std::string_view rest = reader.line;
        std::string_view text = takeField(rest, '#');
        if (!takePool(text))
            continue;
        if (pools.count == Pools::capacity || !parsePool(text, pools.pools[pools.count++]))
            return false;
    }
    if (pools.count == 0)
        for (const Pool &pool : ours)
            pools.pools[pools.count++] = pool;
    return !reader.hasFailed;
}

Status authorise(const Caller &caller, Feature feature, std::uint32_t &maximum, std::uint32_t &detail)
{
    UniqueFd policy, users, groups;
    const Trust trust = openTrusted(policyPath, 0, policyLimit, policy);
    if (trust == Trust::Unfit)
        return Status::PolicyUnusable;
    if (openTrusted(groupsPath, 0, accountsLimit, groups) != Trust::Trusted)
        return Status::PolicyUnusable;
    if (trust == Trust::Absent) {
        maximum = defaultMaximum;
        return isMember(groups.get(), "berth", caller) ? Status::Ok : Status::NotAllowed;
    }
    UserNames names;
    if (openTrusted(usersPath, 0, accountsLimit, users) != Trust::Trusted || !readUserNames(users.get(), caller.user, names))
        return Status::PolicyUnusable;
    return readPolicy(policy.get(), groups.get(), names, caller, feature, maximum, detail);
}

} // namespace berth::helper
