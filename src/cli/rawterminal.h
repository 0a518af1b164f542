// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace berth {

// The caller's terminal in raw mode for as long as this lives; at most one at a time. Also put back
// when the program crashes; only SIGKILL leaves it raw.
class RawTerminal {
public:
    static Result<std::unique_ptr<RawTerminal>> enter(int fd);
    ~RawTerminal();
    RawTerminal(const RawTerminal &) = delete;
    RawTerminal &operator=(const RawTerminal &) = delete;

    // The shell puts its own mode back when it stops us (SIGTSTP, SIGSTOP); call on SIGCONT.
    void resume() const;

private:
    RawTerminal() = default;
};

struct TerminalSize {
    std::uint16_t columns = 0;
    std::uint16_t rows = 0;
    friend bool operator==(const TerminalSize &, const TerminalSize &) = default;
};
// Of standard output, else of standard input; nothing when neither is a terminal.
std::optional<TerminalSize> terminalSize();

} // namespace berth
