// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/ring.h"

#include <algorithm>

namespace berth {

Ring::Ring()
{
    for (auto &buffer : m_buffers)
        buffer.resize(bufferSize);
}

std::span<char> Ring::acquire()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_stopped || m_produced - std::ranges::min(m_returned) < bufferCount; });
    if (m_stopped)
        return {};
    return m_buffers[m_produced % bufferCount];
}

void Ring::publish(std::size_t size)
{
    const std::lock_guard lock(m_mutex);
    m_sizes[m_produced % bufferCount] = size;
    ++m_produced;
    m_changed.notify_all();
}

void Ring::finish()
{
    const std::lock_guard lock(m_mutex);
    m_finished = true;
    m_changed.notify_all();
}

void Ring::finish(Error error)
{
    const std::lock_guard lock(m_mutex);
    m_error = std::move(error);
    m_finished = true;
    m_changed.notify_all();
}

Result<std::span<const char>> Ring::next(Consumer consumer)
{
    std::unique_lock lock(m_mutex);
    if (m_returned[consumer] < m_taken[consumer]) {
        m_returned[consumer] = m_taken[consumer];
        m_changed.notify_all();
    }
    m_changed.wait(lock, [&] { return m_stopped || m_finished || m_taken[consumer] < m_produced; });
    if (m_stopped)
        return fail(ErrorCode::Cancelled, "stopped");
    if (m_taken[consumer] < m_produced) {
        const std::size_t slot = m_taken[consumer]++ % bufferCount;
        return std::span<const char>(m_buffers[slot]).first(m_sizes[slot]);
    }
    if (m_error)
        return std::unexpected(*m_error);
    return std::span<const char>();
}

void Ring::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

Result<layerer::Sha256> hashRing(Ring &ring)
{
    Sha256Hash hash;
    for (;;) {
        const auto buffer = ring.next(Ring::Hasher);
        if (!buffer)
            return std::unexpected(buffer.error());
        if (buffer->empty())
            return hash.finish();
        hash.add(*buffer);
    }
}

} // namespace berth
