// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "wire/networknames.h"

#include <algorithm>

#include <fcntl.h>

namespace berth {
namespace {

std::vector<std::string> ownNames(const RunSpec &spec)
{
    std::vector<std::string> names;
    if (!spec.hostname.empty() && !spec.domainname.empty())
        names.push_back(spec.hostname + '.' + spec.domainname);
    if (!spec.hostname.empty())
        names.push_back(spec.hostname);
    return names;
}

} // namespace

// Before it is born: its first instruction may be to ask for a name, and it knows its own.
Result<> Monitor::publishNetworks()
{
    const RunSpec &spec = m_start.spec;
    m_isPublished = true;
    forgetHosts(m_store.get(), spec.containerId);
    for (const auto &network : spec.networks) {
        if (!network.hasInterface())
            continue;
        if (auto published = publishNames(m_store.get(), spec.containerId, ownNames(spec), network); !published)
            return wrap("names of network " + network.name, published.error());
    }
    return {};
}

void Monitor::withdrawNetworks()
{
    if (!m_isPublished)
        return;
    m_isPublished = false;
    for (const auto &network : m_start.spec.networks) {
        if (network.hasInterface())
            (void)withdrawNames(m_store.get(), m_start.spec.containerId, network.id);
        if (m_record.pid != 0)
            recordNetworkEvent(network, "disconnect");
    }
}

void Monitor::recordNetworkEvent(const NetworkSpec &network, std::string action)
{
    appendEvent(m_store.get(),
        {.type = "network",
            .action = std::move(action),
            .id = network.id,
            .attributes = {{"container", m_start.spec.containerId}, {"name", network.name}, {"type", network.driver}},
            .timeNano = 0});
}

// Between two runs there is nothing to change: the next one begins with what is on the list then.
Result<> Monitor::changeInterface(const NetworkSpec &network, bool isRemoval)
{
    if (m_phase == Phase::Waiting)
        return {};
    if (m_phase != Phase::Running || m_namespaces.size() != namespaceCount)
        return fail(ErrorCode::WrongState, "the container is just being started");
    return changeLink({.container = m_start.spec,
        .network = network,
        .isRemoval = isRemoval,
        .holderUserNamespace = m_holderUsers.get(),
        .holderNetworkNamespace = m_holderNetwork.get(),
        .containerNetworkNamespace = m_namespaces[networkNamespace].get(),
        .hostProc = m_hostProc.get()});
}

Result<> Monitor::connect(const NetworkSpec &network)
{
    auto &networks = m_start.spec.networks;
    if (m_start.spec.networkKind != NetworkKind::Own)
        return fail(ErrorCode::WrongState, "the container has no network of its own");
    if (std::ranges::contains(networks, network.id, &NetworkSpec::id))
        return fail(ErrorCode::AlreadyExists, "the container is on network " + network.name + " already");
    if (auto changed = changeInterface(network, false); !changed)
        return changed;
    networks.push_back(network);
    if (auto published = publishPorts(); !published) {
        (void)changeInterface(network, true);
        networks.pop_back();
        return published;
    }
    notePorts();
    recordNetworkEvent(network, "connect");
    return publishNames(m_store.get(), m_start.spec.containerId, ownNames(m_start.spec), network);
}

Result<> Monitor::disconnect(const std::string &networkId)
{
    auto &networks = m_start.spec.networks;
    const auto found = std::ranges::find(networks, networkId, &NetworkSpec::id);
    if (found == networks.end())
        return fail(ErrorCode::NotFound, "the container is not on this network");
    const NetworkSpec network = *found;
    if (network.hasInterface()) {
        if (auto changed = changeInterface(network, true); !changed)
            return changed;
    }
    networks.erase(std::ranges::find(networks, networkId, &NetworkSpec::id));
    (void)publishPorts(); // by another network, or no more
    notePorts();
    recordNetworkEvent(network, "disconnect");
    return withdrawNames(m_store.get(), m_start.spec.containerId, networkId);
}

// The client is the user, who owns this namespace anyway.
void Monitor::joinNetwork(Client &client) const
{
    std::vector<UniqueFd> fds;
    if (m_phase == Phase::Running && m_namespaces.size() == namespaceCount)
        fds.emplace_back(::fcntl(m_namespaces[networkNamespace].get(), F_DUPFD_CLOEXEC, 3));
    if (fds.size() == 1 && fds[0])
        client.send(monitor::NetworkNamespace{}, std::move(fds));
    else
        client.send(monitor::Failed{Error{ErrorCode::WrongState, "the container is not running"}});
}

} // namespace berth
