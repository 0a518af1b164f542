// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/historyrows.h"
#include "cli/report.h"
#include "operations/imageoperations.h"

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"image history", "history"};

constexpr Flag flags[] = {
    {"format", 0, FlagKind::Text, "string",
        "Format output using a custom template:\n'table': table with column headers (default)\n"
        "'table TEMPLATE': table of the given columns\n'json': one JSON object a line\n"
        "'TEMPLATE': a Go template"},
    {"human", 'H', FlagKind::Boolean, "", "Print sizes and dates in human readable format", "true"},
    {"no-trunc", 0, FlagKind::Boolean, "", "Don't truncate output"},
    {"platform", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"quiet", 'q', FlagKind::Boolean, "", "Only show image IDs"},
};

Result<QString> listing(const Invocation &call)
{
    const auto &given = call.flags;
    auto store = openStore();
    if (!store)
        return std::unexpected(store.error());
    const auto entries = imageHistory(*store, QString::fromStdString(call.arguments[0]));
    if (!entries)
        return std::unexpected(entries.error());
    const HistoryStyle style{.isHuman = given.boolean("human"), .truncates = !given.boolean("no-trunc")};
    const auto now = QDateTime::currentDateTimeUtc();
    QList<QJsonObject> rows;
    for (const auto &entry : *entries) {
        const auto id = entry.image.isNull() ? QString() : entry.image.text();
        rows += historyRow({id, entry.created, entry.createdBy, entry.comment, entry.size}, now, style);
    }
    auto format = QString::fromStdString(given.text("format"));
    if (given.boolean("quiet") && (format.isEmpty() || format == "table"_L1))
        format = u"{{.ID}}"_s;
    return formatListing(format, historyLayout(style.isHuman), rows);
}

int history(const Invocation &call)
{
    const auto text = listing(call);
    if (!text)
        return text.error().detail.starts_with("template ") ? reportPlainError(text.error()) : reportError(text.error());
    printOut(*text);
    return 0;
}

} // namespace

constinit const Command historyCommand{
    .paths = paths,
    .usage = "[OPTIONS] IMAGE",
    .summary = "Show the history of an image",
    .example = "berth history --no-trunc redis",
    .flags = flags,
    .arity = {1, 1},
    .run = history,
};

} // namespace berth
