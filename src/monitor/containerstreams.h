// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "runtime/launch.h"
#include "wire/monitormessage.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

// The monitor's side of a container's stdin, stdout and stderr: three pipes, or one terminal.
class ContainerStreams {
public:
    // Without a terminal: before the start. The process's ends are closed here once it has them.
    static Result<ContainerStreams> makePipes(bool openStdin);
    [[nodiscard]] StandardStreams processEnds() const;
    void closeProcessEnds();
    // With a terminal: when the container's first process has opened it. The peer stays open here, so
    // that the master does not report a hang-up each time the last program closes the terminal.
    void useTerminal(UniqueFd master, UniqueFd peer, bool openStdin);

    // ---- towards the container ---------------------------------------------------------------
    void input(std::string_view bytes);
    void endInput();                        // after what is waiting; ignored with a terminal
    [[nodiscard]] bool isFull() const;      // take no more from clients
    [[nodiscard]] int blockedInput() const; // poll for writing, then flushInput(); -1: nothing waits
    void flushInput();
    Result<> resize(std::uint16_t columns, std::uint16_t rows);

    // ---- from the container ------------------------------------------------------------------
    struct Output {
        UniqueFd fd;
        monitor::Stream stream = monitor::Stream::Stdout;
    };
    [[nodiscard]] std::span<const Output> outputs() const { return m_outputs; }
    // One piece into buffer. Nothing: no bytes now. An empty view: it has ended, and left outputs().
    std::optional<std::string_view> read(std::size_t index, std::span<char> buffer);
    // The container has ended: nobody writes any more, what is there may be read to its end.
    void closePeer() { m_peer.reset(); }

private:
    UniqueFd m_input;  // write end of stdin, or a copy of the terminal's master
    bool m_inputEnds = false;
    std::string m_waiting;
    UniqueFd m_peer;
    std::vector<Output> m_outputs;
    std::array<UniqueFd, 3> m_processEnds;
};

} // namespace berth
