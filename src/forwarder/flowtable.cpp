// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "forwarder/flowtable.h"

#include <algorithm>
#include <cstring>

namespace berth::forwarder {

bool operator<(const FlowKey &a, const FlowKey &b)
{
    if (a.listener != b.listener)
        return a.listener < b.listener;
    if (a.port != b.port)
        return a.port < b.port;
    return std::memcmp(&a.address, &b.address, sizeof a.address) < 0;
}

Flow *FlowTable::find(const FlowKey &key)
{
    const auto found = m_flows.find(key);
    return found == m_flows.end() ? nullptr : found->second.get();
}

Flow &FlowTable::add(const FlowKey &key, std::int64_t now)
{
    while (!m_order.empty() && m_flows.size() >= m_maxFlows)
        remove(*m_order.front());
    auto &flow = *m_flows.emplace(key, std::make_unique<Flow>()).first->second;
    flow.key = key;
    flow.usedAt = now;
    flow.place = m_order.insert(m_order.end(), &flow);
    return flow;
}

void FlowTable::touch(Flow &flow, std::int64_t now)
{
    flow.usedAt = now;
    m_order.splice(m_order.end(), m_order, flow.place);
}

void FlowTable::remove(Flow &flow)
{
    if (onEnd)
        onEnd(flow);
    m_order.erase(flow.place);
    m_flows.erase(FlowKey(flow.key));
}

void FlowTable::expire(std::int64_t now)
{
    while (!m_order.empty() && now - m_order.front()->usedAt >= m_quietTime)
        remove(*m_order.front());
}

void FlowTable::clear()
{
    while (!m_order.empty())
        remove(*m_order.front());
}

std::int64_t FlowTable::timeout(std::int64_t now) const
{
    return m_order.empty() ? -1 : std::max<std::int64_t>(m_order.front()->usedAt + m_quietTime - now, 0);
}

} // namespace berth::forwarder
