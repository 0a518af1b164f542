// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/outputqueue.h"

#include <algorithm>
#include <cerrno>
#include <climits>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

// A pipe that is writable for poll takes PIPE_BUF bytes without blocking, and no more is promised.
std::size_t pieceFor(int fd)
{
    struct stat status{};
    if (::fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode))
        return PIPE_BUF;
    return 64 * 1024;
}

} // namespace

OutputQueue::OutputQueue(int fd) : m_fd(fd), m_piece(pieceFor(fd)) {}

void OutputQueue::add(std::string bytes)
{
    if (isEmpty()) {
        m_bytes = std::move(bytes);
        m_offset = 0;
        return;
    }
    m_bytes += bytes;
}

bool OutputQueue::write()
{
    const auto size = std::min(m_piece, m_bytes.size() - m_offset);
    const auto written = ::write(m_fd, m_bytes.data() + m_offset, size);
    if (written >= 0) {
        m_offset += static_cast<std::size_t>(written);
        return true;
    }
    if (errno == EAGAIN || errno == EINTR)
        return true;
    m_error = errno;
    m_bytes.clear();
    m_offset = 0;
    return false;
}

bool OutputQueue::flush()
{
    while (!isEmpty()) {
        pollfd ready{m_fd, POLLOUT, 0};
        ::poll(&ready, 1, -1);
        if (!write())
            return false;
    }
    return true;
}

} // namespace berth
