// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace berth {

// One 512-byte header of a tar stream. Sources: POSIX.1-2017 pax, "ustar Interchange Format";
// GNU tar manual, "Basic Tar Format" (base-256 numbers, the GNU layout of bytes 345-511); star(5)
// for the shorter prefix that ends in "tar\0". Read-only knowledge of the format, no I/O.
inline constexpr std::size_t tarBlockSize = 512;
using TarBlock = std::array<char, tarBlockSize>;

namespace tartype {
inline constexpr char regularOld = '\0';
inline constexpr char regular = '0';
inline constexpr char hardLink = '1';
inline constexpr char symbolicLink = '2';
inline constexpr char characterDevice = '3';
inline constexpr char blockDevice = '4';
inline constexpr char directory = '5';
inline constexpr char fifo = '6';
inline constexpr char contiguous = '7';
inline constexpr char paxHeader = 'x';
inline constexpr char paxGlobalHeader = 'g';
inline constexpr char gnuLongName = 'L';
inline constexpr char gnuLongLink = 'K';
inline constexpr char gnuSparse = 'S';
} // namespace tartype

struct TarHeader {
    char type = tartype::regular;
    std::string name;             // prefix and name, as written
    std::string linkName;
    std::uint64_t size = 0;       // bytes that follow, before padding
    std::uint32_t mode = 0;       // permission bits only
    std::int64_t uid = 0;
    std::int64_t gid = 0;
    std::int64_t mtime = 0;       // seconds
};

bool isZeroBlock(const TarBlock &block);

// Fails with Corrupt when the checksum or a number is wrong.
Result<TarHeader> parseTarHeader(const TarBlock &block);

// An octal or base-256 field. Nothing when it is neither, or does not fit.
std::optional<std::int64_t> parseTarNumber(std::string_view field);

// Whether an entry of this type is followed by data. The size field of the others is noise that
// old writers left there.
bool tarTypeHasData(char type);

// "a/./b//../c/" becomes "a/c", as a member of a root that cannot be left: a leading slash is dropped,
// ".." above the root is refused with Corrupt (Docker refuses it too). The root itself is "".
// Names with a NUL byte, parts over 255 bytes and names of 4096 bytes or more are Corrupt as well.
Result<std::string> cleanTarName(std::string_view name);

// name with control bytes replaced, cut to a length that fits in a sentence.
std::string printableName(std::string_view name);

} // namespace berth
