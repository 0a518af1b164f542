// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tarheader.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace berth {
namespace {

constexpr std::size_t maxNameLength = 4096;  // PATH_MAX: no file system call takes more
constexpr std::size_t maxPartLength = 255;   // NAME_MAX of every Linux file system in use
constexpr std::size_t maxShownName = 120;

std::string_view field(const TarBlock &block, std::size_t offset, std::size_t size) { return {block.data() + offset, size}; }

std::string textField(const TarBlock &block, std::size_t offset, std::size_t size)
{
    const auto text = field(block, offset, size);
    return std::string(text.substr(0, text.find('\0')));
}

// Some old writers summed signed bytes, so both sums are right.
bool isChecksumRight(const TarBlock &block)
{
    const auto stored = parseTarNumber(field(block, 148, 8));
    if (!stored)
        return false;
    std::int64_t asUnsigned = 0;
    std::int64_t asSigned = 0;
    for (std::size_t i = 0; i < block.size(); ++i) {
        const char byte = (i >= 148 && i < 156) ? ' ' : block[i];
        asUnsigned += static_cast<unsigned char>(byte);
        asSigned += static_cast<signed char>(byte);
    }
    return *stored == asUnsigned || *stored == asSigned;
}

std::optional<std::int64_t> parseBase256(std::string_view bytes)
{
    // Two's complement, big-endian; the top bit of the first byte is the marker.
    const bool negative = (static_cast<unsigned char>(bytes[0]) & 0x40) != 0;
    std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto byte = static_cast<unsigned char>(bytes[i]);
        if (i == 0)
            byte = negative ? byte | 0x80 : byte & 0x7f;
        const auto top = static_cast<unsigned char>(value >> 56);
        if (top != (negative ? 0xff : 0x00))
            return std::nullopt;
        value = (value << 8) | byte;
    }
    const auto result = static_cast<std::int64_t>(value);
    if ((result < 0) != negative)
        return std::nullopt;
    return result;
}

std::string fullName(const TarBlock &block)
{
    std::string name = textField(block, 0, 100);
    // "ustar\0" is POSIX; "ustar " is GNU, which keeps other things in the bytes of the prefix.
    if (field(block, 257, 6) != std::string_view("ustar\0", 6))
        return name;
    const bool isStar = field(block, 508, 4) == std::string_view("tar\0", 4);
    const std::string prefix = textField(block, 345, isStar ? 131 : 155);
    return prefix.empty() ? name : prefix + '/' + name;
}

} // namespace

bool isZeroBlock(const TarBlock &block)
{
    return std::ranges::all_of(block, [](char byte) { return byte == 0; });
}

std::optional<std::int64_t> parseTarNumber(std::string_view bytes)
{
    if (bytes.empty())
        return std::nullopt;
    if (static_cast<unsigned char>(bytes[0]) & 0x80)
        return parseBase256(bytes);
    const auto isFiller = [](char c) { return c == ' ' || c == '\0'; };
    while (!bytes.empty() && isFiller(bytes.front()))
        bytes.remove_prefix(1);
    bytes = bytes.substr(0, bytes.find('\0'));
    while (!bytes.empty() && isFiller(bytes.back()))
        bytes.remove_suffix(1);
    std::int64_t value = 0;
    for (const char digit : bytes) {
        if (digit < '0' || digit > '7' || value > (std::numeric_limits<std::int64_t>::max() >> 3))
            return std::nullopt;
        value = value * 8 + (digit - '0');
    }
    return value;
}

Result<TarHeader> parseTarHeader(const TarBlock &block)
{
    if (!isChecksumRight(block))
        return fail(ErrorCode::Corrupt, "not a tar header (wrong checksum)");
    TarHeader header;
    header.type = block[156];
    header.name = fullName(block);
    header.linkName = textField(block, 157, 100);
    const auto mode = parseTarNumber(field(block, 100, 8));
    const auto uid = parseTarNumber(field(block, 108, 8));
    const auto gid = parseTarNumber(field(block, 116, 8));
    const auto size = parseTarNumber(field(block, 124, 12));
    const auto mtime = parseTarNumber(field(block, 136, 12));
    if (!mode || !uid || !gid || !size || !mtime || *size < 0)
        return fail(ErrorCode::Corrupt, "the tar header of " + printableName(header.name) + " has a number that cannot be read");
    header.mode = static_cast<std::uint32_t>(*mode) & 07777;
    header.uid = *uid;
    header.gid = *gid;
    header.size = static_cast<std::uint64_t>(*size);
    header.mtime = *mtime;
    return header;
}

bool tarTypeHasData(char type)
{
    switch (type) {
    case tartype::hardLink:
    case tartype::symbolicLink:
    case tartype::characterDevice:
    case tartype::blockDevice:
    case tartype::directory:
    case tartype::fifo: return false;
    default: return true;
    }
}

Result<std::string> cleanTarName(std::string_view name)
{
    if (name.size() >= maxNameLength || name.contains('\0'))
        return fail(ErrorCode::Corrupt, "the name " + printableName(name) + " is not a valid file name");
    std::vector<std::string_view> parts;
    while (!name.empty()) {
        const auto slash = name.find('/');
        const auto part = name.substr(0, slash);
        name.remove_prefix(slash == std::string_view::npos ? name.size() : slash + 1);
        if (part.empty() || part == ".")
            continue;
        if (part.size() > maxPartLength)
            return fail(ErrorCode::Corrupt, "the name " + printableName(part) + " is longer than 255 bytes");
        if (part != "..") {
            parts.push_back(part);
            continue;
        }
        if (parts.empty())
            return fail(ErrorCode::Corrupt, "it points outside of the archive");
        parts.pop_back();
    }
    std::string clean;
    for (const auto part : parts) {
        if (!clean.empty())
            clean += '/';
        clean += part;
    }
    return clean;
}

std::string printableName(std::string_view name)
{
    std::string shown(name.substr(0, maxShownName));
    for (char &byte : shown) {
        if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f)
            byte = '?';
    }
    if (name.size() > maxShownName)
        shown += "...";
    return shown.empty() ? std::string("(no name)") : shown;
}

} // namespace berth
