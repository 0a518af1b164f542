// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "monitor/monotonictime.h"
#include "monitor/records.h"

#include <utility>

#include <sys/stat.h>

namespace berth {

void Monitor::recordEvent(std::string action, Event::Attributes attributes)
{
    // Read each time: the container may have got another name.
    attributes.merge(readEventAttributes(m_container.get()));
    appendEvent(m_store.get(),
        {.type = "container",
            .action = std::move(action),
            .id = m_start.spec.containerId,
            .attributes = std::move(attributes),
            .timeNano = 0});
}

// As Docker: told when it happens, whichever process it was, and kept until the next start.
void Monitor::noteMemoryKills()
{
    if (m_cgroup.takeMemoryKills() == 0)
        return;
    recordEvent("oom");
    if (std::exchange(m_record.outOfMemory, true) || m_phase != Phase::Running)
        return;
    (void)writeRunRecord(m_container.get(), m_record);
    ::utimensat(m_store.get(), "changed", nullptr, 0);
}

void Monitor::recordEnd(const ExitStatus &status)
{
    recordEvent("die",
        {{"exitCode", std::to_string(status.exitCode)},
            {"execDuration", std::to_string((millisecondsNow() - m_startedAt) / 1000)}});
}

} // namespace berth
