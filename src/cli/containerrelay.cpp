// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/report.h"
#include "cli/session.h"

#include <csignal>
#include <cstring>

namespace berth {
namespace {

// A person who asks this often wants to leave, whatever the container makes of the signals.
constexpr int patience = 3;

class ContainerRelay {
public:
    ContainerRelay(MonitorLink &link, Session session, const RelayOptions &options)
        : m_link(link), m_session(std::move(session)), m_options(options)
    {
    }

    Result<RelayEnd> run()
    {
        while (true) {
            if (const auto size = m_session.takeResize())
                (void)m_link.send(monitor::Resize{size->columns, size->rows});
            auto fds = watchList();
            if (::poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR)
                return failErrno("cannot wait for the container");
            if (const auto end = handleSignals())
                return *end;
            if (!m_session.writePending(fds))
                return RelayEnd{RelayEnd::Reason::OutputClosed, {}, m_session.output().error()};
            if (const auto end = handleInput(fds[1], fds[2]))
                return *end;
            if ((fds[2].revents & (POLLIN | POLLHUP | POLLERR)) == 0)
                continue;
            const auto end = handleMessage();
            if (!end)
                return std::unexpected(end.error());
            if (*end)
                return **end;
        }
    }

private:
    // 0: signals, 1: our input, 2: the monitor, then the outputs that have something to write.
    std::vector<pollfd> watchList()
    {
        const bool isStalled = m_session.hasPendingOutput();
        std::vector<pollfd> fds{
            {m_session.signalFd(), POLLIN, 0},
            {m_canSend ? m_session.inputFd() : -1, POLLIN, 0},
            // While our reader is slow nothing more is taken from the monitor, which then stops
            // reading from the container: a flood is held back at its source.
            {m_link.fd(), static_cast<short>(isStalled ? 0 : POLLIN), 0},
        };
        // Input is read only when the monitor can take it, so that sending never blocks.
        if (m_session.hasInput() && !m_canSend)
            fds[2].events = static_cast<short>(fds[2].events | POLLOUT);
        for (auto *queue : {&m_session.output(), &m_session.errors()}) {
            if (!queue->isEmpty())
                fds.push_back({queue->fd(), POLLOUT, 0});
        }
        return fds;
    }

    std::optional<RelayEnd> handleSignals()
    {
        while (const int signal = m_session.takeSignal()) {
            m_interrupts += signal == SIGINT || signal == SIGTERM ? 1 : 0;
            if (!m_options.proxiesSignals || m_interrupts >= patience)
                return RelayEnd{RelayEnd::Reason::Signalled, {}, signal};
            (void)m_link.send(monitor::Signal{signal});
        }
        return std::nullopt;
    }

    std::optional<RelayEnd> handleInput(const pollfd &input, const pollfd &link)
    {
        if ((link.revents & POLLOUT) != 0)
            m_canSend = true;
        if (input.revents == 0 || !m_canSend)
            return std::nullopt;
        const auto bytes = m_session.readInput();
        m_canSend = false;
        if (bytes && !bytes->empty())
            (void)m_link.send(monitor::Input{*bytes});
        if (m_session.isDetached()) {
            // --rm is then the monitor's to do.
            return RelayEnd{RelayEnd::Reason::Detached, {}, 0};
        }
        if (m_session.isHungUp())
            return RelayEnd{RelayEnd::Reason::Signalled, {}, SIGHUP};
        if (!bytes)
            (void)m_link.send(monitor::InputEnd{});
        return std::nullopt;
    }

    // Nothing while the container goes on.
    Result<std::optional<RelayEnd>> handleMessage()
    {
        auto received = m_link.receive();
        if (!received)
            return std::unexpected(received.error());
        if (auto *output = std::get_if<monitor::Output>(&received->message)) {
            auto &queue = output->stream == monitor::Stream::Stdout ? m_session.output() : m_session.errors();
            queue.add(std::move(output->bytes));
            return std::nullopt;
        }
        const auto *exited = std::get_if<monitor::Exited>(&received->message);
        if (!exited)
            return std::nullopt; // answers to signals and sizes
        const bool isReadTo = m_session.output().flush();
        m_session.errors().flush();
        return RelayEnd{
            isReadTo ? RelayEnd::Reason::Exited : RelayEnd::Reason::OutputClosed, exited->status, m_session.output().error()};
    }

    MonitorLink &m_link;
    Session m_session;
    const RelayOptions &m_options;
    bool m_canSend = false;
    int m_interrupts = 0;
};

} // namespace

Result<RelayEnd> relayContainer(MonitorLink &link, const RelayOptions &options)
{
    auto session = Session::open(options);
    if (!session)
        return std::unexpected(session.error());
    return ContainerRelay(link, std::move(*session), options).run();
}

int finish(const RelayEnd &end)
{
    switch (end.reason) {
    case RelayEnd::Reason::Exited: return end.status.exitCode;
    case RelayEnd::Reason::Detached: return 0;
    case RelayEnd::Reason::Signalled: dieOf(end.signal);
    case RelayEnd::Reason::OutputClosed:
        printError("write /dev/stdout: " + QString::fromLocal8Bit(std::strerror(end.signal)).toLower().toStdString() + "\n");
        return exitFailure;
    }
    std::unreachable();
}

} // namespace berth
