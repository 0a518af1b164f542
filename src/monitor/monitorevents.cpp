// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "monitor/monotonictime.h"

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

void Monitor::recordEnd(const ExitStatus &status)
{
    if (status.outOfMemory)
        recordEvent("oom");
    recordEvent("die",
        {{"exitCode", std::to_string(status.exitCode)},
            {"execDuration", std::to_string((millisecondsNow() - m_startedAt) / 1000)}});
}

} // namespace berth
