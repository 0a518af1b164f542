// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/containerfilter.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "cli/rows.h"

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"image ls", "image list", "images"};

constexpr Flag flags[] = {
    {"all", 'a', FlagKind::Boolean, "", "Show all images (default hides intermediate images)"},
    {"digests", 0, FlagKind::Boolean, "", "Show digests"},
    {"filter", 'f', FlagKind::List, "filter", "Filter output based on conditions provided"},
    {"format", 0, FlagKind::Text, "string",
        "Format output using a custom template:\n'table': table with column headers (default)\n"
        "'table TEMPLATE': table of the given columns\n'json': one JSON object a line\n"
        "'TEMPLATE': a Go template"},
    {"no-trunc", 0, FlagKind::Boolean, "", "Don't truncate output"},
    {"quiet", 'q', FlagKind::Boolean, "", "Only show image IDs"},
    {"tree", 0, FlagKind::Boolean, "", "", "", FlagUse::Later},
};

Result<QString> listing(const Invocation &call, const Filters &filters)
{
    const auto &given = call.flags;
    auto store = openStore();
    if (!store)
        return std::unexpected(store.error());
    const auto images = store->images();
    if (!images)
        return std::unexpected(images.error());
    const auto now = QDateTime::currentDateTimeUtc();
    const auto pattern = call.arguments.empty() ? QString() : QString::fromStdString(call.arguments[0]);
    const auto chosen = chooseImages(*images, filters, pattern, now);
    if (!chosen)
        return std::unexpected(chosen.error());
    QList<QJsonObject> rows;
    for (const auto &image : *chosen)
        rows += imageRows(image, now, !given.boolean("no-trunc"));
    auto format = QString::fromStdString(given.text("format"));
    if (given.boolean("quiet") && format.isEmpty())
        format = u"{{.ID}}"_s;
    return formatListing(format, imageLayout(given.boolean("digests")), rows);
}

int images(const Invocation &call)
{
    const auto &words = call.flags.list("filter");
    const auto filters = Filters::parse(words);
    if (!filters) {
        return reportUsageError(call, invalidFlagValue(flags[2], words.back(), filters.error().detail).error().detail);
    }
    const auto text = listing(call, *filters);
    if (!text)
        return text.error().detail.starts_with("template ") ? reportPlainError(text.error()) : reportError(text.error());
    printOut(*text);
    return 0;
}

} // namespace

constinit const Command imagesCommand{
    .paths = paths,
    .usage = "[OPTIONS] [REPOSITORY[:TAG]]",
    .summary = "List images",
    .example = "berth images --filter dangling=true -q",
    .flags = flags,
    .arity = {0, 1},
    .run = images,
};

} // namespace berth
