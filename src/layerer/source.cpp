// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/source.h"

#include <algorithm>
#include <limits>

#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t storedBufferSize = 256 * 1024;

} // namespace

Source::Source(int fd, std::uint64_t offset, std::uint64_t size, Report report)
    : m_fd(fd), m_position(offset), m_left(size ? size : std::numeric_limits<std::uint64_t>::max()),
      m_seekable(::lseek(fd, 0, SEEK_CUR) >= 0), m_bounded(size != 0), m_report(std::move(report))
{
}

Result<std::size_t> Source::readStored(std::span<char> buffer)
{
    std::size_t filled = 0;
    buffer = buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), m_left)));
    while (filled < buffer.size()) {
        const auto rest = buffer.subspan(filled);
        const ssize_t count = m_seekable ? ::pread(m_fd, rest.data(), rest.size(), static_cast<off_t>(m_position))
                                         : ::read(m_fd, rest.data(), rest.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failErrno("cannot read the archive");
        if (count == 0)
            break;
        filled += static_cast<std::size_t>(count);
        m_position += static_cast<std::uint64_t>(count);
        m_left -= static_cast<std::uint64_t>(count);
        // A pipe gives what it has; waiting for a full buffer would only delay the reader after us.
        if (!m_seekable)
            break;
    }
    if (filled == 0) {
        if (m_bounded && m_left > 0)
            return fail(
                ErrorCode::Corrupt, "the archive is cut: " + std::to_string(m_left) + " bytes of this member are missing");
        m_ended = true;
        return 0;
    }
    m_total += filled;
    if (m_storedHash)
        m_storedHash->add(buffer.first(filled));
    if (auto reported = m_report(m_total); !reported)
        return std::unexpected(reported.error());
    return filled;
}

Result<> Source::begin()
{
    m_begun = true;
    m_buffer.resize(storedBufferSize);
    std::size_t filled = 0;
    while (filled < compressionMagicSize && !m_ended) {
        const auto count = readStored(std::span(m_buffer).subspan(filled));
        if (!count)
            return std::unexpected(count.error());
        filled += *count;
    }
    m_pending = std::span<const char>(m_buffer).first(filled);
    m_compression = detectCompression({m_buffer.data(), filled});
    m_inflater = makeInflater(m_compression);
    return {};
}

Result<std::size_t> Source::inflate(std::span<char> output)
{
    std::size_t filled = 0;
    while (filled < output.size()) {
        if (m_pending.empty() && !m_ended) {
            const auto count = readStored(m_buffer);
            if (!count)
                return std::unexpected(count.error());
            m_pending = std::span<const char>(m_buffer).first(*count);
        }
        // At the end one more step with no input lets the decoder give what it still holds.
        const auto step = m_inflater->step(m_pending, output.subspan(filled));
        if (!step)
            return std::unexpected(step.error());
        m_pending = m_pending.subspan(step->consumed);
        filled += step->produced;
        if (step->consumed == 0 && step->produced == 0) {
            if (!m_pending.empty())
                return fail(ErrorCode::Corrupt, "there are foreign bytes behind the compressed data");
            if (m_ended)
                break;
        }
    }
    if (filled < output.size() && !m_inflater->isComplete())
        return fail(ErrorCode::Corrupt, "the compressed data is cut");
    return filled;
}

Result<std::size_t> Source::read(std::span<char> output)
{
    if (!m_begun) {
        if (auto begun = begin(); !begun)
            return std::unexpected(begun.error());
    }
    if (m_inflater)
        return inflate(output);
    std::size_t filled = std::min(m_pending.size(), output.size());
    std::copy_n(m_pending.begin(), filled, output.begin());
    m_pending = m_pending.subspan(filled);
    while (filled < output.size() && !m_ended) {
        const auto count = readStored(output.subspan(filled));
        if (!count)
            return count;
        filled += *count;
    }
    return filled;
}

std::optional<layerer::Sha256> Source::storedDigest()
{
    if (!m_storedHash)
        return std::nullopt;
    return m_storedHash->finish();
}

} // namespace berth
