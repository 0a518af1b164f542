// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace berth {

// Bytes on their way to a descriptor that belongs to somebody else too, so that it may not be made
// non-blocking: small pieces are written when poll says that there is room, and a slow reader never
// keeps us from hearing a signal.
class OutputQueue {
public:
    explicit OutputQueue(int fd);

    void add(std::string bytes);
    [[nodiscard]] bool isEmpty() const { return m_offset == m_bytes.size(); }
    [[nodiscard]] int fd() const { return m_fd; }
    [[nodiscard]] int error() const { return m_error; } // why write gave false
    // Writes one piece. False: the reader has gone (or the disk is full); what is queued is dropped.
    bool write();
    // Writes all of it, waiting as long as the reader needs.
    bool flush();

private:
    int m_fd;
    std::size_t m_piece;
    std::string m_bytes;
    std::size_t m_offset = 0;
    int m_error = 0;
};

} // namespace berth
