// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/networkoperations.h"

#include "core/containername.h"
#include "network/hostroutes.h"
#include "network/router.h"
#include "network/wayout.h"
#include "operations/containernetworks.h"
#include "operations/events.h"
#include "operations/monitorlink.h"
#include "wire/networknames.h"
#include "wire/routermessage.h"

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

void recordNetworkEvent(
    const Store &store, const NetworkInfo &network, const QString &action, const QMap<QString, QString> &attributes = {})
{
    QMap<QString, QString> all{{u"name"_s, network.name}, {u"type"_s, network.driver}};
    all.insert(attributes);
    recordEvent(store, u"network"_s, action, network.id, all);
}

bool hasRouter(const Store &store) { return ::access((store.paths().runtime.toStdString() + "/router").c_str(), F_OK) == 0; }

// Its bridge, when there is a router at all. Best effort: without the record nobody makes it again, and it ends
// with the holder.
void removeBridgeOf(const Store &store, const NetworkInfo &network)
{
    const std::string runtime = store.paths().runtime.toStdString();
    if (!network.isBridge() || !hasRouter(store))
        return;
    if (const auto holder = ensureHolder(runtime))
        (void)removeBridges(*holder, {router::bridgeName(network.id.toStdString(), network.internal)});
}

// Another store of the same user shares the router.
QList<Subnet> avoidedSubnets(const Store &store)
{
    QList<Subnet> avoided = hostRoutes();
    if (!hasRouter(store))
        return avoided;
    if (const auto holder = ensureHolder(store.paths().runtime.toStdString()))
        avoided += usedInRouter(holder->pid);
    return avoided;
}

Result<> checkDriver(const NetworkInfo &network)
{
    const std::string driver = network.driver.toStdString();
    if (driver == "bridge")
        return {};
    if (driver == "host" || driver == "null")
        return fail(ErrorCode::WrongState, "only one instance of \"" + driver + "\" network is allowed");
    if (driver == "macvlan" || driver == "ipvlan" || driver == "overlay")
        return fail(ErrorCode::Unsupported,
            "networks of the driver " + driver
                + " reach into the machine's own network, which only its administrator may change; "
                  "use the driver bridge");
    return fail(ErrorCode::NotFound, "could not find plugin " + driver + " in v1 plugin registry: plugin not found");
}

Result<> removeFound(Store &store, const NetworkInfo &network)
{
    if (isPredefinedNetwork(network.name))
        return fail(ErrorCode::WrongState, network.name.toStdString() + " is a pre-defined network and cannot be removed");
    if (auto removed = store.removeNetwork(network.id); !removed)
        return removed;
    recordNetworkEvent(store, network, u"destroy"_s);
    forgetNames(store.dataFd(), network.id.toStdString());
    removeBridgeOf(store, network);
    return {};
}

// Docker's reasons why a container stays where it is.
Result<> checkMovable(const ContainerInfo &container, const NetworkInfo &network)
{
    const QString &mode = container.options.networkMode;
    if (network.driver == "host"_L1 || mode == "host"_L1)
        return fail(ErrorCode::WrongState, "container cannot be disconnected from host network or connected to host network");
    if (containerOfMode(mode))
        return fail(ErrorCode::WrongState,
            "container sharing network namespace with another container or host cannot be connected to any other network");
    return {};
}

Result<> checkConnection(
    const Store &store, const ContainerInfo &container, const NetworkInfo &network, const NetworkRequest &request)
{
    if (const auto movable = checkMovable(container, network); !movable)
        return movable;
    const auto present = store.attachmentsOf(container.id);
    if (!present)
        return std::unexpected(present.error());
    if (std::ranges::contains(*present, network.id, &NetworkAttachment::networkId))
        return fail(ErrorCode::WrongState,
            "endpoint with name " + container.name.toStdString() + " already exists in network " + network.name.toStdString());
    if (!present->isEmpty() && (network.driver == "null"_L1 || container.networks.contains("none"_L1)))
        return fail(ErrorCode::WrongState,
            "container cannot be connected to multiple networks with one of the networks in private (none) mode");
    if (!isUserDefined(network.name) && !request.aliases.isEmpty())
        return fail(ErrorCode::InvalidArgument,
            "invalid endpoint settings:\nnetwork-scoped aliases are only supported for user-defined networks");
    if (request.address.isEmpty())
        return {};
    if (!isUserDefined(network.name))
        return fail(ErrorCode::InvalidArgument,
            "invalid endpoint settings:\nuser specified IP address is supported on user defined networks only");
    const auto subnet = Subnet::parse(network.subnet);
    const auto address = parseIpv4(request.address);
    if (!network.isConfigured)
        return fail(ErrorCode::InvalidArgument,
            "invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user "
            "configured subnets");
    if (!address || !subnet || !subnet->contains(*address))
        return fail(ErrorCode::InvalidArgument,
            "invalid endpoint settings:\nno configured subnet or ip-range contain the IP address "
                + request.address.toStdString());
    return {};
}

// The container runs: its monitor makes the interface.
Result<> connectRunning(Store &store, const ContainerInfo &container, const QString &networkId)
{
    const auto attachments = store.claimAddresses(container.id);
    if (!attachments)
        return std::unexpected(attachments.error());
    const auto place = std::ranges::find(*attachments, networkId, &NetworkAttachment::networkId);
    const auto spec = networkSpec(store, container, *place);
    if (!spec)
        return std::unexpected(spec.error());
    const std::string runtime = store.paths().runtime.toStdString();
    const auto holder = ensureHolder(runtime);
    if (!holder)
        return std::unexpected(holder.error());
    if (auto ready = ensureRouter(runtime, *holder); !ready)
        return ready;
    if (!spec->internal)
        ensureWayOut(runtime, *holder);
    auto link = MonitorLink::connect(store.paths(), container.id);
    return link ? link->request(monitor::Connect{*spec}) : std::unexpected(link.error());
}

} // namespace

Result<NetworkInfo> createNetwork(Store &store, NetworkInfo asked)
{
    if (asked.driver.isEmpty() || asked.driver == "default"_L1)
        asked.driver = u"bridge"_s;
    if (const auto valid = checkNetworkName(asked.name); !valid)
        return std::unexpected(valid.error());
    if (const auto valid = checkDriver(asked); !valid)
        return std::unexpected(valid.error());
    if (const auto valid = checkAddresses(asked); !valid)
        return std::unexpected(valid.error());
    asked.id = randomContainerId();
    asked.isConfigured = !asked.subnet.isEmpty();
    asked.created = QDateTime::currentDateTimeUtc();
    auto network = store.addNetwork(std::move(asked), avoidedSubnets(store));
    if (network)
        recordNetworkEvent(store, *network, u"create"_s);
    return network;
}

Result<> removeNetwork(Store &store, const QString &nameOrId)
{
    const auto network = store.findNetwork(nameOrId);
    return network ? removeFound(store, *network) : std::unexpected(network.error());
}

Result<> removeNetworkById(Store &store, const QString &id)
{
    const auto network = store.findNetwork(id);
    if (network && network->id != id)
        return fail(ErrorCode::NotFound, "network " + id.toStdString() + " not found");
    return network ? removeFound(store, *network) : std::unexpected(network.error());
}

Result<NetworkInfo> settledNetwork(Store &store, const QString &nameOrId)
{
    auto network = store.findNetwork(nameOrId);
    if (!network || !network->isBridge() || !network->subnet.isEmpty())
        return network;
    return store.chooseSubnet(network->id, avoidedSubnets(store));
}

Result<> connectContainer(Store &store, const QString &networkName, const QString &containerName, const NetworkRequest &request,
    const QStringList &links)
{
    if (const auto valid = checkAliases(request.aliases, links); !valid)
        return valid;
    const auto locked = lockContainer(store, containerName);
    if (!locked)
        return std::unexpected(locked.error());
    const auto network = settledNetwork(store, networkName);
    if (!network)
        return std::unexpected(network.error());
    const ContainerInfo &container = locked->info;
    if (const auto valid = checkConnection(store, container, *network, request); !valid)
        return valid;
    NetworkAttachment attachment;
    attachment.containerId = container.id;
    attachment.networkId = network->id;
    attachment.aliases = request.aliases;
    attachment.links = links;
    attachment.fixedAddress = request.address;
    attachment.fixedMac = request.macAddress;
    if (const auto attached = store.attach(attachment); !attached)
        return std::unexpected(attached.error());
    if (!isUp(container.state)) {
        recordNetworkEvent(store, *network, u"connect"_s, {{u"container"_s, container.id}});
        return {};
    }
    auto connected = connectRunning(store, container, network->id);
    if (!connected)
        (void)store.detach(container.id, network->id);
    store.touch();
    return connected;
}

Result<> disconnectContainer(Store &store, const QString &networkName, const QString &containerName, bool force)
{
    const auto network = store.findNetwork(networkName);
    if (!network)
        return std::unexpected(network.error());
    const auto locked = lockContainer(store, containerName);
    if (!locked)
        return force && locked.error().code == ErrorCode::NotFound ? Result<>() : std::unexpected(locked.error());
    const ContainerInfo &container = locked->info;
    if (const auto movable = checkMovable(container, *network); !movable)
        return movable;
    const auto present = store.attachmentsOf(container.id);
    if (!present)
        return std::unexpected(present.error());
    if (!std::ranges::contains(*present, network->id, &NetworkAttachment::networkId))
        return force
            ? Result<>()
            : fail(ErrorCode::WrongState,
                  "container " + container.id.toStdString() + " is not connected to network " + network->name.toStdString());
    if (isUp(container.state)) {
        auto link = MonitorLink::connect(store.paths(), container.id);
        auto gone = link ? link->request(monitor::Disconnect{network->id.toStdString()}) : std::unexpected(link.error());
        const bool hasEnded = !gone && (gone.error().code == ErrorCode::Unavailable || gone.error().code == ErrorCode::NotFound);
        if (!gone && !hasEnded)
            return gone;
    } else {
        recordNetworkEvent(store, *network, u"disconnect"_s, {{u"container"_s, container.id}});
    }
    return store.detach(container.id, network->id);
}

QString wayOutWarning(const Store &store)
{
    const std::string problem = wayOutProblem(store.paths().runtime.toStdString());
    return problem.empty() ? QString() : u"containers cannot leave this machine: "_s + QString::fromStdString(problem);
}

QString wayOutWarning(const Store &store, const QString &containerId)
{
    const QString warning = wayOutWarning(store);
    if (warning.isEmpty())
        return {};
    const auto attachments = store.attachmentsOf(containerId);
    const bool mayLeave = attachments && std::ranges::any_of(*attachments, [&store](const NetworkAttachment &attachment) {
        const auto network = store.findNetwork(attachment.networkId);
        return network && network->driver == "bridge"_L1 && !network->internal;
    });
    return mayLeave ? warning : QString();
}

} // namespace berth
