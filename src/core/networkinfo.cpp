// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networkinfo.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

std::unexpected<Error> invalidConfig(const QString &reason)
{
    return fail(ErrorCode::InvalidArgument, "invalid network config:\n" + reason.toStdString());
}

constexpr auto containerPrefix = "container:"_L1;

} // namespace

QString NetworkAttachment::macAddress() const
{
    if (!fixedMac.isEmpty())
        return fixedMac.toLower();
    const auto number = parseIpv4(address);
    return number ? macOf(*number) : QString();
}

bool isPredefinedNetwork(const QString &name) { return name == "bridge"_L1 || name == "host"_L1 || name == "none"_L1; }

bool isUserDefined(const QString &networkName)
{
    return !isPredefinedNetwork(networkName) && networkName != "default"_L1 && !networkName.isEmpty()
        && !networkName.startsWith(containerPrefix);
}

Result<> checkNetworkName(const QString &name)
{
    static const QRegularExpression form(u"^[a-zA-Z0-9][a-zA-Z0-9_.-]*$"_s);
    if (name.trimmed().isEmpty())
        return fail(ErrorCode::InvalidArgument, "invalid name: name is empty");
    if (!form.match(name).hasMatch() || name.contains(u'\n'))
        return fail(ErrorCode::InvalidArgument,
            "invalid network name: \"" + name.toStdString() + "\", only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    if (name == "default"_L1 || isPredefinedNetwork(name))
        return fail(ErrorCode::InvalidArgument, "operation is not permitted on predefined " + name.toStdString() + " network");
    return {};
}

Result<> checkAddresses(const NetworkInfo &network)
{
    if (network.subnet.isEmpty())
        return {};
    const auto loose = Subnet::parse(network.subnet, true);
    if (!loose)
        return invalidConfig(u"invalid subnet %1: invalid CIDR block notation"_s.arg(network.subnet));
    const auto subnet = Subnet::parse(network.subnet);
    if (!subnet)
        return invalidConfig(u"invalid subnet %1: it should be %2"_s.arg(network.subnet, loose->text()));
    // Two hosts and the gateway, less than which no container fits.
    if (subnet->prefix > 30 || subnet->prefix < 8)
        return invalidConfig(u"invalid subnet %1: a network has between /8 and /30"_s.arg(network.subnet));
    if (!network.ipRange.isEmpty()) {
        const auto range = Subnet::parse(network.ipRange, true);
        if (!range)
            return invalidConfig(u"invalid ip-range %1: invalid CIDR block notation"_s.arg(network.ipRange));
        if (!Subnet::parse(network.ipRange))
            return invalidConfig(u"invalid ip-range %1: it should be %2"_s.arg(network.ipRange, range->text()));
        if (!subnet->contains(*range))
            return invalidConfig(
                u"invalid ip-range %1: parent subnet %2 doesn't contain ip-range"_s.arg(network.ipRange, network.subnet));
    }
    if (!network.gateway.isEmpty()) {
        const auto gateway = parseIpv4(network.gateway);
        if (!gateway)
            return invalidConfig(u"invalid gateway %1: invalid address"_s.arg(network.gateway));
        if (!subnet->contains(*gateway) || *gateway == subnet->base || *gateway == subnet->last())
            return invalidConfig(
                u"invalid gateway %1: parent subnet %2 doesn't contain this address"_s.arg(network.gateway, network.subnet));
    }
    return {};
}

Result<> checkAliases(const QStringList &aliases, const QStringList &links)
{
    const auto isName = [](const QString &text) {
        return !text.isEmpty() && std::ranges::none_of(text, [](QChar c) { return c <= u' ' || c == u'\x7f' || c == u'#'; });
    };
    for (const QString &alias : aliases) {
        if (!isName(alias))
            return fail(ErrorCode::InvalidArgument, "invalid network alias: \"" + alias.toStdString() + '"');
    }
    for (const QString &link : links) {
        const bool isGood = isName(link.section(u':', 0, 0)) && (!link.contains(u':') || isName(link.section(u':', 1)));
        if (!isGood)
            return fail(ErrorCode::InvalidArgument, "bad format for links: " + link.toStdString());
    }
    return {};
}

bool sharesNamespace(const QString &networkMode) { return networkMode == "host"_L1 || networkMode.startsWith(containerPrefix); }

std::optional<QString> containerOfMode(const QString &networkMode)
{
    if (!networkMode.startsWith(containerPrefix))
        return std::nullopt;
    return networkMode.sliced(containerPrefix.size());
}

} // namespace berth
