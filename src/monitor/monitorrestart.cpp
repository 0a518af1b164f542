// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "monitor/monotonictime.h"
#include "monitor/records.h"

#include <csignal>

#include <sys/stat.h>

namespace berth {

// Which signals of a person mean the end is Docker's rule: SIGKILL and the stop signal do; where an image
// chose no stop signal of its own, all do.
bool Monitor::isFinal(const monitor::Signal &signal) const
{
    return signal.isStop || signal.number == SIGKILL || signal.number == m_start.spec.stopSignal
        || m_start.spec.stopSignal == SIGTERM;
}

Result<> Monitor::takeSignal(const monitor::Signal &signal)
{
    m_restarts.noteSignal(isFinal(signal));
    if (m_phase == Phase::Waiting || m_isStartingAgain) {
        m_pendingSignal = signal.number; // for the process that may be about to be born
        return {};
    }
    auto sent = signalContainer(signal.number);
    if (sent)
        recordEvent("kill", {{"signal", std::to_string(signal.number)}});
    return sent;
}

Result<> Monitor::takeKill()
{
    m_restarts.noteSignal(true);
    if (m_phase == Phase::Waiting || m_isStartingAgain) {
        m_pendingSignal = SIGKILL;
        return {};
    }
    auto killed = killEverything();
    if (killed)
        recordEvent("kill", {{"signal", std::to_string(SIGKILL)}});
    return killed;
}

// The machine goes down or the user's systemd ends, which wait: what runs gets its stop signal and Docker's ten
// seconds, and its exit is still recorded. Whoever asks twice waits no longer; what is frozen hears nothing.
void Monitor::takeTermination()
{
    constexpr std::int64_t grace = 10'000; // milliseconds; berth-scope gives the scope more
    const bool mayStop = m_phase == Phase::Running && !m_record.paused && !m_killAt;
    if (mayStop && takeSignal({.number = m_start.spec.stopSignal, .isStop = true}))
        m_killAt = millisecondsNow() + grace;
    else
        (void)takeKill();
}

// The run has ended, the container has not: everything of the run goes, the log, the control group and the
// clients stay.
void Monitor::awaitRestart(const ExitRecord &exit)
{
    m_phase = Phase::Waiting;
    if (m_forwarder)
        m_forwarder->retarget({});
    m_record.restartCount = m_restarts.count();
    m_record.paused = false;
    m_lastExit = exit;
    m_lastExit.restarting = true;
    (void)writeRunRecord(m_container.get(), m_record);
    (void)writeExitRecord(m_container.get(), m_lastExit, false);
    m_restartAt = millisecondsNow() + m_restarts.delayAfter(millisecondsNow() - m_startedAt);
    ::utimensat(m_store.get(), "changed", nullptr, 0);
}

void Monitor::forgetRun()
{
    m_streams = ContainerStreams();
    m_namespaces.clear();
    m_pidfd.reset();
    m_pid = 0;
    m_pendingSignal = 0;
    for (auto &client : m_clients)
        client.holdsPause = false; // of the run that has ended
}

void Monitor::startAgain()
{
    m_restartAt.reset();
    m_phase = Phase::Starting;
    m_isStartingAgain = true;
    m_starter = 0; // it has had its answer
    (void)m_cgroup.freeze(false); // killed while it was paused
    if (auto launched = launchContainer(); !launched)
        failStart(launched.error());
}

// Stopped or killed while it waited.
void Monitor::giveUpRestart()
{
    m_restartAt.reset();
    m_lastExit.restarting = false;
    record(m_lastExit);
    tellExit(m_lastExit.status);
    release();
}

} // namespace berth
