// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "layerer/checksum.h"
#include "layerer/inflater.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace berth {

// Where a compressed or plain byte stream comes from: a piece of a file, read by position so that
// several layerers may share the descriptor, or a pipe, read as it comes.
class Source {
public:
    // size 0: to the end. reported is called with the number of stored bytes read so far and may fail
    // to cancel.
    using Report = std::function<Result<>(std::uint64_t)>;
    Source(int fd, std::uint64_t offset, std::uint64_t size, Report report);

    // Fills output from the unpacked stream; fewer bytes than asked only at its end.
    Result<std::size_t> read(std::span<char> output);

    // Starts hashing the bytes as stored. Before the first read.
    void hashStored() { m_storedHash.emplace(); }
    // After the end: everything up to the end of the piece was read.
    [[nodiscard]] std::optional<layerer::Sha256> storedDigest();
    [[nodiscard]] Compression compression() const { return m_compression; }

private:
    Result<> begin();
    Result<std::size_t> readStored(std::span<char> buffer);
    Result<std::size_t> inflate(std::span<char> output);

    int m_fd;
    std::uint64_t m_position;
    std::uint64_t m_left;                // of the piece; the maximum when it is open-ended
    bool m_seekable;
    bool m_bounded;
    Report m_report;
    std::uint64_t m_total = 0;
    Compression m_compression = Compression::None;
    bool m_begun = false;
    bool m_ended = false;
    std::unique_ptr<Inflater> m_inflater;
    std::vector<char> m_buffer;
    std::span<const char> m_pending;     // read and not yet consumed, inside m_buffer
    std::optional<Sha256Hash> m_storedHash;
};

} // namespace berth
