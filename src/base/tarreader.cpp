// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tarreader.h"

#include "base/tarpax.h"

namespace berth {
namespace {

constexpr std::size_t maxSpecialSize = 1024 * 1024;  // of one extended header; attribute values are at most 64 KiB
constexpr std::size_t maxHeaderBytes = 4 * 1024 * 1024; // of all headers of one entry, so that a chain of them ends
constexpr std::size_t maxSegments = 1024 * 1024;     // of a sparse file; 16 MiB of memory

std::uint32_t paddingOf(std::uint64_t size)
{
    return static_cast<std::uint32_t>((tarBlockSize - size % tarBlockSize) % tarBlockSize);
}

std::unexpected<Error> cut(std::string_view name)
{
    return fail(ErrorCode::Corrupt, "the archive ends in the middle of " + printableName(name));
}

std::unexpected<Error> badSparse(const TarEntry &entry)
{
    return fail(ErrorCode::Corrupt, "the sparse map of " + printableName(entry.name) + " is not valid");
}

// Pieces must rise without overlap, lie inside the file and add up to what is stored.
bool isMapValid(const TarEntry &entry)
{
    std::uint64_t position = 0;
    std::uint64_t stored = 0;
    for (const auto &segment : entry.segments) {
        if (segment.offset < position || segment.size > entry.fileSize || segment.offset > entry.fileSize - segment.size)
            return false;
        position = segment.offset + segment.size;
        stored += segment.size;
    }
    return stored == entry.size && entry.fileSize <= static_cast<std::uint64_t>(INT64_MAX);
}

void applyHeader(const TarHeader &header, TarEntry &entry)
{
    entry.type = header.type;
    entry.name = header.name;
    entry.linkName = header.linkName;
    entry.size = header.size;
    entry.mode = header.mode;
    entry.uid = header.uid;
    entry.gid = header.gid;
    entry.mtime = header.mtime;
}

void applyPax(PaxRecords &pax, TarEntry &entry)
{
    if (pax.path)
        entry.name = std::move(*pax.path);
    if (pax.linkPath)
        entry.linkName = std::move(*pax.linkPath);
    if (pax.size)
        entry.size = *pax.size;
    if (pax.uid)
        entry.uid = *pax.uid;
    if (pax.gid)
        entry.gid = *pax.gid;
    if (pax.mtime) {
        entry.mtime = *pax.mtime;
        entry.mtimeNanoseconds = pax.mtimeNanoseconds;
    }
    entry.attributes = std::move(pax.attributes);
    if (pax.sparseName)
        entry.name = std::move(*pax.sparseName);
    if (pax.sparseMap)
        entry.segments = std::move(*pax.sparseMap);
    entry.isSparse = pax.sparseMapInData || pax.sparseMap.has_value();
    entry.fileSize = pax.sparseSize.value_or(entry.size);
}

void normaliseType(TarEntry &entry)
{
    const bool isFile = entry.type == tartype::regularOld || entry.type == tartype::regular || entry.type == tartype::contiguous
        || entry.type == tartype::gnuSparse;
    if (!isFile)
        return;
    // The oldest archives mark a folder by a slash at the end of its name only.
    entry.type = entry.name.ends_with('/') ? tartype::directory : tartype::regular;
}

} // namespace

Result<bool> TarReader::readBlock(TarBlock &block, std::string &raw)
{
    const auto count = m_input.read(block);
    if (!count)
        return std::unexpected(count.error());
    raw.append(block.data(), *count);
    if (*count == 0)
        return false;
    if (*count < block.size())
        return fail(ErrorCode::Corrupt, "the archive ends in the middle of a header");
    if (raw.size() > maxHeaderBytes)
        return fail(ErrorCode::Corrupt, "an entry has more than 4 MiB of headers");
    return true;
}

Result<std::string> TarReader::readSpecial(const TarHeader &header, std::string &raw)
{
    if (header.size > maxSpecialSize)
        return fail(ErrorCode::Corrupt,
            "an extended header claims " + std::to_string(header.size) + " bytes, more than the 1 MiB that is allowed");
    const std::size_t size = header.size;
    const std::size_t begin = raw.size();
    raw.resize(begin + size + paddingOf(size));
    const auto count = m_input.read(std::span(raw).subspan(begin));
    if (!count)
        return std::unexpected(count.error());
    if (*count < raw.size() - begin)
        return cut("an extended header");
    if (raw.size() > maxHeaderBytes)
        return fail(ErrorCode::Corrupt, "an entry has more than 4 MiB of headers");
    return raw.substr(begin, size);
}

Result<bool> TarReader::next(TarEntry &entry)
{
    std::string raw = std::move(entry.raw); // keeps its memory from entry to entry
    raw.clear();
    entry = {};
    entry.raw = std::move(raw);
    PaxRecords pax;
    std::optional<std::string> longName;
    std::optional<std::string> longLink;
    TarBlock block;
    for (;;) {
        const auto more = readBlock(block, entry.raw);
        if (!more || !*more) {
            if (more && (longName || longLink))
                return cut(longName.value_or("a long link"));
            return more;
        }
        if (isZeroBlock(block))
            return false;
        const auto header = parseTarHeader(block);
        if (!header)
            return std::unexpected(header.error());
        const bool isGnuLong = header->type == tartype::gnuLongName || header->type == tartype::gnuLongLink;
        if (isGnuLong || header->type == tartype::paxHeader || header->type == tartype::paxGlobalHeader) {
            auto content = readSpecial(*header, entry.raw);
            if (!content)
                return std::unexpected(content.error());
            if (isGnuLong) {
                content->resize(std::min(content->size(), content->find('\0')));
                (header->type == tartype::gnuLongName ? longName : longLink) = std::move(*content);
            } else if (header->type == tartype::paxHeader) {
                auto records = parsePax(*content);
                if (!records)
                    return wrap("the archive has a bad header", records.error());
                pax = std::move(*records);
            }
            continue; // a global header says nothing that a layer may use
        }
        applyHeader(*header, entry);
        break;
    }
    applyPax(pax, entry);
    if (longName)
        entry.name = std::move(*longName);
    if (longLink)
        entry.linkName = std::move(*longLink);
    if (!tarTypeHasData(entry.type))
        entry.size = entry.fileSize = 0;
    if (entry.size > static_cast<std::uint64_t>(INT64_MAX) - tarBlockSize)
        return fail(ErrorCode::Corrupt, printableName(entry.name) + " claims an impossible size");
    entry.padding = paddingOf(entry.size);
    if (entry.type == tartype::gnuSparse) {
        if (auto read = readGnuSparse(block, entry); !read)
            return std::unexpected(read.error());
    } else if (pax.sparseMapInData) {
        if (auto read = readPaxSparse(entry); !read)
            return std::unexpected(read.error());
    }
    if (entry.isSparse && !isMapValid(entry))
        return badSparse(entry);
    normaliseType(entry);
    return true;
}

// The header holds four pieces, each further block twenty-one.
Result<> TarReader::readGnuSparse(const TarBlock &block, TarEntry &entry)
{
    const auto readPieces = [&](const char *bytes, int count) {
        for (int i = 0; i < count; ++i, bytes += 24) {
            if (*bytes == '\0')
                return true;
            const auto offset = parseTarNumber({bytes, 12});
            const auto size = parseTarNumber({bytes + 12, 12});
            if (!offset || !size || *offset < 0 || *size < 0 || entry.segments.size() >= maxSegments)
                return false;
            entry.segments.push_back({static_cast<std::uint64_t>(*offset), static_cast<std::uint64_t>(*size)});
        }
        return true;
    };
    const auto fileSize = parseTarNumber({block.data() + 483, 12});
    if (!fileSize || *fileSize < 0 || !readPieces(block.data() + 386, 4))
        return badSparse(entry);
    entry.isSparse = true;
    entry.fileSize = static_cast<std::uint64_t>(*fileSize);
    bool extended = block[482] != 0;
    while (extended) {
        TarBlock extension;
        const auto more = readBlock(extension, entry.raw);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            return cut(entry.name);
        if (!readPieces(extension.data(), 21))
            return badSparse(entry);
        extended = extension[504] != 0;
    }
    return {};
}

// Version 1.0: decimal numbers, one a line, in the first blocks of the data: their count, then
// offset and size of each piece.
Result<> TarReader::readPaxSparse(TarEntry &entry)
{
    std::string text;
    std::size_t position = 0;
    const auto nextNumber = [&]() -> Result<std::uint64_t> {
        for (;;) {
            const auto end = text.find('\n', position);
            if (end != std::string::npos) {
                const auto number = parseDecimal(std::string_view(text).substr(position, end - position));
                position = end + 1;
                if (!number)
                    return badSparse(entry);
                return *number;
            }
            if (entry.size < tarBlockSize || text.size() > maxSpecialSize)
                return badSparse(entry);
            TarBlock block;
            const auto more = readBlock(block, entry.raw);
            if (!more)
                return std::unexpected(more.error());
            if (!*more)
                return cut(entry.name);
            text.append(block.data(), block.size());
            entry.size -= tarBlockSize;
        }
    };
    const auto count = nextNumber();
    if (!count)
        return std::unexpected(count.error());
    if (*count > maxSegments)
        return badSparse(entry);
    entry.segments.clear();
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto offset = nextNumber();
        if (!offset)
            return std::unexpected(offset.error());
        const auto size = nextNumber();
        if (!size)
            return std::unexpected(size.error());
        entry.segments.push_back({*offset, *size});
    }
    return {};
}

} // namespace berth
