// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containernetworks.h"

#include "operations/containeroperations.h"
#include "operations/networkoperations.h"
#include "wire/networknames.h"

#include <algorithm>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

std::unexpected<Error> refuse(const std::string &text) { return fail(ErrorCode::InvalidArgument, text); }

// What cannot be said of a container whose network is another's.
Result<> checkSharing(const RunOptions &options)
{
    const bool isHost = options.networkMode == "host"_L1;
    if (!options.links.isEmpty())
        return refuse(isHost ? "conflicting options: host type networking can't be used with links. This would result in "
                               "undefined behavior"
                             : "conflicting options: container type network can't be used with links. This would result in "
                               "undefined behavior");
    if (isHost)
        return {};
    if (!options.hostname.isEmpty())
        return refuse("conflicting options: hostname and the network mode");
    if (!options.dns.isEmpty() || !options.dnsSearch.isEmpty() || !options.dnsOptions.isEmpty())
        return refuse("conflicting options: dns and the network mode");
    if (!options.extraHosts.isEmpty())
        return refuse("conflicting options: custom host-to-IP mapping and the network mode");
    if (!options.publishedPorts.isEmpty() || options.publishAll)
        return refuse("conflicting options: port publishing and the container type network mode");
    if (!options.exposedPorts.isEmpty())
        return refuse("conflicting options: port exposing and the container type network mode");
    return {};
}

// All that is wrong with it, as Docker tells it: several things as a list.
Result<> checkRequest(const Store &store, const NetworkRequest &request)
{
    if (request.address.isEmpty() && request.aliases.isEmpty())
        return {};
    std::vector<std::string> problems;
    const bool hasNames = isUserDefined(request.name);
    const auto network = hasNames ? store.findNetwork(request.name) : Result<NetworkInfo>(fail(ErrorCode::NotFound, {}));
    const auto address = parseIpv4(request.address);
    if (!hasNames && !request.aliases.isEmpty())
        problems.emplace_back("network-scoped aliases are only supported for user-defined networks");
    if (!hasNames && !request.address.isEmpty())
        problems.emplace_back("user specified IP address is supported on user defined networks only");
    if (!request.address.isEmpty() && !address)
        problems.push_back("invalid IPv4 address: " + request.address.toStdString());
    if (!request.address.isEmpty() && (!hasNames || (network && !network->isConfigured)))
        problems.emplace_back(
            "user specified IP address is supported only when connecting to networks with user configured subnets");
    const auto subnet = network && network->isConfigured ? Subnet::parse(network->subnet) : std::nullopt;
    if (address && subnet && !subnet->contains(*address))
        problems.push_back("no configured subnet or ip-range contain the IP address " + request.address.toStdString());
    if (problems.empty())
        return {};
    std::string text = "invalid config for network " + request.name.toStdString() + ": invalid endpoint settings:";
    for (const std::string &problem : problems)
        text += (problems.size() > 1 ? "\n* " : "\n") + problem;
    return refuse(text);
}

QString machineName()
{
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? QString::fromLocal8Bit(name) : QString();
}

Result<> shareWith(const Store &store, RunOptions &options, const QString &name)
{
    const auto other = store.findContainer(name);
    if (!other)
        return std::unexpected(other.error());
    options.networkMode = "container:"_L1 + other->id;
    options.hostname = other->options.hostname;
    return {};
}

std::array<std::uint8_t, 6> macBytes(const QString &text)
{
    std::array<std::uint8_t, 6> bytes{};
    const auto parts = text.split(u':');
    for (std::size_t i = 0; i < bytes.size() && parts.size() == 6; ++i)
        bytes[i] = static_cast<std::uint8_t>(parts[static_cast<qsizetype>(i)].toUInt(nullptr, 16));
    return bytes;
}

// The other end of a --link, as it is now. On the default bridge it must run there.
Result<HostLine> linkLine(const Store &store, const QString &link, const NetworkInfo &network)
{
    const QString name = link.section(u':', 0, 0);
    const QString alias = link.contains(u':') ? link.section(u':', 1) : name;
    const auto other = store.findContainer(name);
    if (!other)
        return fail(ErrorCode::NotFound, "could not get container for " + name.toStdString());
    const auto places = store.attachmentsOf(other->id);
    if (!places)
        return std::unexpected(places.error());
    const auto place = std::ranges::find(*places, network.id, &NetworkAttachment::networkId);
    if (place == places->end())
        return isUserDefined(network.name)
            ? Result<HostLine>()
            : fail(ErrorCode::InvalidArgument,
                  "Cannot link to /" + other->name.toStdString() + ", as it does not belong to the default network");
    if (!isUp(other->state) || place->address.isEmpty())
        return isUserDefined(network.name)
            ? Result<HostLine>()
            : fail(ErrorCode::WrongState, "Cannot link to a non running container: /" + other->name.toStdString());
    HostLine line{.address = parseIpv4(place->address).value_or(0), .names = {alias.toStdString()}};
    for (const QString &further : {other->options.hostname, other->name}) {
        if (!further.isEmpty() && !std::ranges::contains(line.names, further.toStdString()))
            line.names.push_back(further.toStdString());
    }
    return line;
}

Result<UniqueFd> namespaceOf(const Store &store, const ContainerInfo &other)
{
    auto link = MonitorLink::connect(store.paths(), other.id);
    if (link && isUp(other.state) && link->send(monitor::JoinNetwork{})) {
        while (auto received = link->receive()) {
            if (std::holds_alternative<monitor::NetworkNamespace>(received->message) && received->fds.size() == 1)
                return std::move(received->fds.front());
            if (std::holds_alternative<monitor::Failed>(received->message))
                break;
        }
    }
    return fail(ErrorCode::WrongState, "cannot join network of a non running container: " + other.id.toStdString());
}

Result<ContainerNetworks> shareNamespace(const Store &store, const QString &otherId)
{
    const auto other = store.findContainer(otherId);
    if (!other)
        return std::unexpected(other.error());
    auto joined = namespaceOf(store, *other);
    if (!joined)
        return std::unexpected(joined.error());
    ContainerNetworks networks;
    networks.kind = NetworkKind::Shared;
    networks.sharedNamespace = std::move(*joined);
    networks.hostFilesOf = other->id.toStdString();
    return networks;
}

} // namespace

Result<> resolveNetworks(const Store &store, RunOptions &options)
{
    if (options.networkMode.isEmpty() || options.networkMode == "default"_L1)
        options.networkMode = u"bridge"_s;
    for (NetworkRequest &request : options.networks) {
        if (request.name.isEmpty() || request.name == "default"_L1)
            request.name = options.networkMode;
        if (options.networks.size() > 1 && (sharesNamespace(request.name) || request.name == "none"_L1))
            return refuse("conflicting options: cannot attach both user-defined and non-user-defined network-modes");
    }
    if (sharesNamespace(options.networkMode) || options.networkMode == "none"_L1) {
        if (const auto valid = sharesNamespace(options.networkMode) ? checkSharing(options) : Result<>(); !valid)
            return valid;
        for (const NetworkRequest &request : std::as_const(options.networks)) {
            if (!request.macAddress.isEmpty() && sharesNamespace(options.networkMode))
                return refuse("conflicting options: mac-address and the network mode");
        }
    }
    for (const PortMapping &mapping : std::as_const(options.publishedPorts)) {
        if (portProtocol(mapping.port) == "sctp"_L1)
            return fail(ErrorCode::Unsupported, "ports of the protocol sctp are not supported");
    }
    for (const NetworkRequest &request : std::as_const(options.networks)) {
        auto valid = checkAliases(request.aliases, options.links);
        if (valid)
            valid = checkRequest(store, request);
        if (!valid)
            return valid;
    }
    if (const auto other = containerOfMode(options.networkMode))
        return shareWith(store, options, *other);
    if (options.networkMode == "host"_L1 && options.hostname.isEmpty())
        options.hostname = machineName();
    if (const auto valid = checkAliases({}, options.links); !valid)
        return valid;
    for (const QString &link : std::as_const(options.links)) {
        if (!store.findContainer(link.section(u':', 0, 0)))
            return fail(ErrorCode::NotFound, "could not get container for " + link.section(u':', 0, 0).toStdString());
    }
    return {};
}

Result<QList<NetworkAttachment>> newAttachments(const Store &store, const QString &containerId, const RunOptions &options)
{
    if (containerOfMode(options.networkMode))
        return QList<NetworkAttachment>();
    QList<NetworkRequest> requests = options.networks;
    if (requests.isEmpty())
        requests += NetworkRequest{.name = options.networkMode, .aliases = {}, .address = {}, .macAddress = {}};
    QList<NetworkAttachment> attachments;
    for (const NetworkRequest &request : std::as_const(requests)) {
        const auto network = store.findNetwork(request.name);
        if (!network && network.error().code != ErrorCode::NotFound)
            return std::unexpected(network.error());
        NetworkAttachment attachment;
        attachment.containerId = containerId;
        attachment.networkId = network ? network->id : request.name;
        attachment.position = static_cast<int>(attachments.size());
        attachment.aliases = request.aliases;
        attachment.links = options.links;
        attachment.fixedAddress = request.address;
        attachment.fixedMac = request.macAddress;
        if (!std::ranges::contains(attachments, attachment.networkId, &NetworkAttachment::networkId))
            attachments += attachment;
    }
    return attachments;
}

bool ContainerNetworks::needRouter() const { return std::ranges::any_of(networks, &NetworkSpec::hasInterface); }

bool ContainerNetworks::mayLeave() const
{
    return std::ranges::any_of(networks, [](const NetworkSpec &network) { return network.hasInterface() && !network.internal; });
}

Result<NetworkSpec> networkSpec(const Store &store, const ContainerInfo &container, const NetworkAttachment &attachment)
{
    const auto network = store.findNetwork(attachment.networkId);
    if (!network)
        return std::unexpected(network.error());
    NetworkSpec spec;
    spec.id = network->id.toStdString();
    spec.name = network->name.toStdString();
    spec.driver = network->driver.toStdString();
    if (!network->isBridge())
        return spec;
    spec.address = parseIpv4(attachment.address).value_or(0);
    spec.gateway = parseIpv4(network->gateway).value_or(0);
    spec.prefix = static_cast<std::uint8_t>(Subnet::parse(network->subnet).value_or(Subnet()).prefix);
    spec.mac = macBytes(attachment.macAddress());
    spec.position = static_cast<std::uint8_t>(attachment.position);
    spec.internal = network->internal;
    spec.hasNames = isUserDefined(network->name);
    if (spec.hasNames) {
        for (const QString &name : QStringList{container.name} + attachment.aliases + QStringList{container.shortId()})
            spec.names.push_back(name.toStdString());
    }
    for (const QString &link : attachment.links) {
        auto line = linkLine(store, link, *network);
        if (!line)
            return std::unexpected(line.error());
        if (!line->names.empty())
            spec.links.push_back(std::move(*line));
    }
    return spec;
}

Result<ContainerNetworks> claimNetworks(Store &store, const ContainerInfo &container)
{
    if (const auto other = containerOfMode(container.options.networkMode))
        return shareNamespace(store, *other);
    ContainerNetworks networks;
    if (container.options.networkMode == "host"_L1)
        networks.kind = NetworkKind::Host;
    if (container.networks.contains("bridge"_L1)) {
        if (const auto settled = settledNetwork(store, u"bridge"_s); !settled)
            return std::unexpected(settled.error());
    }
    const auto attachments = store.claimAddresses(container.id);
    if (!attachments)
        return std::unexpected(attachments.error());
    for (const NetworkAttachment &attachment : *attachments) {
        auto spec = networkSpec(store, container, attachment);
        if (!spec)
            return std::unexpected(spec.error());
        networks.networks.push_back(std::move(*spec));
    }
    return networks;
}

void republishNames(const Store &store, const ContainerInfo &container)
{
    const auto attachments = store.attachmentsOf(container.id);
    for (const NetworkAttachment &attachment : attachments.value_or(QList<NetworkAttachment>())) {
        const auto spec = networkSpec(store, container, attachment);
        if (!spec || !spec->hasNames || attachment.address.isEmpty())
            continue;
        const RunOptions &options = container.options;
        std::vector<std::string> own;
        if (!options.domainname.isEmpty())
            own.push_back((options.hostname + u'.' + options.domainname).toStdString());
        own.push_back(options.hostname.toStdString());
        (void)publishNames(store.dataFd(), container.id.toStdString(), own, *spec);
    }
}

void withdrawContainer(const Store &store, const QString &containerId)
{
    const auto attachments = store.attachmentsOf(containerId);
    for (const NetworkAttachment &attachment : attachments.value_or(QList<NetworkAttachment>())) {
        const std::string id = containerId.toStdString(), network = attachment.networkId.toStdString();
        const auto names = readNames(store.dataFd(), network);
        if (names && std::ranges::contains(*names, id, &NamedContainer::containerId))
            (void)withdrawNames(store.dataFd(), id, network);
    }
}

} // namespace berth
