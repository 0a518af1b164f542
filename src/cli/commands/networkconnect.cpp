// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/networkflags.h"
#include "cli/report.h"
#include "operations/networkoperations.h"

namespace berth {
namespace {

constexpr std::string_view connectPaths[] = {"network connect"};
constexpr std::string_view disconnectPaths[] = {"network disconnect"};

constexpr Flag connectFlags[] = {
    {"alias", 0, FlagKind::List, "strings", "Add network-scoped alias for the container"},
    {"driver-opt", 0, FlagKind::List, "strings", "", "", FlagUse::Later},
    {"gw-priority", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"ip", 0, FlagKind::Text, "ip", "IPv4 address (e.g., \"172.30.100.104\")"},
    {"ip6", 0, FlagKind::Text, "ip", "", "", FlagUse::Later},
    {"link", 0, FlagKind::List, "list", "Add link to another container"},
    {"link-local-ip", 0, FlagKind::List, "strings", "", "", FlagUse::Later},
};
constexpr Flag disconnectFlags[] = {
    {"force", 'f', FlagKind::Boolean, "", "Force the container to disconnect from a network"},
};

QStringList listOf(const FlagValues &given, std::string_view name)
{
    QStringList list;
    for (const auto &value : given.list(name))
        list += QString::fromStdString(value);
    return list;
}

int connect(const Invocation &call)
{
    if (const auto checked = checkAddress(call.flags); !checked)
        return reportUsageError(call, checked.error().text);
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const NetworkRequest request{.name = {},
        .aliases = listOf(call.flags, "alias"),
        .address = QString::fromStdString(call.flags.text("ip")),
        .macAddress = {}};
    const auto connected = connectContainer(*store, QString::fromStdString(call.arguments[0]),
        QString::fromStdString(call.arguments[1]), request, listOf(call.flags, "link"));
    return connected ? 0 : reportError(connected.error());
}

int disconnect(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto gone = disconnectContainer(*store, QString::fromStdString(call.arguments[0]),
        QString::fromStdString(call.arguments[1]), call.flags.boolean("force"));
    return gone ? 0 : reportError(gone.error());
}

} // namespace

constinit const Command networkConnectCommand{
    .paths = connectPaths,
    .usage = "[OPTIONS] NETWORK CONTAINER",
    .summary = "Connect a container to a network",
    .example = "berth network connect --alias db front postgres",
    .flags = connectFlags,
    .arity = {2, 2},
    .run = connect,
};

constinit const Command networkDisconnectCommand{
    .paths = disconnectPaths,
    .usage = "[OPTIONS] NETWORK CONTAINER",
    .summary = "Disconnect a container from a network",
    .example = "berth network disconnect front postgres",
    .flags = disconnectFlags,
    .arity = {2, 2},
    .run = disconnect,
};

} // namespace berth
