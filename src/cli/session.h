// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/detachkeys.h"
#include "cli/outputqueue.h"
#include "cli/rawterminal.h"
#include "cli/relay.h"
#include "cli/signalwatch.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <poll.h>

namespace berth {

// The caller's side of a relay: its terminal, its standard streams and its signals.
class Session {
public:
    static Result<Session> open(const RelayOptions &options);

    OutputQueue &output() { return m_output; }
    OutputQueue &errors() { return m_errors; }
    [[nodiscard]] bool hasPendingOutput() const { return !m_output.isEmpty() || !m_errors.isEmpty(); }
    // Writes what was queued for a descriptor that poll found writable; false: the reader has gone.
    bool writePending(const std::vector<pollfd> &polled);

    // Whether there may still be input; the descriptor to poll for it.
    [[nodiscard]] bool hasInput() const { return m_hasInput; }
    [[nodiscard]] int inputFd() const;
    // Typed bytes without the detach keys; nothing at the end of the input.
    std::optional<std::string> readInput();
    [[nodiscard]] bool isDetached() const { return m_scanner.isDetached(); }
    // The terminal was taken away while it was raw, which is not an end of input.
    [[nodiscard]] bool isHungUp() const { return m_isHungUp; }

    [[nodiscard]] int signalFd() const { return m_signals.fd(); }
    // The next signal that is not about our own terminal; 0: none. A changed size is noted.
    int takeSignal();
    // The size of the terminal when it changed since the last call (and at the first).
    std::optional<TerminalSize> takeResize();

private:
    Session(SignalWatch signals, const RelayOptions &options);

    SignalWatch m_signals;
    std::unique_ptr<RawTerminal> m_raw;
    OutputQueue m_output;
    OutputQueue m_errors;
    DetachScanner m_scanner;
    bool m_hasInput;
    bool m_isHungUp = false;
    bool m_isTerminal;
    bool m_hasResized = true;
};

} // namespace berth
