// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/digest.h"
#include "operations/inspect.h"
#include "operations/networkoperations.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

QJsonObject textsOf(const QMap<QString, QString> &texts)
{
    QJsonObject object;
    for (const auto &[key, value] : texts.asKeyValueRange())
        object.insert(key, value);
    return object;
}

// Docker gives each endpoint a random number; ours follows from what it joins, and is the same every time.
QString endpointId(const NetworkAttachment &attachment)
{
    return Digest::ofBytes((attachment.containerId + attachment.networkId + attachment.address).toUtf8()).hex();
}

int prefixOf(const NetworkInfo &network) { return Subnet::parse(network.subnet).value_or(Subnet()).prefix; }

Result<QJsonObject> containersOn(Store &store, const NetworkInfo &network)
{
    const auto attachments = store.attachmentsOn(network.id);
    if (!attachments)
        return std::unexpected(attachments.error());
    QJsonObject containers;
    for (const NetworkAttachment &attachment : *attachments) {
        const auto container = store.findContainer(attachment.containerId);
        if (!container || !isUp(container->state))
            continue;
        const QString address = attachment.address.isEmpty() ? QString()
                                                             : attachment.address + u'/' + QString::number(prefixOf(network));
        containers.insert(container->id,
            QJsonObject{{u"Name"_s, container->name}, {u"EndpointID"_s, endpointId(attachment)},
                {u"MacAddress"_s, attachment.macAddress()}, {u"IPv4Address"_s, address}, {u"IPv6Address"_s, QString()}});
    }
    return containers;
}

QJsonValue listOrNull(const QStringList &list)
{
    return list.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(QJsonArray::fromStringList(list));
}

QJsonValue askedAddress(const NetworkAttachment &attachment)
{
    if (attachment.fixedAddress.isEmpty())
        return QJsonValue::Null;
    return QJsonObject{{u"IPv4Address"_s, attachment.fixedAddress}};
}

// A container that does not run has a place there, but no address.
QJsonObject endpointOf(const ContainerInfo &container, const NetworkAttachment &attachment, const NetworkInfo &network)
{
    const bool up = isUp(container.state);
    const bool hasAddress = up && network.isBridge() && !attachment.address.isEmpty();
    QStringList names;
    if (isUserDefined(network.name))
        names = QStringList{container.name} + attachment.aliases + QStringList{container.shortId()};
    return {{u"IPAMConfig"_s, askedAddress(attachment)}, {u"Links"_s, listOrNull(attachment.links)},
        {u"Aliases"_s, listOrNull(attachment.aliases)}, {u"MacAddress"_s, hasAddress ? attachment.macAddress() : QString()},
        {u"DriverOpts"_s, QJsonValue::Null}, {u"GwPriority"_s, 0}, {u"NetworkID"_s, network.id},
        {u"EndpointID"_s, up ? endpointId(attachment) : QString()}, {u"Gateway"_s, hasAddress ? network.gateway : QString()},
        {u"IPAddress"_s, hasAddress ? attachment.address : QString()}, {u"IPPrefixLen"_s, hasAddress ? prefixOf(network) : 0},
        {u"IPv6Gateway"_s, QString()}, {u"GlobalIPv6Address"_s, QString()}, {u"GlobalIPv6PrefixLen"_s, 0},
        {u"DNSNames"_s, listOrNull(names)}};
}

// A port that is exposed and not published is null.
QJsonObject portsOf(const ContainerInfo &container)
{
    QJsonObject ports;
    for (const QString &port : visibleExposedPorts(container))
        ports.insert(port, QJsonValue::Null);
    for (const OpenPort &open : container.ports) {
        auto list = ports.value(open.port).toArray();
        list.append(QJsonObject{{u"HostIp"_s, open.address}, {u"HostPort"_s, QString::number(open.hostPort)}});
        ports.insert(open.port, list);
    }
    return ports;
}

} // namespace

Result<QJsonObject> inspectNetwork(Store &store, const QString &nameOrId)
{
    const auto network = settledNetwork(store, nameOrId);
    if (!network)
        return std::unexpected(network.error());
    const auto containers = containersOn(store, *network);
    if (!containers)
        return std::unexpected(containers.error());
    QJsonValue ranges = QJsonValue::Null;
    if (!network->subnet.isEmpty()) {
        QJsonObject range{{u"Subnet"_s, network->subnet}};
        if (!network->ipRange.isEmpty())
            range.insert(u"IPRange"_s, network->ipRange);
        range.insert(u"Gateway"_s, network->gateway);
        ranges = QJsonArray{range};
    }
    QJsonObject options = textsOf(network->driverOptions);
    if (network->name == "bridge"_L1)
        options = {{u"com.docker.network.bridge.default_bridge"_s, u"true"_s},
            {u"com.docker.network.bridge.enable_icc"_s, u"true"_s},
            {u"com.docker.network.bridge.enable_ip_masquerade"_s, u"true"_s}, {u"com.docker.network.driver.mtu"_s, u"1500"_s}};
    const bool isPredefined = isPredefinedNetwork(network->name);
    return QJsonObject{{u"Name"_s, network->name}, {u"Id"_s, network->id},
        {u"Created"_s, network->created.toUTC().toString(Qt::ISODateWithMs)}, {u"Scope"_s, u"local"_s},
        {u"Driver"_s, network->driver}, {u"EnableIPv4"_s, true}, {u"EnableIPv6"_s, false},
        {u"IPAM"_s,
            QJsonObject{{u"Driver"_s, u"default"_s},
                {u"Options"_s, isPredefined ? QJsonValue(QJsonValue::Null) : QJsonValue(QJsonObject())}, {u"Config"_s, ranges}}},
        {u"Internal"_s, network->internal}, {u"Attachable"_s, network->attachable}, {u"Ingress"_s, false},
        {u"ConfigFrom"_s, QJsonObject{{u"Network"_s, QString()}}}, {u"ConfigOnly"_s, false}, {u"Containers"_s, *containers},
        {u"Options"_s, options}, {u"Labels"_s, textsOf(network->labels)}};
}

Result<QJsonObject> networkSettingsOf(Store &store, const ContainerInfo &container)
{
    const auto attachments = store.attachmentsOf(container.id);
    if (!attachments)
        return std::unexpected(attachments.error());
    QJsonObject networks, plain; // plain: of the default bridge, as it was before there were others
    for (const NetworkAttachment &attachment : *attachments) {
        auto network = store.findNetwork(attachment.networkId);
        if (!network && network.error().code != ErrorCode::NotFound)
            return std::unexpected(network.error());
        if (!network) { // it is gone, or never was
            network = NetworkInfo();
            network->id = network->name = attachment.networkId;
        }
        const auto endpoint = endpointOf(container, attachment, *network);
        networks.insert(network->name, endpoint);
        if (network->name == "bridge"_L1)
            plain = endpoint;
    }
    QJsonObject settings{{u"Bridge"_s, QString()}, {u"SandboxID"_s, QString()}, {u"SandboxKey"_s, QString()},
        {u"Ports"_s, portsOf(container)}, {u"HairpinMode"_s, false}, {u"LinkLocalIPv6Address"_s, QString()},
        {u"LinkLocalIPv6PrefixLen"_s, 0}, {u"SecondaryIPAddresses"_s, QJsonValue::Null},
        {u"SecondaryIPv6Addresses"_s, QJsonValue::Null}, {u"Networks"_s, networks}};
    for (const auto &key :
        {u"EndpointID"_s, u"Gateway"_s, u"GlobalIPv6Address"_s, u"IPAddress"_s, u"IPv6Gateway"_s, u"MacAddress"_s})
        settings.insert(key, plain.value(key).toString());
    for (const auto &key : {u"GlobalIPv6PrefixLen"_s, u"IPPrefixLen"_s})
        settings.insert(key, plain.value(key).toInt());
    return settings;
}

} // namespace berth
