// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/networkflags.h"

#include "core/networkinfo.h"

#include <algorithm>
#include <format>

#include <arpa/inet.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

using Checked = std::expected<void, RequestProblem>;

std::unexpected<RequestProblem> problem(std::string text) { return std::unexpected(RequestProblem{std::move(text), false}); }

std::unexpected<RequestProblem> valueProblem(
    const FlagValues &flags, std::string_view name, std::string_view value, std::string_view reason)
{
    const auto flag = *std::ranges::find(flags.flags(), name, &Flag::name);
    return std::unexpected(RequestProblem{invalidFlagValue(flag, value, reason).error().detail, true});
}

// "name=front,alias=web,alias=www,ip=10.0.0.9": Docker's long form, told by its first "=".
Result<NetworkRequest> parseLong(const QString &value)
{
    NetworkRequest request;
    for (const QString &field : value.split(u',')) {
        const QString key = field.section(u'=', 0, 0).trimmed().toLower();
        const QString text = field.section(u'=', 1);
        if (!field.contains(u'='))
            return fail(ErrorCode::InvalidArgument, "invalid field " + field.toStdString());
        if (key == "name"_L1)
            request.name = text;
        else if (key == "alias"_L1)
            request.aliases += text;
        else if (key == "ip"_L1)
            request.address = text;
        else if (key == "mac-address"_L1)
            request.macAddress = text;
        else if (key == "ip6"_L1 || key == "link-local-ip"_L1 || key == "driver-opt"_L1 || key == "gw-priority"_L1)
            return fail(ErrorCode::Unsupported, "the field " + key.toStdString() + " of --network is not supported yet");
        else
            return fail(ErrorCode::InvalidArgument, "invalid field key " + key.toStdString());
    }
    if (request.name.isEmpty())
        return fail(ErrorCode::InvalidArgument, "network name/id is not specified");
    return request;
}

// Values of one flag that go to the first network.
QStringList valuesOf(const FlagValues &flags, std::initializer_list<std::string_view> names)
{
    QStringList values;
    for (const auto name : names) {
        for (const auto &value : flags.list(name))
            values += QString::fromStdString(value);
    }
    return values;
}

Checked addToFirst(NetworkRequest &first, const FlagValues &flags)
{
    const auto aliases = valuesOf(flags, {"network-alias", "net-alias"});
    const auto address = QString::fromStdString(flags.text("ip"));
    const auto mac = QString::fromStdString(flags.text("mac-address"));
    if (!aliases.isEmpty() && !first.aliases.isEmpty())
        return problem("conflicting options: cannot specify both --network-alias and per-network alias");
    if (!address.isEmpty() && !first.address.isEmpty())
        return problem("conflicting options: cannot specify both --ip and per-network IPv4 address");
    if (!mac.isEmpty() && !first.macAddress.isEmpty())
        return problem("conflicting options: cannot specify both --mac-address and per-network MAC address");
    first.aliases += aliases;
    if (!address.isEmpty())
        first.address = address;
    if (!mac.isEmpty())
        first.macAddress = mac;
    return {};
}

bool isIpv4(const QString &text) { return parseIpv4(text).has_value(); }

} // namespace

std::expected<NetworkRequest, RequestProblem> parseNetwork(
    const FlagValues &flags, std::string_view name, const std::string &value)
{
    const auto text = QString::fromStdString(value);
    NetworkRequest request;
    if (text.contains(u'=')) {
        const auto parsed = parseLong(text);
        if (!parsed)
            return valueProblem(flags, name, value, parsed.error().detail);
        request = *parsed;
    } else {
        request.name = text;
    }
    if (text.isEmpty())
        return valueProblem(flags, name, value, "network name/id is not specified");
    if (request.name == "container:"_L1)
        return valueProblem(flags, name, value, "invalid container format container:<name|id>");
    return request;
}

std::expected<void, RequestProblem> checkAddress(const FlagValues &flags)
{
    const auto address = flags.text("ip");
    if (flags.isSet("ip") && !isIpv4(QString::fromStdString(address)))
        return valueProblem(flags, "ip", address, std::format("failed to parse IP: \"{}\"", address));
    return {};
}

std::expected<void, RequestProblem> addNetworks(RunOptions &options, const FlagValues &flags)
{
    for (const auto *name : {"network", "net"}) {
        for (const auto &value : flags.list(name)) {
            const auto request = parseNetwork(flags, name, value);
            if (!request)
                return std::unexpected(request.error());
            options.networks += *request;
        }
    }
    options.links = valuesOf(flags, {"link"});
    for (const auto &link : std::as_const(options.links)) {
        if (link.startsWith(u':') || link.count(u':') > 1)
            return valueProblem(flags, "link", link.toStdString(), "bad format for links: " + link.toStdString());
    }
    NetworkRequest first = options.networks.value(0);
    if (const auto added = addToFirst(first, flags); !added)
        return added;
    if (!options.networks.isEmpty())
        options.networks[0] = first;
    else if (first != NetworkRequest())
        options.networks += first;
    for (const NetworkRequest &request : std::as_const(options.networks)) {
        if (!request.macAddress.isEmpty() && !isMac(request.macAddress))
            return problem(request.macAddress.toStdString() + " is not a valid mac address");
        if (!request.aliases.isEmpty() && !isUserDefined(request.name))
            return problem("network-scoped aliases are only supported for user-defined networks");
    }
    options.networkMode = first.name;
    const bool isElsewhere = sharesNamespace(first.name) || first.name == "none"_L1;
    if (!options.links.isEmpty() && isElsewhere)
        return problem("links are only supported for user-defined networks");
    // Nothing but a mode: the shorter way to say it.
    if (options.networks.size() == 1
        && first == NetworkRequest{.name = first.name, .aliases = {}, .address = {}, .macAddress = {}})
        options.networks.clear();
    return {};
}

} // namespace berth
