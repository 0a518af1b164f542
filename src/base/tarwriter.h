// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/tarreader.h"

namespace berth {

// The header blocks of one member: a ustar header, with a pax extended header before it for what does not
// fit (long or huge values, nanoseconds, extended attributes). name of a folder ends in a slash; raw,
// padding, fileSize and segments of the entry are not looked at. size bytes and their padding must follow.
// An attribute whose name has a "=" cannot be told in this format and is left out.
// Source: POSIX.1-2017 pax; SCHILY.xattr as star, GNU tar and Go's archive/tar write it.
std::string tarHeaders(const TarEntry &entry);

// Zero bytes after size bytes of data, up to the next block.
constexpr std::size_t tarPadding(std::uint64_t size) { return (tarBlockSize - size % tarBlockSize) % tarBlockSize; }

// Two zero blocks end an archive.
inline constexpr std::size_t tarEndSize = 2 * tarBlockSize;

} // namespace berth
