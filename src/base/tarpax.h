// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/tarreader.h"

#include <string_view>

namespace berth {

// What an extended header says about the entry after it. Sources: POSIX.1-2017 pax, "pax Extended
// Header"; GNU tar manual, "Storing Sparse Files"; libarchive tar(5) for LIBARCHIVE.xattr.
struct PaxRecords {
    std::optional<std::string> path;
    std::optional<std::string> linkPath;
    std::optional<std::uint64_t> size;
    std::optional<std::int64_t> uid;
    std::optional<std::int64_t> gid;
    std::optional<std::int64_t> mtime;
    std::uint32_t mtimeNanoseconds = 0;
    std::vector<TarAttribute> attributes;
    // GNU.sparse.*: 0.0 and 0.1 bring the map here, 1.0 puts it before the data.
    std::optional<std::uint64_t> sparseSize;
    std::optional<std::string> sparseName;
    std::optional<std::vector<TarSegment>> sparseMap;
    bool sparseMapInData = false;
};

// Fails with Corrupt on a record whose length or value makes no sense.
Result<PaxRecords> parsePax(std::string_view bytes);

// Decimal digits only.
std::optional<std::uint64_t> parseDecimal(std::string_view text);

} // namespace berth
