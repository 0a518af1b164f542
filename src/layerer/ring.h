// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "layerer/checksum.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace berth {

// A ring of buffers that one thread fills and two threads read, each at its own pace: the stream of a
// layer is read and inflated, hashed and written at the same time, whichever way it goes. 4 MiB in all, so that what
// the first reader touches is still in the cache for the second.
class Ring {
public:
    static constexpr std::size_t bufferSize = 256 * 1024;
    static constexpr std::size_t bufferCount = 16;
    enum Consumer : std::size_t { Writer, Hasher, ConsumerCount };

    Ring();

    // ---- producer. Empty when the ring was stopped.
    std::span<char> acquire();
    void publish(std::size_t size);
    void finish();                 // the stream ended well
    void finish(Error error);      // it did not

    // ---- consumers. Gives the next buffer; empty at the end. The buffer before it is handed back.
    Result<std::span<const char>> next(Consumer consumer);

    // Makes acquire() and next() return at once, for a consumer that has failed.
    void stop();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::array<std::vector<char>, bufferCount> m_buffers;
    std::array<std::size_t, bufferCount> m_sizes{};
    std::size_t m_produced = 0;                              // buffers published so far
    std::array<std::size_t, ConsumerCount> m_taken{};        // given to each consumer
    std::array<std::size_t, ConsumerCount> m_returned{};     // and handed back
    bool m_finished = false;
    bool m_stopped = false;
    std::optional<Error> m_error;
};

// The Hasher's part, for a thread of its own: the digest of the whole stream.
Result<layerer::Sha256> hashRing(Ring &ring);

} // namespace berth
