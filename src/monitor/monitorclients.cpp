// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "base/io.h"
#include "monitor/monotonictime.h"
#include "monitor/records.h"

#include <csignal>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {

void Monitor::readClient(Client &client)
{
    auto received = receiveMessage(client.fd());
    if (!received || received->bytes.empty()) {
        dropClient(client);
        return;
    }
    auto message = monitor::decode(received->bytes);
    if (!message) {
        dropClient(client); // it speaks another language
        return;
    }
    obey(client, std::move(*message));
}

void Monitor::dropClient(Client &client)
{
    const bool gaveInput = client.wants.sendsStdin;
    client.close();
    if (gaveInput && m_start.spec.stdinOnce && m_phase == Phase::Running)
        m_streams.endInput();
}

void Monitor::obey(Client &client, monitor::Message message)
{
    if (auto *hello = std::get_if<monitor::Hello>(&message)) {
        if (isAttached(*hello) && !isAttached(client.wants))
            recordEvent("attach");
        client.wants = *hello;
        return;
    }
    if (m_phase == Phase::Ended)
        return; // Exited is on its way and says it all
    const auto answer = [&client](const Result<> &result) {
        if (result)
            client.send(monitor::Done{});
        else
            client.send(monitor::Failed{result.error()});
    };
    if (auto *input = std::get_if<monitor::Input>(&message)) {
        if (client.wants.sendsStdin)
            m_streams.input(input->bytes);
    } else if (std::holds_alternative<monitor::InputEnd>(message)) {
        if (m_start.spec.stdinOnce)
            m_streams.endInput();
    } else if (auto *resize = std::get_if<monitor::Resize>(&message)) {
        (void)m_streams.resize(resize->columns, resize->rows);
    } else if (auto *signal = std::get_if<monitor::Signal>(&message)) {
        answer(takeSignal(*signal));
    } else if (std::holds_alternative<monitor::KillAll>(message)) {
        answer(takeKill());
    } else if (auto *wanted = std::get_if<monitor::Pause>(&message)) {
        answer(takePause(client, *wanted));
    } else if (auto *policy = std::get_if<monitor::SetRestart>(&message)) {
        m_restarts.setPolicy(policy->restart);
        answer({});
    } else if (auto *limits = std::get_if<monitor::SetResources>(&message)) {
        answer(setResources(limits->resources));
    } else if (auto *exec = std::get_if<monitor::Exec>(&message)) {
        startExec(client, exec->spec);
    } else if (std::holds_alternative<monitor::JoinRoot>(message)) {
        joinRoot(client);
    } else if (auto *more = std::get_if<monitor::Connect>(&message)) {
        answer(connect(more->network));
    } else if (auto *less = std::get_if<monitor::Disconnect>(&message)) {
        answer(disconnect(less->network));
    } else if (std::holds_alternative<monitor::JoinNetwork>(message)) {
        joinNetwork(client);
    } else {
        dropClient(client); // Start again, or a message that only monitors send
    }
}

Result<> Monitor::signalContainer(int number)
{
    if (!m_pidfd)
        return fail(ErrorCode::WrongState, "the container is not running");
    if (number < 1 || number >= NSIG)
        return fail(ErrorCode::InvalidArgument, "there is no signal " + std::to_string(number));
    if (::syscall(SYS_pidfd_send_signal, m_pidfd.get(), number, nullptr, 0U) < 0)
        return failErrno("cannot send signal " + std::to_string(number) + " to the container");
    return {};
}

Result<> Monitor::killEverything()
{
    // Its own processes first: the kernel ends the rest of a pid namespace with its process 1, but
    // a frozen one takes the signal only through its control group.
    if (m_cgroup.exists()) {
        if (auto killed = m_cgroup.kill(); killed)
            return killed;
    }
    return signalContainer(SIGKILL);
}

std::unexpected<Error> Monitor::notRunning() const
{
    if (m_phase == Phase::Waiting || m_isStartingAgain)
        return fail(ErrorCode::WrongState,
            "Container " + m_start.spec.containerId + " is restarting, wait until the container is running");
    return fail(ErrorCode::WrongState, "the container is not running");
}

Result<> Monitor::pause(bool paused)
{
    if (m_phase != Phase::Running)
        return notRunning();
    if (auto frozen = m_cgroup.freeze(paused); !frozen)
        return frozen;
    m_record.paused = paused;
    if (auto written = writeRunRecord(m_container.get(), m_record); !written)
        return written;
    ::utimensat(m_store.get(), "changed", nullptr, 0);
    recordEvent(paused ? "pause" : "unpause");
    // Nobody asks a container that cannot answer.
    if (paused)
        m_probeAt.reset();
    else if (m_health.isActive() && !m_probe)
        scheduleProbe();
    if (m_probe)
        m_probe->deadline = paused ? INT64_MAX : millisecondsNow() + static_cast<std::int64_t>(m_health.spec().timeout);
    return {};
}

Result<> Monitor::takePause(Client &client, const monitor::Pause &wanted)
{
    if (!wanted.paused && wanted.whileConnected && !client.holdsPause)
        return {};
    if (auto done = pause(wanted.paused); !done)
        return done;
    for (auto &other : m_clients)
        other.holdsPause = false;
    client.holdsPause = wanted.paused && wanted.whileConnected;
    return {};
}

// The group outlives the runs of a container that is started again, so it needs no word at the next start.
Result<> Monitor::setResources(const ResourceSpec &resources)
{
    auto limited = m_cgroup.limit(resources);
    if (limited)
        m_start.spec.resources = resources;
    return limited;
}

void Monitor::resumeForTheGone()
{
    for (auto &client : m_clients) {
        if (client.isClosed() && std::exchange(client.holdsPause, false) && m_phase == Phase::Running)
            (void)pause(false);
    }
}

// The client is the user, who owns these namespaces anyway; it gets no way in that it could not make itself.
void Monitor::joinRoot(Client &client) const
{
    std::vector<UniqueFd> fds;
    for (std::size_t i = 0; i < 2 && m_phase == Phase::Running && m_namespaces.size() == namespaceCount; ++i)
        fds.emplace_back(::fcntl(m_namespaces[i].get(), F_DUPFD_CLOEXEC, 3));
    if (fds.size() == 2 && fds[0] && fds[1])
        client.send(monitor::RootNamespaces{}, std::move(fds));
    else
        client.send(monitor::Failed{Error{ErrorCode::WrongState, "the container is not running"}});
}

} // namespace berth
