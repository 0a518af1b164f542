// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/tarheader.h"

#include <span>
#include <vector>

namespace berth {

// Where the bytes of a tar stream come from.
class TarInput {
public:
    virtual ~TarInput() = default;
    // Fills the whole buffer unless the stream ends; gives the number of bytes read.
    virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

// A piece of a sparse file that is stored; between the pieces are holes.
struct TarSegment {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;

    friend bool operator==(const TarSegment &, const TarSegment &) = default;
};

struct TarAttribute {
    std::string name;
    std::string value;
};

// One member, with every extension (pax, GNU long names, GNU sparse) already applied.
struct TarEntry {
    std::string raw;              // every header byte of this entry, as read
    char type = tartype::regular; // 'regular' also for old, contiguous and sparse files
    std::string name;             // as written; see cleanTarName
    std::string linkName;
    std::uint64_t size = 0;       // bytes of data that follow in the stream
    std::uint32_t padding = 0;    // bytes after them, up to the next block
    std::uint64_t fileSize = 0;   // of the file; differs from size for a sparse one
    bool isSparse = false;
    std::vector<TarSegment> segments; // sparse only; their sizes add up to size
    std::uint32_t mode = 0;
    std::int64_t uid = 0;
    std::int64_t gid = 0;
    std::int64_t mtime = 0;
    std::uint32_t mtimeNanoseconds = 0;
    std::vector<TarAttribute> attributes; // extended attributes
};

// Walks a tar stream. Header bytes are kept as they are, so that the stream can be rebuilt.
class TarReader {
public:
    explicit TarReader(TarInput &input) : m_input(input) {}

    // Reads the headers of the next entry. False at the end of the archive: the end marker, or the
    // end of the stream where an entry would begin; entry.raw then holds the marker's bytes.
    // The caller must have consumed size + padding bytes of the entry before.
    Result<bool> next(TarEntry &entry);

private:
    Result<bool> readBlock(TarBlock &block, std::string &raw);
    Result<std::string> readSpecial(const TarHeader &header, std::string &raw);
    Result<> readGnuSparse(const TarBlock &block, TarEntry &entry);
    Result<> readPaxSparse(TarEntry &entry);

    TarInput &m_input;
};

} // namespace berth
