// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/jsontext.h"
#include "cli/report.h"
#include "cli/rows.h"
#include "core/humantext.h"
#include "operations/diskusage.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"system df"};

constexpr Flag flags[] = {
    {"format", 0, FlagKind::Text, "string",
        "Format output using a custom template:\n'table': table with column headers (default)\n"
        "'table TEMPLATE': table of the given columns\n'json': one JSON object a line\n'TEMPLATE': a Go template"},
    {"verbose", 'v', FlagKind::Boolean, "", "Show detailed information on space usage"},
};

constexpr int totalPrecision = 4; // digits of a sum; single sizes have three

// One kind of object: how many, how many in use, and the bytes of all and of what nobody uses.
struct Sum {
    QString type;
    qsizetype count = 0;
    int active = 0;
    qint64 size = 0;
    qint64 reclaimable = 0;
};

QJsonObject sumRow(const Sum &sum)
{
    auto reclaimable = humanSize(sum.reclaimable, totalPrecision);
    if (sum.size > 0)
        reclaimable += u" (%1%)"_s.arg(sum.reclaimable * 100 / sum.size);
    return {{u"Type"_s, sum.type}, {u"TotalCount"_s, QString::number(sum.count)}, {u"Active"_s, QString::number(sum.active)},
        {u"Size"_s, humanSize(sum.size, totalPrecision)}, {u"Reclaimable"_s, reclaimable}};
}

QList<QJsonObject> sumRows(const DiskUsage &usage)
{
    Sum images{.type = u"Images"_s, .count = usage.images.size(), .size = usage.layersSize, .reclaimable = usage.layersSize};
    for (const auto &image : usage.images) {
        if (image.info.containers == 0)
            continue;
        ++images.active;
        images.reclaimable -= image.info.size - image.sharedSize;
    }
    Sum containers{.type = u"Containers"_s, .count = usage.containers.size()};
    for (const auto &container : usage.containers) {
        const bool isActive = isUp(container.info.state);
        containers.active += isActive ? 1 : 0;
        containers.size += container.writableSize;
        containers.reclaimable += isActive ? 0 : container.writableSize;
    }
    Sum volumes{.type = u"Local Volumes"_s, .count = usage.volumes.size()};
    for (const auto &volume : usage.volumes) {
        const bool isActive = volume.info.containers > 0;
        volumes.active += isActive ? 1 : 0;
        volumes.size += volume.size;
        volumes.reclaimable += isActive ? 0 : volume.size;
    }
    return {sumRow(images), sumRow(containers), sumRow(volumes), sumRow({.type = u"Build Cache"_s})};
}

ListingLayout sumLayout()
{
    return {u"{{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}"_s,
        {{u"Type"_s, u"TYPE"_s}, {u"TotalCount"_s, u"TOTAL"_s}, {u"Active"_s, u"ACTIVE"_s}, {u"Size"_s, u"SIZE"_s},
            {u"Reclaimable"_s, u"RECLAIMABLE"_s}},
        u"type: {{.Type}}\ntotal: {{.TotalCount}}\nactive: {{.Active}}\nsize: {{.Size}}\nreclaimable: {{.Reclaimable}}\n"_s,
        u"*formatter.diskUsageImagesContext"_s};
}

// The rows of the detailed listing, by its sections.
struct Details {
    QList<QJsonObject> images, containers, volumes;
};

Details detailsOf(const DiskUsage &usage, bool truncates)
{
    const auto now = QDateTime::currentDateTimeUtc();
    Details details;
    QList<ImageInfo> images;
    for (const auto &image : usage.images) {
        images += image.info;
        auto row = imageRows(image.info, now, truncates).first(); // its first name
        row[u"Digest"_s] = QString();
        row[u"SharedSize"_s] = humanSize(image.sharedSize, totalPrecision);
        row[u"UniqueSize"_s] = humanSize(image.info.size - image.sharedSize, totalPrecision);
        row[u"VirtualSize"_s] = humanSize(image.info.size, totalPrecision);
        row[u"Containers"_s] = QString::number(image.info.containers);
        details.images += row;
    }
    for (const auto &container : usage.containers) {
        auto row = containerRow(container.info, imageColumn(container.info, images), now, truncates);
        row[u"Size"_s] = humanSize(container.writableSize);
        details.containers += row;
    }
    for (const auto &volume : usage.volumes)
        details.volumes += volumeRow(volume.info, volume.size);
    return details;
}

Result<QString> detailTables(const Details &details)
{
    const auto section = [](const QString &columns, const ListingLayout &layout, const QList<QJsonObject> &rows) {
        return formatListing("table "_L1 + columns, layout, rows);
    };
    const auto images = section(u"{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t"
                                "{{.UniqueSize}}\t{{.Containers}}"_s,
        imageLayout(false), details.images);
    const auto containers = section(u"{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t"
                                    "{{.Status}}\t{{.Names}}"_s,
        containerLayout(), details.containers);
    const auto volumes = section(u"{{.Name}}\t{{.Links}}\t{{.Size}}"_s, volumeLayout(), details.volumes);
    for (const auto *table : {&images, &containers, &volumes}) {
        if (!*table)
            return *table;
    }
    return "Images space usage:\n\n"_L1 + *images + "\nContainers space usage:\n\n"_L1 + *containers
        + "\nLocal Volumes space usage:\n\n"_L1 + *volumes
        + "\nBuild cache usage: 0B\n\nCACHE ID   CACHE TYPE   SIZE      CREATED   LAST USED   USAGE     SHARED\n"_L1;
}

// A template gets everything at once.
Result<QString> formatDetails(const QString &format, const Details &details)
{
    const auto array = [](const QList<QJsonObject> &rows) {
        QJsonArray values;
        for (const auto &row : rows)
            values += row;
        return values;
    };
    const QJsonObject all{{u"Images"_s, array(details.images)}, {u"Containers"_s, array(details.containers)},
        {u"Volumes"_s, array(details.volumes)}, {u"BuildCache"_s, QJsonArray()}};
    if (format == "json"_L1)
        return jsonText(all, {.escapesHtml = true}) + u'\n';
    auto text = formatValue(format, all);
    if (text)
        text->chop(1); // as Docker, which ends no line here
    return text;
}

int diskFree(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    NoProgress progress;
    const auto usage = diskUsage(*store, progress);
    if (!usage)
        return reportError(usage.error());
    const auto format = QString::fromStdString(call.flags.text("format"));
    const bool isTable = format.isEmpty() || format == "table"_L1;
    Result<QString> text;
    if (!call.flags.boolean("verbose"))
        text = formatListing(format, sumLayout(), sumRows(*usage));
    else if (const auto details = detailsOf(*usage, isTable); isTable)
        text = detailTables(details);
    else
        text = formatDetails(format, details);
    if (!text)
        return reportPlainError(text.error());
    printOut(*text);
    return 0;
}

} // namespace

constinit const Command systemDfCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Show Berth disk usage",
    .example = "berth system df -v",
    .flags = flags,
    .arity = {0, 0},
    .run = diskFree,
};

} // namespace berth
