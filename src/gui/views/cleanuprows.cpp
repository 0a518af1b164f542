// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/cleanuprows.h"

#include "core/digest.h"

#include <algorithm>

namespace berth {

namespace {

using Kind = CleanUpItem::Kind;

QString shortId(const QString &digest)
{
    const auto parsed = Digest::parse(digest);
    return parsed ? parsed->shortHex() : digest;
}

CleanUpRow rowOf(const CleanUpItem &item, qsizetype place, const QSet<QString> &anonymousVolumes)
{
    CleanUpRow row;
    row.places = {place};
    row.id = item.id;
    row.names = {item.name};
    row.size = item.size;
    row.created = item.created;
    if (item.kind == Kind::Volume)
        row.group = anonymousVolumes.contains(item.id) ? CleanUpGroup::AnonymousVolumes : CleanUpGroup::NamedVolumes;
    return row;
}

void addImagePart(QList<CleanUpRow> &rows, QHash<QString, qsizetype> &images, const CleanUpItem &item, qsizetype place)
{
    if (!images.contains(item.id)) {
        images.insert(item.id, rows.size());
        CleanUpRow row;
        row.id = item.id;
        row.group = CleanUpGroup::DanglingImages;
        rows.append(row);
    }
    CleanUpRow &row = rows[images.value(item.id)];
    row.places.append(place);
    if (item.kind == Kind::ImageName) {
        row.group = CleanUpGroup::UnusedImages;
        row.names.append(item.name);
    } else {
        row.size = item.size;
        row.created = item.created;
    }
}

} // namespace

QList<CleanUpRow> cleanUpRows(const CleanUpPlan &plan, const QSet<QString> &anonymousVolumes)
{
    QList<CleanUpRow> rows;
    QHash<QString, qsizetype> images; // id → row
    for (qsizetype place = 0; place < plan.items.size(); ++place) {
        const CleanUpItem &item = plan.items.at(place);
        if (item.kind == Kind::Image || item.kind == Kind::ImageName)
            addImagePart(rows, images, item, place);
        else
            rows.append(rowOf(item, place, anonymousVolumes));
    }
    for (CleanUpRow &row : rows) {
        if (row.names.isEmpty())
            row.names = {shortId(row.id)};
    }
    std::ranges::stable_sort(rows, [](const CleanUpRow &left, const CleanUpRow &right) {
        return std::pair(left.group, -left.size) < std::pair(right.group, -right.size);
    });
    return rows;
}

} // namespace berth
