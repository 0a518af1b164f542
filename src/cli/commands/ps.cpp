// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/containerfilter.h"
#include "cli/engineaccess.h"
#include "cli/filters.h"
#include "cli/report.h"
#include "cli/rows.h"
#include "cli/template.h"
#include "core/humantext.h"
#include "operations/diskusage.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container ls", "container list", "container ps", "ps"};

constexpr Flag flags[] = {
    {"all", 'a', FlagKind::Boolean, "", "Show all containers (default shows just running)"},
    {"filter", 'f', FlagKind::List, "filter", "Filter output based on conditions provided"},
    {"format", 0, FlagKind::Text, "string",
        "Format output using a custom template:\n'table': table with column headers (default)\n"
        "'table TEMPLATE': table of the given columns\n'json': one JSON object a line\n"
        "'TEMPLATE': a Go template"},
    {"last", 'n', FlagKind::Integer, "int", "Show n last created containers (includes all states)", "-1"},
    {"latest", 'l', FlagKind::Boolean, "", "Show the latest created container (includes all states)"},
    {"no-trunc", 0, FlagKind::Boolean, "", "Don't truncate output"},
    {"quiet", 'q', FlagKind::Boolean, "", "Only display container IDs"},
    {"size", 's', FlagKind::Boolean, "", "Display total file sizes"},
};

// "2B (virtual 21.5MB)", by container.
Result<QHash<QString, QString>> sizeColumns(const Store &store, const QList<ContainerInfo> &containers)
{
    QStringList ids;
    for (const auto &container : containers)
        ids += container.id;
    NoProgress progress;
    const auto sizes = writableSizes(store, ids, progress);
    if (!sizes)
        return std::unexpected(sizes.error());
    QHash<QString, QString> columns;
    for (const auto &container : containers) {
        const qint64 written = sizes->value(container.id);
        const auto image = store.findImage(container.imageId.text()); // also one that was removed by force
        const qint64 whole = written + (image ? image->size : 0);
        const auto text = humanSize(written);
        columns.insert(container.id, whole > 0 ? text + " (virtual "_L1 + humanSize(whole) + u')' : text);
    }
    return columns;
}

int limitOf(const FlagValues &given) { return given.boolean("latest") ? 1 : given.integer("last"); }

// Docker tries the template on an empty row first, to see whether it wants the size; so that it says what is wrong
// with it also when there is nothing to list.
Result<> checkFormat(const QString &format)
{
    const auto layout = containerLayout();
    const auto parsed = Template::parse(format, {{}, layout.rowType});
    if (!parsed)
        return fail(ErrorCode::Unsupported, "failed to parse template: " + parsed.error().detail);
    auto row = layout.headers;
    row[Template::labelsKey()] = QJsonObject();
    if (const auto text = parsed->evaluate(row); !text)
        return fail(ErrorCode::Unsupported, "failed to execute template: " + text.error().detail);
    return {};
}

Result<QString> listing(const Invocation &call, const Filters &filters)
{
    const auto &given = call.flags;
    auto format = QString::fromStdString(given.text("format"));
    if (!format.isEmpty() && format != "json"_L1 && format != "raw"_L1 && !given.boolean("size")) {
        if (const auto valid = checkFormat(format); !valid)
            return std::unexpected(valid.error());
    }
    auto store = openStore();
    if (!store)
        return std::unexpected(store.error());
    auto containers = store->containers();
    if (!containers)
        return std::unexpected(containers.error());
    const auto images = store->images();
    if (!images)
        return std::unexpected(images.error());
    const int limit = limitOf(given);
    const bool showsAll = given.boolean("all") || limit > 0 || filters.has(u"status"_s);
    const auto chosen = chooseContainers(*containers, *images, filters, showsAll, limit);
    if (!chosen)
        return std::unexpected(chosen.error());
    const auto now = QDateTime::currentDateTimeUtc();
    const bool truncates = !given.boolean("no-trunc");
    const bool isQuiet = given.boolean("quiet") && format.isEmpty();
    const bool showsSizes = (given.boolean("size") && !isQuiet) || format.contains(".Size"_L1);
    const auto sizes = showsSizes ? sizeColumns(*store, *chosen) : QHash<QString, QString>();
    if (!sizes)
        return std::unexpected(sizes.error());
    QList<QJsonObject> rows;
    for (const auto &container : *chosen) {
        auto row = containerRow(container, imageColumn(container, *images), now, truncates);
        if (sizes->contains(container.id))
            row[u"Size"_s] = sizes->value(container.id);
        rows += row;
    }
    if (isQuiet)
        format = u"{{.ID}}"_s;
    return formatListing(format, containerLayout(given.boolean("size")), rows);
}

int ps(const Invocation &call)
{
    const auto &words = call.flags.list("filter");
    const auto filters = Filters::parse(words);
    if (!filters) {
        return reportUsageError(call, invalidFlagValue(flags[1], words.back(), filters.error().detail).error().detail);
    }
    const auto text = listing(call, *filters);
    if (!text)
        return text.error().detail.starts_with("template ") ? reportPlainError(text.error()) : reportError(text.error());
    printOut(*text);
    return 0;
}

} // namespace

constinit const Command psCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "List containers",
    .example = "berth ps -a --filter status=exited --format '{{.Names}}: {{.Status}}'",
    .flags = flags,
    .arity = {0, 0},
    .run = ps,
};

} // namespace berth
