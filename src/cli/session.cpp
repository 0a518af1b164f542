// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <algorithm>
#include <cerrno>
#include <csignal>

#include <unistd.h>

namespace berth {
namespace {

// Small enough that a monitor takes it at once, large enough for a file on standard input.
constexpr std::size_t inputChunk = 16 * 1024;

} // namespace

Session::Session(SignalWatch signals, const RelayOptions &options)
    : m_signals(std::move(signals)), m_output(STDOUT_FILENO), m_errors(STDERR_FILENO),
      m_scanner(options.isTerminal ? options.detachKeys : std::string()), m_hasInput(options.forwardsStdin),
      m_isTerminal(options.isTerminal)
{
}

Result<Session> Session::open(const RelayOptions &options)
{
    auto signals = SignalWatch::open();
    if (!signals)
        return std::unexpected(signals.error());
    Session session(std::move(*signals), options);
    if (options.isTerminal && options.forwardsStdin && ::isatty(STDIN_FILENO)) {
        auto raw = RawTerminal::enter(STDIN_FILENO);
        if (!raw)
            return std::unexpected(raw.error());
        session.m_raw = std::move(*raw);
    }
    return session;
}

int Session::inputFd() const { return m_hasInput ? STDIN_FILENO : -1; }

bool Session::writePending(const std::vector<pollfd> &polled)
{
    bool isReadTo = true;
    for (auto *queue : {&m_output, &m_errors}) {
        const auto ready = std::ranges::any_of(polled,
            [queue](const pollfd &entry) { return entry.fd == queue->fd() && entry.events == POLLOUT && entry.revents != 0; });
        // Lost standard error is nothing to stop for.
        if (ready && !queue->isEmpty() && !queue->write() && queue == &m_output)
            isReadTo = false;
    }
    return isReadTo;
}

std::optional<std::string> Session::readInput()
{
    std::string bytes(inputChunk, '\0');
    const auto size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return std::string();
    if (size <= 0) {
        m_hasInput = false;
        m_isHungUp = m_raw != nullptr;
        return std::nullopt;
    }
    bytes.resize(static_cast<std::size_t>(size));
    return m_scanner.feed(bytes);
}

int Session::takeSignal()
{
    while (const int signal = m_signals.take()) {
        if (signal != SIGWINCH && signal != SIGCONT)
            return signal;
        if (signal == SIGCONT && m_raw)
            m_raw->resume();
        m_hasResized = true;
    }
    return 0;
}

std::optional<TerminalSize> Session::takeResize()
{
    if (!m_hasResized || !m_isTerminal)
        return std::nullopt;
    m_hasResized = false;
    return terminalSize();
}

} // namespace berth
