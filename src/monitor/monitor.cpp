// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "monitor/monotonictime.h"

#include <algorithm>
#include <csignal>

#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace berth {
namespace {

// One read of output: a full pipe. It is also the most that can wait for a slow client, because nothing
// more is read from the container until every client has taken it.
constexpr std::size_t chunkSize = monitor::maxChunk;
constexpr std::size_t maxClients = 256;
constexpr std::int64_t lingerTime = 10'000; // milliseconds

} // namespace

void Monitor::watch(int fd, short events, WatchKind kind, int number)
{
    m_polled.push_back({fd, events, 0});
    m_watches.push_back({kind, number});
}

void Monitor::collectWatches()
{
    m_polled.clear();
    m_watches.clear();
    watch(m_signals.get(), POLLIN, WatchKind::Signals);
    if (m_listener && m_clients.size() < maxClients)
        watch(m_listener.get(), POLLIN, WatchKind::Listener);
    if (m_launch)
        watch(m_launch->fd(), POLLIN, WatchKind::Launch);
    if (m_streams.blockedInput() >= 0)
        watch(m_streams.blockedInput(), POLLOUT, WatchKind::Input);
    const bool someoneIsBehind = std::ranges::any_of(
        m_clients, [](const Client &client) { return client.isBehind() && client.wants.wantsStdout; });
    if (m_phase == Phase::Running && !someoneIsBehind) {
        for (std::size_t i = 0; i < m_streams.outputs().size(); ++i)
            watch(m_streams.outputs()[i].fd.get(), POLLIN, WatchKind::Output, static_cast<int>(i));
    }
    for (const auto &client : m_clients) {
        // A client that does not take its answers may not ask more, nor may one type ahead of a
        // container that does not read. Its disconnection is seen all the same (POLLHUP).
        const bool mayAsk = !client.isBehind() && !client.isExecuting && !(client.wants.sendsStdin && m_streams.isFull());
        const auto events = static_cast<short>((mayAsk ? POLLIN : 0) | (client.isBehind() ? POLLOUT : 0));
        watch(client.fd(), events, WatchKind::Client, client.number);
    }
    if (m_cgroup.memoryEvents() >= 0 && m_phase == Phase::Running)
        watch(m_cgroup.memoryEvents(), POLLPRI, WatchKind::Memory);
    if (m_probe && m_probe->output)
        watch(m_probe->output.get(), POLLIN, WatchKind::Probe);
    for (const auto &session : m_execs) {
        if (!session.executing && !session.failed)
            watch(session.launch.fd(), POLLIN, WatchKind::Exec, session.launch.fd());
    }
}

bool Monitor::isOver() const { return m_phase == Phase::Ended && m_clients.empty(); }

// For poll(2): until the next thing that is to be done at its time.
int Monitor::timeout() const
{
    std::optional<std::int64_t> next = m_lingerUntil;
    const auto deadline = m_probe ? std::optional(m_probe->deadline) : std::nullopt;
    for (const auto &other : {m_restartAt, m_probeAt, m_killAt, deadline}) {
        if (other && (!next || *other < *next))
            next = other;
    }
    return next ? static_cast<int>(std::clamp<std::int64_t>(*next - millisecondsNow(), 0, 3'600'000)) : -1;
}

void Monitor::obeyTimers()
{
    const auto isDue = [](const std::optional<std::int64_t> &time) { return time && *time <= millisecondsNow(); };
    if (isDue(m_lingerUntil)) {
        // They have had their last message for long enough; those still reading output stay.
        std::erase_if(m_clients, [](const Client &client) { return !client.isBehind(); });
        m_lingerUntil = millisecondsNow() + lingerTime;
    }
    if (m_phase == Phase::Waiting && m_restarts.isCancelled())
        giveUpRestart();
    if (isDue(m_restartAt))
        startAgain();
    if (isDue(m_killAt)) {
        m_killAt.reset();
        (void)takeKill();
    }
    if (m_probe && m_probe->deadline <= millisecondsNow())
        stopSlowProbe();
    if (isDue(m_probeAt))
        startProbe();
}

void Monitor::run()
{
    while (!isOver()) {
        collectWatches();
        const int ready = ::poll(m_polled.data(), m_polled.size(), timeout());
        // Dispatching changes the lists; what is polled stays as it was collected.
        const auto polled = m_polled;
        const auto watches = m_watches;
        for (std::size_t i = 0; i < polled.size(); ++i) {
            if (ready > 0 && polled[i].revents != 0)
                dispatch(watches[i], polled[i].revents);
        }
        obeyTimers();
        resumeForTheGone();
        std::erase_if(m_clients, [](const Client &client) { return client.isClosed(); });
        std::erase_if(
            m_execs, [](const ExecSession &session) { return session.failed || (session.executing && session.waitStatus); });
        if (m_phase == Phase::Ended && !m_lingerUntil)
            m_lingerUntil = millisecondsNow() + lingerTime;
        if (m_phase == Phase::Ended)
            removeContainerIfLeft();
    }
}

void Monitor::dispatch(const Watch &watched, short events)
{
    switch (watched.kind) {
    case WatchKind::Signals: readSignals(); return;
    case WatchKind::Listener: acceptClient(); return;
    case WatchKind::Launch:
        if (m_launch)
            advanceLaunch();
        return;
    case WatchKind::Input: m_streams.flushInput(); return;
    case WatchKind::Output:
        if (static_cast<std::size_t>(watched.number) < m_streams.outputs().size())
            forwardOutput(static_cast<std::size_t>(watched.number));
        return;
    case WatchKind::Client:
        if (Client *client = findClient(watched.number)) {
            if (events & POLLOUT)
                client->flush();
            if (!client->isClosed() && (events & (POLLIN | POLLHUP | POLLERR)))
                readClient(*client);
        }
        return;
    case WatchKind::Probe: readProbe(); return;
    case WatchKind::Memory: noteMemoryKills(); return;
    case WatchKind::Exec:
        for (auto &session : m_execs) {
            if (!session.executing && !session.failed && session.launch.fd() == watched.number) {
                advanceExec(session);
                return;
            }
        }
        return;
    }
}

void Monitor::forwardOutput(std::size_t index)
{
    static char buffer[chunkSize]; // in place of 64 KiB of stack; there is one thread
    const auto stream = m_streams.outputs()[index].stream;
    const auto bytes = m_streams.read(index, buffer);
    if (bytes && !bytes->empty())
        deliver(stream, *bytes);
}

void Monitor::deliver(monitor::Stream stream, std::string_view bytes)
{
    m_log->append(stream, bytes);
    std::optional<monitor::Message> message; // made once, and only when somebody listens
    for (auto &client : m_clients) {
        const bool wanted = stream == monitor::Stream::Stdout ? client.wants.wantsStdout : client.wants.wantsStderr;
        if (!wanted)
            continue;
        if (!message)
            message = monitor::Output{stream, std::string(bytes)};
        client.send(*message);
    }
}

void Monitor::acceptClient()
{
    UniqueFd socket(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (socket && isOwnPeer(socket.get()))
        m_clients.emplace_back(m_nextClient++, std::move(socket));
}

void Monitor::readSignals()
{
    signalfd_siginfo info{};
    while (::read(m_signals.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        if (info.ssi_signo == SIGTERM)
            takeTermination();
    }
    reapChildren();
}

void Monitor::reapChildren()
{
    int status = 0;
    for (;;) {
        const pid_t pid = ::waitpid(-1, &status, WNOHANG);
        if (pid <= 0)
            return;
        noteChildEnd(pid, status);
    }
}

void Monitor::noteChildEnd(pid_t pid, int status)
{
    // What the spawner and the process said before they ended comes first. None of this blocks for
    // long: the spawner always reports, and who has ended has closed its end of the channel.
    while (m_launch && (m_pid == 0 || m_pid == pid))
        advanceLaunch();
    if (pid == m_pid && (m_phase == Phase::Starting || m_phase == Phase::Running)) {
        endContainer(status);
        return;
    }
    for (auto &session : m_execs) {
        if (session.pid == pid) {
            session.waitStatus = status;
            finishExec(session);
            return;
        }
    }
    if (m_forwarder && m_forwarder->pid() == pid) {
        replaceForwarder();
        return;
    }
    const bool someoneIsUnborn = std::ranges::any_of(m_execs, [](const ExecSession &session) { return session.pid == 0; });
    if (someoneIsUnborn)
        m_unclaimed[pid] = status;
    else
        m_unclaimed.clear();
}

Client *Monitor::findClient(int number)
{
    const auto client = std::ranges::find(m_clients, number, &Client::number);
    return client == m_clients.end() || client->isClosed() ? nullptr : &*client;
}

} // namespace berth
