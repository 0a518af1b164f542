// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/restarts.h"

#include <algorithm>

namespace berth {
namespace {

constexpr std::int64_t firstDelay = 100;
constexpr std::int64_t longestDelay = 60'000;
constexpr std::int64_t steadyRun = 10'000;

} // namespace

void Restarts::noteSignal(bool isFinal)
{
    m_wasSignalled = true;
    m_isCancelled = m_isCancelled || isFinal;
}

bool Restarts::wantsAnother(int exitCode)
{
    if (m_isCancelled)
        return false;
    bool wanted = false;
    switch (m_policy.kind) {
    case RestartKind::No: break;
    case RestartKind::Always: wanted = true; break;
    case RestartKind::UnlessStopped: wanted = !m_wasSignalled; break;
    case RestartKind::OnFailure: wanted = exitCode != 0 && (m_policy.maxRetries == 0 || m_count < m_policy.maxRetries); break;
    }
    m_count += wanted ? 1 : 0;
    return wanted;
}

std::int64_t Restarts::delayAfter(std::int64_t ran)
{
    if (ran >= steadyRun)
        m_delay = 0;
    m_delay = m_delay == 0 ? firstDelay : std::min(2 * m_delay, longestDelay);
    return m_delay;
}

} // namespace berth
