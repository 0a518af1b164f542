// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tarwriter.h"

#include <cstdio>
#include <cstring>

namespace berth {
namespace {

constexpr std::size_t nameSize = 100;
constexpr std::int64_t maxId = 07777777;         // seven octal digits
constexpr std::int64_t maxNumber = 077777777777; // eleven
// Some readers take the name of an extended header for a file's; it only has to be short and harmless.
constexpr std::string_view paxHeaderName = "PaxHeaders/entry";

void putText(TarBlock &block, std::size_t offset, std::size_t size, std::string_view text)
{
    std::memcpy(block.data() + offset, text.data(), std::min(size, text.size()));
}

void putOctal(TarBlock &block, std::size_t offset, int digits, std::int64_t value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%0*llo", digits, static_cast<unsigned long long>(value));
    putText(block, offset, static_cast<std::size_t>(digits), text);
}

void addRecord(std::string &records, std::string_view key, std::string_view value)
{
    // The length counts its own digits.
    const std::size_t rest = key.size() + value.size() + 3;
    std::size_t length = rest + 1;
    while (length != rest + std::to_string(length).size())
        length = rest + std::to_string(length).size();
    records += std::to_string(length);
    records += ' ';
    records += key;
    records += '=';
    records += value;
    records += '\n';
}

// Decimal, with nanoseconds; a time before 1970 counts down.
std::string timeText(std::int64_t seconds, std::uint32_t nanoseconds)
{
    if (nanoseconds == 0)
        return std::to_string(seconds);
    const bool isEarly = seconds < 0;
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%09u", isEarly ? 1'000'000'000 - nanoseconds : nanoseconds);
    return (isEarly ? "-" + std::to_string(-(seconds + 1)) : std::to_string(seconds)) + fraction;
}

bool fits(std::int64_t value, std::int64_t limit) { return value >= 0 && value <= limit; }

std::string paxRecords(const TarEntry &entry)
{
    std::string records;
    if (entry.name.size() > nameSize)
        addRecord(records, "path", entry.name);
    if (entry.linkName.size() > nameSize)
        addRecord(records, "linkpath", entry.linkName);
    if (entry.size > static_cast<std::uint64_t>(maxNumber))
        addRecord(records, "size", std::to_string(entry.size));
    if (!fits(entry.uid, maxId))
        addRecord(records, "uid", std::to_string(entry.uid));
    if (!fits(entry.gid, maxId))
        addRecord(records, "gid", std::to_string(entry.gid));
    if (entry.mtimeNanoseconds != 0 || !fits(entry.mtime, maxNumber))
        addRecord(records, "mtime", timeText(entry.mtime, entry.mtimeNanoseconds));
    for (const auto &attribute : entry.attributes) {
        if (!attribute.name.contains('='))
            addRecord(records, "SCHILY.xattr." + attribute.name, attribute.value);
    }
    return records;
}

std::string headerBlock(const TarEntry &entry)
{
    TarBlock block{};
    putText(block, 0, nameSize, entry.name);
    putOctal(block, 100, 7, entry.mode & 07777);
    putOctal(block, 108, 7, fits(entry.uid, maxId) ? entry.uid : 0);
    putOctal(block, 116, 7, fits(entry.gid, maxId) ? entry.gid : 0);
    const auto size = static_cast<std::int64_t>(entry.size);
    putOctal(block, 124, 11, fits(size, maxNumber) ? size : 0);
    putOctal(block, 136, 11, fits(entry.mtime, maxNumber) ? entry.mtime : 0);
    block[156] = entry.type;
    putText(block, 157, nameSize, entry.linkName);
    std::memcpy(block.data() + 257,
        "ustar\0"
        "00",
        8);
    std::memset(block.data() + 148, ' ', 8); // the checksum counts itself as blanks
    unsigned sum = 0;
    for (const char byte : block)
        sum += static_cast<unsigned char>(byte);
    putOctal(block, 148, 6, sum);
    block[154] = '\0';
    return {block.data(), block.size()};
}

} // namespace

std::string tarHeaders(const TarEntry &entry)
{
    const auto records = paxRecords(entry);
    if (records.empty())
        return headerBlock(entry);
    TarEntry pax;
    pax.type = tartype::paxHeader;
    pax.name = paxHeaderName;
    pax.size = records.size();
    pax.mode = 0644;
    auto bytes = headerBlock(pax) + records;
    bytes.append(tarPadding(records.size()), '\0');
    return bytes + headerBlock(entry);
}

} // namespace berth
