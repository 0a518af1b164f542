// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "monitor/monotonictime.h"
#include "monitor/records.h"

#include <algorithm>
#include <csignal>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {

void Monitor::beginHealth()
{
    m_health.begin();
    m_record.health = m_health.status();
    if (!m_health.isActive())
        return;
    (void)writeHealth(m_container.get(), m_health.json());
    scheduleProbe();
}

// An interval begins when the last question has been answered.
void Monitor::scheduleProbe()
{
    const auto now = millisecondsNow();
    m_probeAt = now + m_health.pause(now - m_startedAt);
}

void Monitor::forgetHealth()
{
    m_probeAt.reset();
    m_probe.reset(); // its process ends with the container
}

void Monitor::startProbe()
{
    m_probeAt.reset();
    m_probe.emplace();
    m_probe->start = timeNow();
    m_probe->asked = millisecondsNow();
    m_probe->deadline = m_probe->asked + static_cast<std::int64_t>(m_health.spec().timeout);
    ExecSession &session = m_execs.emplace_back();
    ExecSpec spec;
    spec.arguments = m_health.spec().arguments;
    const auto begun = beginExec(session, spec);
    if (!begun) {
        m_execs.pop_back();
        endProbe(-1, begun.error().detail);
        return;
    }
    m_probe->exec = session.id;
}

void Monitor::readProbe()
{
    char buffer[4096];
    for (int i = 0; m_probe && m_probe->output && i < 16; ++i) { // a flood waits for its turn
        const ssize_t count = ::read(m_probe->output.get(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count > 0)
            m_probe->text.append({buffer, static_cast<std::size_t>(count)});
        else if (count == 0)
            m_probe->output.reset();
        if (count <= 0)
            return;
    }
}

void Monitor::stopSlowProbe()
{
    m_probe->deadline = INT64_MAX;
    m_probe->isTooSlow = true;
    const auto session = std::ranges::find(m_execs, m_probe->exec, &ExecSession::id);
    // One that is not born yet is killed by nobody: its time began with its start, and it is next asked when
    // it has ended.
    if (session != m_execs.end() && session->pid > 0 && !session->waitStatus)
        ::kill(session->pid, SIGKILL); // our own child, and not reaped yet
}

void Monitor::endProbe(int exitCode, const std::string &error)
{
    readProbe();
    std::string output = error.empty() ? m_probe->text.text() : error;
    if (m_probe->isTooSlow) {
        exitCode = -1;
        output = "Health check exceeded timeout (" + durationText(m_health.spec().timeout) + ')'
            + (output.empty() ? "" : ": " + output);
    }
    const auto asked = m_probe->asked - m_startedAt;
    const bool isNews = m_health.note({m_probe->start, timeNow(), exitCode, std::move(output)}, asked);
    m_probe.reset();
    (void)writeHealth(m_container.get(), m_health.json());
    if (!m_record.paused)
        scheduleProbe();
    if (!isNews)
        return;
    m_record.health = m_health.status();
    (void)writeRunRecord(m_container.get(), m_record);
    ::utimensat(m_store.get(), "changed", nullptr, 0);
    recordEvent("health_status: " + m_health.status());
}

} // namespace berth
