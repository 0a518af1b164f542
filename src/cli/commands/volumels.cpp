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

constexpr std::string_view paths[] = {"volume ls", "volume list"};

constexpr Flag flags[] = {
    {"cluster", 0, FlagKind::Boolean, "", "", "", FlagUse::Later},
    {"filter", 'f', FlagKind::List, "filter", "Provide filter values (e.g. \"dangling=true\")"},
    {"format", 0, FlagKind::Text, "string",
        "Format output using a custom template:\n'table': table with column headers (default)\n"
        "'table TEMPLATE': table of the given columns\n'json': one JSON object a line\n"
        "'TEMPLATE': a Go template"},
    {"quiet", 'q', FlagKind::Boolean, "", "Only display volume names"},
};

Result<> checkDangling(const Filters &filters)
{
    static const QStringList words{u"true"_s, u"false"_s, u"1"_s, u"0"_s};
    for (const auto &value : filters.values(u"dangling"_s)) {
        if (!words.contains(value))
            return fail(ErrorCode::InvalidArgument, "invalid filter 'dangling=[" + value.toStdString() + "]'");
    }
    return {};
}

// A name is found by any part of it, and by a regular expression.
bool nameMatches(const QString &name, const QString &pattern)
{
    return name.contains(pattern) || QRegularExpression(pattern).match(name).hasMatch();
}

Result<QList<VolumeInfo>> chosenVolumes(const Filters &filters)
{
    const auto known = filters.allowOnly({u"dangling"_s, u"driver"_s, u"label"_s, u"name"_s});
    if (!known)
        return std::unexpected(known.error());
    if (const auto checked = checkDangling(filters); !checked)
        return std::unexpected(checked.error());
    const auto store = openStore();
    if (!store)
        return std::unexpected(store.error());
    auto volumes = store->volumes();
    if (!volumes)
        return volumes;
    volumes->removeIf([&filters](const VolumeInfo &volume) {
        const auto isAsked = [&volume](const QString &v) { return (v == "true"_L1 || v == "1"_L1) == (volume.containers == 0); };
        return !filters.labelsMatch(volume.labels) || !filters.anyOf(u"dangling"_s, isAsked)
            || !filters.anyOf(u"driver"_s, [](const QString &v) { return v == "local"_L1; })
            || !filters.anyOf(u"name"_s, [&volume](const QString &v) { return nameMatches(volume.name, v); });
    });
    std::ranges::sort(*volumes, [](const auto &a, const auto &b) { return naturalLess(a.name, b.name); });
    return volumes;
}

int list(const Invocation &call)
{
    const auto &words = call.flags.list("filter");
    const auto filters = Filters::parse(words);
    if (!filters)
        return reportUsageError(call, invalidFlagValue(flags[1], words.back(), filters.error().detail).error().detail);
    const auto volumes = chosenVolumes(*filters);
    if (!volumes)
        return reportError(volumes.error());
    QList<QJsonObject> rows;
    for (const auto &volume : *volumes)
        rows += volumeRow(volume);
    auto format = QString::fromStdString(call.flags.text("format"));
    if (call.flags.boolean("quiet") && format.isEmpty())
        format = u"{{.Name}}"_s;
    const auto text = formatListing(format, volumeLayout(), rows);
    if (!text)
        return reportPlainError(text.error());
    printOut(*text);
    return 0;
}

} // namespace

constinit const Command volumeLsCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "List volumes",
    .example = "berth volume ls -q --filter dangling=true",
    .flags = flags,
    .arity = {0, 0},
    .run = list,
};

} // namespace berth
