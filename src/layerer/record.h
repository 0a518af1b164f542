// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/tarreader.h"
#include "base/uniquefd.h"
#include "wire/layerermessage.h"

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace berth {

// A layer on disk, layers/<chain hex>/:
//   tree/    the files, in overlay form (whiteouts are 0:0 devices, opaque folders carry
//            user.overlay.opaque=y)
//   record   how to rebuild the exact tar stream: one zstd frame (level 1) of items
//   aside/   contents that are in the stream and not in tree: what a later entry of the same name
//            replaced, named by the ordinal of that later entry and listed in "moved" (u64 ordinal, u32
//            length, path as it was); and AUFS link targets, named by their own ordinal
// Integers are little-endian. Items: 'R' u32 length, bytes | 'F' u64 ordinal, u64 crc64, u32 length,
// path below tree, u32 count, then count times u64 offset, u64 size | 'E' u64 size of the stream,
// 32 bytes SHA-256 of it. The first item is the magic below, the last is 'E'.
inline constexpr std::string_view recordMagic = "berth layer record 1\n";
inline constexpr const char *treeName = "tree";
inline constexpr const char *recordName = "record";
inline constexpr const char *asideName = "aside";
inline constexpr const char *movedListName = "moved";
inline constexpr std::string_view aufsLinkFolder = ".wh..wh.plnk/"; // such a path is in aside/

struct RecordedBytes {
    std::string bytes;
};
struct RecordedFile {
    std::uint64_t ordinal = 0;
    std::uint64_t crc = 0;
    std::string path;                 // without links in it
    std::vector<TarSegment> segments; // what the stream holds of it, in order
};
struct RecordedEnd {
    std::uint64_t size = 0;
    layerer::Sha256 diffId{};
};
using RecordItem = std::variant<RecordedBytes, RecordedFile, RecordedEnd>;

class RecordWriter {
public:
    static Result<RecordWriter> create(int layerFolder);

    // Collected, and written as one item before the next file or the end.
    Result<> addBytes(std::string_view bytes);
    Result<> addFile(const RecordedFile &file);
    Result<> end(const RecordedEnd &end);

private:
    explicit RecordWriter(UniqueFd fd);
    Result<> flushBytes();
    Result<> write(std::string_view bytes, bool last = false);

    UniqueFd m_fd;
    std::unique_ptr<ZSTD_CCtx_s, std::size_t (*)(ZSTD_CCtx_s *)> m_stream;
    std::string m_bytes;              // not yet an item
    std::vector<char> m_output;
    std::size_t m_outputSize = 0;
};

class RecordReader {
public:
    static Result<RecordReader> open(int layerFolder);
    // Items up to and with RecordedEnd.
    Result<RecordItem> next();

private:
    explicit RecordReader(UniqueFd fd);
    Result<> fill(std::span<char> bytes);
    template<typename T> Result<T> number();
    Result<std::string> text();

    UniqueFd m_fd;
    std::unique_ptr<ZSTD_DCtx_s, std::size_t (*)(ZSTD_DCtx_s *)> m_stream;
    std::vector<char> m_input;
    std::size_t m_inputSize = 0;
    std::size_t m_inputUsed = 0;
};

} // namespace berth
