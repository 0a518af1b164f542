// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/health.h"

#include "base/jsonescape.h"

#include <algorithm>

namespace berth {

void Health::begin()
{
    m_status = isActive() ? "starting" : "";
    m_failures = 0;
    m_results.clear();
}

bool Health::note(Result result, std::int64_t asked)
{
    const std::string before = m_status;
    if (result.exitCode == 0) {
        m_failures = 0;
        m_status = "healthy";
    } else if (m_status != "starting" || asked >= static_cast<std::int64_t>(m_spec.startPeriod)) {
        // While it starts, failures of the start period do not count.
        ++m_failures;
        if (m_failures >= m_spec.retries)
            m_status = "unhealthy";
    }
    m_results.push_back(std::move(result));
    if (m_results.size() > maxResults)
        m_results.pop_front();
    return m_status != before;
}

std::int64_t Health::pause(std::int64_t sinceStart) const
{
    const bool isStarting = m_status == "starting" && sinceStart < static_cast<std::int64_t>(m_spec.startPeriod);
    return static_cast<std::int64_t>(isStarting ? m_spec.startInterval : m_spec.interval);
}

std::string Health::json() const
{
    std::string text = "{\"Status\":\"" + m_status + "\",\"FailingStreak\":" + std::to_string(m_failures) + ",\"Log\":[";
    for (const auto &result : m_results) {
        if (!text.ends_with('['))
            text += ',';
        text += R"({"Start":")" + result.start + R"(","End":")" + result.end + R"(","ExitCode":)"
            + std::to_string(result.exitCode) + R"(,"Output":")";
        appendJsonEscaped(text, result.output);
        text += "\"}";
    }
    return text + "]}\n";
}

void ProbeOutput::append(std::string_view bytes)
{
    const std::size_t room = maxSize - m_text.size();
    m_isCut = m_isCut || bytes.size() > room;
    m_text.append(bytes.substr(0, room));
}

std::string durationText(std::uint64_t milliseconds)
{
    if (milliseconds < 1000)
        return std::to_string(milliseconds) + "ms";
    const auto seconds = milliseconds / 1000;
    std::string text;
    if (seconds >= 3600)
        text += std::to_string(seconds / 3600) + 'h';
    if (seconds >= 60)
        text += std::to_string(seconds / 60 % 60) + 'm';
    text += std::to_string(seconds % 60);
    if (milliseconds % 1000 != 0) {
        std::string fraction = std::to_string(1000 + milliseconds % 1000).substr(1);
        fraction.resize(fraction.find_last_not_of('0') + 1);
        text += '.' + fraction;
    }
    return text + 's';
}

} // namespace berth
