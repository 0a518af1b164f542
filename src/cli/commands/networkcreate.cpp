// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/networkoperations.h"

#include <format>

namespace berth {
namespace {

constexpr std::string_view paths[] = {"network create"};

constexpr Flag flags[] = {
    {"attachable", 0, FlagKind::Boolean, "", "Enable manual container attachment"},
    {"aux-address", 0, FlagKind::List, "map", "", "", FlagUse::Later},
    {"config-from", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"config-only", 0, FlagKind::Boolean, "", "", "", FlagUse::Later},
    {"driver", 'd', FlagKind::Text, "string", "Driver to manage the Network", "bridge"},
    {"gateway", 0, FlagKind::List, "strings", "IPv4 Gateway for the master subnet"},
    {"ingress", 0, FlagKind::Boolean, "", "", "", FlagUse::Later},
    {"internal", 0, FlagKind::Boolean, "", "Restrict external access to the network"},
    {"ip-range", 0, FlagKind::List, "strings", "Allocate container ip from a sub-range"},
    {"ipam-driver", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"ipam-opt", 0, FlagKind::List, "map", "", "", FlagUse::Later},
    {"ipv4", 0, FlagKind::Boolean, "", "Enable or disable IPv4 address assignment", "true", FlagUse::Hidden},
    {"ipv6", 0, FlagKind::Boolean, "", "", "", FlagUse::Later},
    {"label", 0, FlagKind::List, "list", "Set metadata on a network"},
    {"opt", 'o', FlagKind::List, "map", "Set driver specific options"},
    {"scope", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"subnet", 0, FlagKind::List, "strings", "Subnet in CIDR format that represents a network segment"},
};

QMap<QString, QString> pairsOf(const std::vector<std::string> &words)
{
    QMap<QString, QString> pairs;
    for (const auto &word : words) {
        const auto text = QString::fromStdString(word);
        pairs.insert(text.section(u'=', 0, 0), text.section(u'=', 1));
    }
    return pairs;
}

// What one network of Docker's may have several of, ours has one.
Result<QString> onlyOne(const FlagValues &given, std::string_view name)
{
    const auto &values = given.list(name);
    if (values.size() > 1)
        return fail(ErrorCode::Unsupported, std::format("a network has one --{}", name));
    return values.empty() ? QString() : QString::fromStdString(values.front());
}

Result<> addAddresses(NetworkInfo &network, const FlagValues &given)
{
    const std::pair<std::string_view, QString *> places[] = {
        {"subnet", &network.subnet}, {"gateway", &network.gateway}, {"ip-range", &network.ipRange}};
    for (const auto &[name, place] : places) {
        const auto value = onlyOne(given, name);
        if (!value)
            return std::unexpected(value.error());
        *place = *value;
    }
    if (network.subnet.isEmpty() && (!network.gateway.isEmpty() || !network.ipRange.isEmpty()))
        return fail(ErrorCode::Unsupported, "every ip-range or gateway must have a corresponding subnet");
    const auto subnet = Subnet::parse(network.subnet, true);
    const auto gateway = parseIpv4(network.gateway);
    const auto range = Subnet::parse(network.ipRange, true);
    if (subnet && range && !subnet->contains(*range))
        return fail(ErrorCode::Unsupported, "no matching subnet for range " + network.ipRange.toStdString());
    if (subnet && gateway && !subnet->contains(*gateway))
        return fail(ErrorCode::Unsupported, "no matching subnet for gateway " + network.gateway.toStdString());
    return {};
}

int create(const Invocation &call)
{
    NetworkInfo network;
    network.name = QString::fromStdString(call.arguments[0]);
    network.driver = QString::fromStdString(call.flags.text("driver"));
    network.internal = call.flags.boolean("internal");
    network.attachable = call.flags.boolean("attachable");
    network.labels = pairsOf(call.flags.list("label"));
    network.driverOptions = pairsOf(call.flags.list("opt"));
    if (const auto added = addAddresses(network, call.flags); !added)
        return reportPlainError(added.error());
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto created = createNetwork(*store, network);
    if (!created)
        return reportError(created.error());
    printOut(created->id + u'\n');
    return 0;
}

} // namespace

constinit const Command networkCreateCommand{
    .paths = paths,
    .usage = "[OPTIONS] NETWORK",
    .summary = "Create a network",
    .example = "berth network create --subnet 10.5.0.0/24 front",
    .flags = flags,
    .arity = {1, 1},
    .run = create,
};

} // namespace berth
