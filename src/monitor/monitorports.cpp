// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "monitor/monotonictime.h"
#include "monitor/records.h"
#include "wire/routermessage.h"

#include <algorithm>

#include <sys/stat.h>

namespace berth {
namespace {

// One that ends sooner would end again.
constexpr std::int64_t soundLife = 1'000; // milliseconds

// Where it is reached: by the interface that also leads out, if there is one.
forwarder::Target targetOf(const RunSpec &spec)
{
    const auto way = std::ranges::find_if(
        spec.networks, [](const NetworkSpec &network) { return network.hasInterface() && !network.internal; });
    if (spec.networkKind != NetworkKind::Own || way == spec.networks.end())
        return {};
    return {.address = way->address, .interface = router::bridgeName(way->id, way->internal)};
}

std::vector<PortSpec> samePorts(const std::vector<PublishedPort> &ports)
{
    std::vector<PortSpec> specs;
    for (const auto &port : ports)
        specs.push_back({port.hostAddress, port.hostPort, port.hostPort, port.containerPort, port.protocol});
    return specs;
}

} // namespace

// Before each of its runs and after each change of its networks. The ports stay as they are for as long as it is on
// a network.
Result<> Monitor::publishPorts()
{
    const RunSpec &spec = m_start.spec;
    const auto target = targetOf(spec);
    if (spec.ports.empty() || target.address == 0) {
        withdrawPorts();
        return {};
    }
    if (m_forwarder) {
        m_forwarder->retarget(target);
        return {};
    }
    return startForwarder({.ports = spec.ports, .target = target});
}

Result<> Monitor::startForwarder(const forwarder::Publish &publish)
{
    auto started = ForwarderProcess::start(m_start.spec.name, publish, m_holderUsers.get(), m_holderNetwork.get());
    if (!started)
        return wrap("failed to set up container networking: driver failed programming external connectivity on endpoint "
                + m_start.spec.name,
            started.error());
    m_forwarder.emplace(std::move(*started));
    m_record.ports = m_forwarder->ports();
    return {};
}

void Monitor::withdrawPorts()
{
    m_forwarder.reset();
    m_record.ports.clear();
}

// Somebody has ended it. The same ports, when nobody else was faster.
void Monitor::replaceForwarder()
{
    const bool wasSound = millisecondsNow() - m_forwarder->startedAt() >= soundLife;
    const auto ports = samePorts(m_forwarder->ports());
    m_forwarder->forget();
    withdrawPorts();
    if (wasSound)
        (void)startForwarder(
            {.ports = ports, .target = m_phase == Phase::Waiting ? forwarder::Target() : targetOf(m_start.spec)});
    notePorts();
}

void Monitor::notePorts()
{
    if (m_phase != Phase::Running && m_phase != Phase::Waiting)
        return;
    (void)writeRunRecord(m_container.get(), m_record);
    ::utimensat(m_store.get(), "changed", nullptr, 0);
}

} // namespace berth
