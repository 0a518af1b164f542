// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

namespace berth {

// Signals as something to poll for, so that none can end us between taking the terminal and giving
// it back. Those that only job control needs (SIGTSTP, SIGTTIN, SIGTTOU) keep their effect on us.
class SignalWatch {
public:
    static Result<SignalWatch> open();

    [[nodiscard]] int fd() const { return m_fd.get(); }
    // The next signal, 0 when there is none for now.
    [[nodiscard]] int take() const;

private:
    explicit SignalWatch(UniqueFd fd) : m_fd(std::move(fd)) {}
    UniqueFd m_fd;
};

// Ends this program as the signal would have; the shell sees 128+signal.
[[noreturn]] void dieOf(int signal);

} // namespace berth
