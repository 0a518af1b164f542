// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/record.h"

#include "base/io.h"
#include "wire/encoding.h"

#include <fcntl.h>
#include <zstd.h>

namespace berth {
namespace {

constexpr std::size_t maxPendingBytes = 1024 * 1024; // of headers before they become an item
constexpr std::size_t maxTextSize = 8 * 1024 * 1024; // of one item; headers of one entry are at most 4 MiB
constexpr std::uint32_t maxSegmentCount = 1024 * 1024; // as base/tarreader.cpp allows
constexpr std::size_t outputBufferSize = 128 * 1024;

std::unexpected<Error> damaged() { return fail(ErrorCode::Corrupt, "the record of the layer is damaged"); }

} // namespace

RecordWriter::RecordWriter(UniqueFd fd)
    : m_fd(std::move(fd)), m_stream(ZSTD_createCCtx(), &ZSTD_freeCCtx), m_output(outputBufferSize)
{
    ZSTD_CCtx_setParameter(m_stream.get(), ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(m_stream.get(), ZSTD_c_checksumFlag, 1);
}

Result<RecordWriter> RecordWriter::create(int layerFolder)
{
    auto fd = openFile(layerFolder, recordName, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (!fd)
        return std::unexpected(fd.error());
    RecordWriter writer(std::move(*fd));
    if (auto written = writer.write(recordMagic); !written)
        return std::unexpected(written.error());
    return writer;
}

Result<> RecordWriter::write(std::string_view bytes, bool last)
{
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    for (;;) {
        ZSTD_outBuffer out{m_output.data(), m_output.size(), m_outputSize};
        const auto left = ZSTD_compressStream2(m_stream.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left))
            return fail(ErrorCode::Internal, "cannot compress the record of the layer");
        m_outputSize = out.pos;
        const bool done = last ? left == 0 : in.pos == in.size;
        if (m_outputSize == m_output.size() || (last && done)) {
            if (auto written = writeAll(m_fd.get(), {m_output.data(), m_outputSize}); !written)
                return wrap("the record of the layer", written.error());
            m_outputSize = 0;
        }
        if (done)
            return {};
    }
}

Result<> RecordWriter::flushBytes()
{
    if (m_bytes.empty())
        return {};
    Encoder item;
    item.number('R');
    item.text(m_bytes);
    m_bytes.clear();
    return write(item.bytes());
}

Result<> RecordWriter::addBytes(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto part = bytes.substr(0, maxPendingBytes - m_bytes.size());
        m_bytes += part;
        bytes.remove_prefix(part.size());
        if (m_bytes.size() < maxPendingBytes)
            continue;
        if (auto flushed = flushBytes(); !flushed)
            return flushed;
    }
    return {};
}

Result<> RecordWriter::addFile(const RecordedFile &file)
{
    if (auto flushed = flushBytes(); !flushed)
        return flushed;
    Encoder item;
    item.number('F');
    item.number(file.ordinal);
    item.number(file.crc);
    item.text(file.path);
    item.number(static_cast<std::uint32_t>(file.segments.size()));
    for (const auto &segment : file.segments) {
        item.number(segment.offset);
        item.number(segment.size);
    }
    return write(item.bytes());
}

Result<> RecordWriter::end(const RecordedEnd &end)
{
    if (auto flushed = flushBytes(); !flushed)
        return flushed;
    Encoder item;
    item.number('E');
    item.number(end.size);
    for (const unsigned char byte : end.diffId)
        item.number(byte);
    return write(item.bytes(), true);
}

RecordReader::RecordReader(UniqueFd fd)
    : m_fd(std::move(fd)), m_stream(ZSTD_createDCtx(), &ZSTD_freeDCtx), m_input(ZSTD_DStreamInSize())
{
}

Result<RecordReader> RecordReader::open(int layerFolder)
{
    auto fd = openFile(layerFolder, recordName, O_RDONLY | O_NOFOLLOW);
    if (!fd)
        return wrap("the layer has no record", fd.error());
    RecordReader reader(std::move(*fd));
    std::string magic(recordMagic.size(), '\0');
    if (auto filled = reader.fill(magic); !filled)
        return std::unexpected(filled.error());
    if (magic != recordMagic)
        return damaged();
    return reader;
}

Result<> RecordReader::fill(std::span<char> bytes)
{
    ZSTD_outBuffer out{bytes.data(), bytes.size(), 0};
    while (out.pos < out.size) {
        if (m_inputUsed == m_inputSize) {
            const ssize_t count = ::read(m_fd.get(), m_input.data(), m_input.size());
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return failErrno("cannot read the record of the layer");
            if (count == 0)
                return damaged();
            m_inputSize = static_cast<std::size_t>(count);
            m_inputUsed = 0;
        }
        ZSTD_inBuffer in{m_input.data(), m_inputSize, m_inputUsed};
        const auto result = ZSTD_decompressStream(m_stream.get(), &out, &in);
        m_inputUsed = in.pos;
        if (ZSTD_isError(result))
            return damaged();
    }
    return {};
}

template<typename T> Result<T> RecordReader::number()
{
    T value{};
    if (auto filled = fill({reinterpret_cast<char *>(&value), sizeof value}); !filled)
        return std::unexpected(filled.error());
    return value;
}

Result<std::string> RecordReader::text()
{
    const auto size = number<std::uint32_t>();
    if (!size)
        return std::unexpected(size.error());
    if (*size > maxTextSize)
        return damaged();
    std::string value(*size, '\0');
    if (auto filled = fill(value); !filled)
        return std::unexpected(filled.error());
    return value;
}

Result<RecordItem> RecordReader::next()
{
    const auto kind = number<char>();
    if (!kind)
        return std::unexpected(kind.error());
    if (*kind == 'R') {
        auto bytes = text();
        if (!bytes)
            return std::unexpected(bytes.error());
        return RecordedBytes{std::move(*bytes)};
    }
    if (*kind == 'E') {
        RecordedEnd end;
        const auto size = number<std::uint64_t>();
        if (!size)
            return std::unexpected(size.error());
        end.size = *size;
        if (auto filled = fill({reinterpret_cast<char *>(end.diffId.data()), end.diffId.size()}); !filled)
            return std::unexpected(filled.error());
        return end;
    }
    if (*kind != 'F')
        return damaged();
    RecordedFile file;
    std::uint64_t fixed[2];
    if (auto filled = fill({reinterpret_cast<char *>(fixed), sizeof fixed}); !filled)
        return std::unexpected(filled.error());
    file.ordinal = fixed[0];
    file.crc = fixed[1];
    auto path = text();
    const auto count = path ? number<std::uint32_t>() : std::unexpected(path.error());
    if (!count)
        return std::unexpected(count.error());
    if (*count > maxSegmentCount)
        return damaged();
    file.path = std::move(*path);
    file.segments.resize(*count);
    for (auto &segment : file.segments) {
        if (auto filled = fill({reinterpret_cast<char *>(&segment), sizeof segment}); !filled)
            return std::unexpected(filled.error());
    }
    return file;
}

} // namespace berth
