// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/containerfilter.h"
#include "cli/engineaccess.h"
#include "cli/filters.h"
#include "cli/report.h"
#include "cli/rows.h"

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
    {"size", 's', FlagKind::Boolean, "", "", "", FlagUse::Later},
};

// The name the person typed, unless it means another image by now: then the image's short id.
QString imageColumn(const ContainerInfo &container, const QList<ImageInfo> &images)
{
    const auto image = std::ranges::find(images, container.imageId, &ImageInfo::id);
    const auto reference = ImageReference::parse(container.imageName);
    if (image == images.end() || !reference || image->names.contains(reference->canonicalName()))
        return container.imageName;
    return container.imageName.startsWith(container.imageId.shortHex()) ? container.imageName : container.imageId.shortHex();
}

int limitOf(const FlagValues &given) { return given.boolean("latest") ? 1 : given.integer("last"); }

Result<QString> listing(const Invocation &call, const Filters &filters)
{
    const auto &given = call.flags;
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
    QList<QJsonObject> rows;
    for (const auto &container : *chosen)
        rows += containerRow(container, imageColumn(container, *images), now, truncates);
    auto format = QString::fromStdString(given.text("format"));
    if (given.boolean("quiet") && format.isEmpty())
        format = u"{{.ID}}"_s;
    return formatListing(format, containerLayout(), rows);
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
