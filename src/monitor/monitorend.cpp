// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "monitor/exitstatus.h"
#include "monitor/records.h"
#include "monitor/removecontainer.h"

#include <algorithm>
#include <csignal>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

// A pipe holds at most 1 MiB for an ordinary user; more comes only from a process outside the container
// that was handed the other end, and that one may write for ever.
constexpr std::size_t maxDrained = 4U << 20;

std::int32_t exitCodeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::CommandNotFound: return 127;
    case ErrorCode::NotExecutable: return 126;
    default: return 128;
    }
}

} // namespace

void Monitor::drainOutputs()
{
    m_streams.closePeer();
    static char buffer[16384];
    for (std::size_t index = m_streams.outputs().size(); index-- > 0;) {
        const auto stream = m_streams.outputs()[index].stream;
        for (std::size_t drained = 0; drained < maxDrained;) {
            const auto bytes = m_streams.read(index, buffer);
            if (!bytes || bytes->empty())
                break;
            deliver(stream, *bytes);
            drained += bytes->size();
        }
    }
    m_log->finish();
}

void Monitor::endContainer(int waitStatus)
{
    forgetHealth();
    drainOutputs();
    ExitStatus status = exitStatusOf(waitStatus);
    noteMemoryKills();
    status.outOfMemory = m_record.outOfMemory;
    m_isStartingAgain = false;
    const ExitRecord exit{.status = status, .finishedAt = timeNow(), .error = {}};
    const bool again = m_restarts.wantsAnother(status.exitCode);
    if (again)
        awaitRestart(exit);
    else
        record(exit);
    recordEnd(status);
    if (!again)
        withdrawNetworks(); // whoever hears of the end finds nobody by its names
    tellExit(status);
    if (again)
        forgetRun();
    else
        release();
}

void Monitor::tellExit(const ExitStatus &status)
{
    for (auto &client : m_clients)
        client.send(monitor::Exited{status});
}

void Monitor::failStart(const Error &error)
{
    (void)signalContainer(SIGKILL); // when it was born at all
    m_launch.reset();
    forgetHealth();
    const ExitStatus status{exitCodeOf(error.code), 0, false};
    record(ExitRecord{.status = status, .finishedAt = timeNow(), .error = error.detail});
    if (Client *starter = findClient(m_starter))
        starter->send(monitor::Failed{error});
    if (m_isStartingAgain)
        tellExit(status);
    release();
}

void Monitor::record(const ExitRecord &exit)
{
    m_phase = Phase::Ended;
    withdrawPorts(); // before anybody is told: another may want them next
    // A full disk must not keep the container from ending; the engine then finds by its socket a monitor that
    // went without a record, and says so.
    const auto written = writeExitRecord(m_container.get(), exit, !m_start.spec.autoRemove);
    if (m_listener && written)
        ::unlinkat(m_runtimeFolder.get(), monitorSocketName(m_start.spec.containerId).c_str(), 0);
    m_listener.reset();
    ::utimensat(m_store.get(), "changed", nullptr, 0);
}

// After the clients were told: leaving the control group waits for a grace period of the kernel, which is
// longer than most of what they do next. Whoever wants to start the container again waits for the lock, so
// nothing of it may be touched when that is free.
void Monitor::release()
{
    m_streams = ContainerStreams();
    m_namespaces.clear();
    withdrawNetworks();
    m_cgroup.remove();
    m_lock.reset();
}

bool Monitor::folderIsLeft() const
{
    const std::string name = "containers/" + m_start.spec.containerId;
    return ::faccessat(m_store.get(), name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

// --rm. A client that promised to remove gets its time; so does the starter of a container that never
// ran, because it still wants to say why. When they are gone and the container is still there, the
// engine is called.
void Monitor::removeContainerIfLeft()
{
    if (!m_start.spec.autoRemove || m_removed)
        return;
    const bool someoneWill = std::ranges::any_of(m_clients, [this](const Client &client) {
        return client.wants.removesContainer || (m_record.pid == 0 && client.number == m_starter);
    });
    if (someoneWill)
        return;
    m_removed = true;
    if (!m_start.enginePath.empty() && folderIsLeft())
        spawnRemoval(m_start.enginePath, m_start.spec.containerId);
}

void Monitor::refuse(const Error &error)
{
    m_phase = Phase::Ended;
    if (m_lock)
        record(ExitRecord{.status = {exitCodeOf(error.code), 0, false}, .finishedAt = timeNow(), .error = error.detail});
    m_clients.front().send(monitor::Failed{error});
    if (m_lock)
        release();
    if (m_signals)
        run();
}

} // namespace berth
