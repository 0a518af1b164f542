// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "wire/monitormessage.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace berth {

// The log of one container: a file of JSON lines {"log","stream","time"} as Docker's json-file driver
// writes it, one per line of output. A line of more than 16 KiB is split; bytes that are not UTF-8
// become U+FFFD. When the file would grow beyond its limit it becomes .1, .1 becomes .2, and so on.
// A full disk loses log lines and never stops the container.
class ContainerLog {
public:
    static Result<ContainerLog> open(int folder, std::uint64_t maxSize, std::uint32_t maxFiles);

    void append(monitor::Stream stream, std::string_view bytes);
    // Writes the last line of each stream, although it has no end.
    void finish();

private:
    void appendPart(monitor::Stream stream, std::string &partial, std::string_view bytes);
    void appendLine(monitor::Stream stream, std::string_view line);
    void write();
    void rotate();

    UniqueFd m_folder;
    UniqueFd m_file;
    std::uint64_t m_size = 0;
    std::uint64_t m_maxSize = 0;
    std::uint32_t m_maxFiles = 1;
    std::array<std::string, 2> m_partial; // stdout, stderr
    std::string m_pending;                // lines of the present append, written at once
    std::string m_time;
};

// RFC 3339, UTC, with nanoseconds: "2026-11-24T04:05:06.123456789Z".
std::string timeNow();

} // namespace berth
