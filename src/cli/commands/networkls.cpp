// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/filters.h"
#include "cli/naturalorder.h"
#include "cli/report.h"
#include "cli/rows.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"network ls", "network list"};

constexpr Flag flags[] = {
    {"filter", 'f', FlagKind::List, "filter", "Provide filter values (e.g. \"driver=bridge\")"},
    {"format", 0, FlagKind::Text, "string",
        "Format output using a custom template:\n'table': table with column headers (default)\n"
        "'table TEMPLATE': table of the given columns\n'json': one JSON object a line\n"
        "'TEMPLATE': a Go template"},
    {"no-trunc", 0, FlagKind::Boolean, "", "Do not truncate the output"},
    {"quiet", 'q', FlagKind::Boolean, "", "Only display network IDs"},
};

bool isOneOf(const QString &value, std::initializer_list<QLatin1StringView> words)
{
    return std::ranges::any_of(words, [&value](QLatin1StringView word) { return value == word; });
}

Result<> checkValues(const Filters &filters)
{
    for (const auto &value : filters.values(u"dangling"_s)) {
        if (!isOneOf(value, {"true"_L1, "false"_L1, "1"_L1, "0"_L1}))
            return fail(ErrorCode::InvalidArgument, "invalid filter 'dangling=[" + value.toStdString() + "]'");
    }
    for (const auto &value : filters.values(u"type"_s)) {
        if (!isOneOf(value, {"builtin"_L1, "custom"_L1}))
            return fail(ErrorCode::InvalidArgument, "invalid filter: 'type'='" + value.toStdString() + "'");
    }
    return {};
}

// A name is found by any part of it, and by a regular expression.
bool nameMatches(const QString &name, const QString &pattern)
{
    return name.contains(pattern) || QRegularExpression(pattern).match(name).hasMatch();
}

Result<QStringList> usedNetworks(const Store &store)
{
    const auto attachments = store.attachments();
    if (!attachments)
        return std::unexpected(attachments.error());
    QStringList ids;
    for (const auto &attachment : *attachments)
        ids += attachment.networkId;
    return ids;
}

Result<QList<NetworkInfo>> chosenNetworks(const Filters &filters)
{
    const auto known = filters.allowOnly({u"dangling"_s, u"driver"_s, u"id"_s, u"label"_s, u"name"_s, u"scope"_s, u"type"_s});
    if (!known)
        return std::unexpected(known.error());
    if (const auto checked = checkValues(filters); !checked)
        return std::unexpected(checked.error());
    const auto store = openStore();
    if (!store)
        return std::unexpected(store.error());
    auto networks = store->networks();
    const auto used = usedNetworks(*store);
    if (!networks || !used)
        return std::unexpected(networks ? used.error() : networks.error());
    networks->removeIf([&](const NetworkInfo &network) {
        const bool isBuiltIn = isPredefinedNetwork(network.name);
        const bool isDangling = !isBuiltIn && !used->contains(network.id);
        return !filters.labelsMatch(network.labels)
            || !filters.anyOf(u"dangling"_s, [&](const QString &v) { return isOneOf(v, {"true"_L1, "1"_L1}) == isDangling; })
            || !filters.anyOf(u"driver"_s, [&](const QString &v) { return v == network.driver; })
            || !filters.anyOf(u"id"_s, [&](const QString &v) { return network.id.startsWith(v); })
            || !filters.anyOf(u"name"_s, [&](const QString &v) { return nameMatches(network.name, v); })
            || !filters.anyOf(u"scope"_s, [](const QString &v) { return v == "local"_L1; })
            || !filters.anyOf(u"type"_s, [&](const QString &v) { return (v == "builtin"_L1) == isBuiltIn; });
    });
    std::ranges::sort(*networks, [](const auto &a, const auto &b) { return naturalLess(a.name, b.name); });
    return networks;
}

int list(const Invocation &call)
{
    const auto &words = call.flags.list("filter");
    const auto filters = Filters::parse(words);
    if (!filters)
        return reportUsageError(call, invalidFlagValue(flags[0], words.back(), filters.error().detail).error().detail);
    const auto networks = chosenNetworks(*filters);
    if (!networks)
        return reportError(networks.error());
    QList<QJsonObject> rows;
    for (const auto &network : *networks)
        rows += networkRow(network, !call.flags.boolean("no-trunc"));
    auto format = QString::fromStdString(call.flags.text("format"));
    if (call.flags.boolean("quiet") && format.isEmpty())
        format = u"{{.ID}}"_s;
    const auto text = formatListing(format, networkLayout(), rows);
    if (!text)
        return reportPlainError(text.error());
    printOut(*text);
    return 0;
}

} // namespace

constinit const Command networkLsCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "List networks",
    .example = "berth network ls --filter type=custom",
    .flags = flags,
    .arity = {0, 0},
    .run = list,
};

} // namespace berth
