// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace berth {

// What a listing prints without --format, and the words of its header by field name.
struct ListingLayout {
    QString defaultTemplate; // "{{.ID}}\t{{.Image}}"
    QJsonObject headers;     // {"ID": "CONTAINER ID"}
    QString rawTemplate{};   // what --format raw means
};

// --format of `ps` and `images`: "" and "table" give the default table, "table TEMPLATE" a table of
// these columns, "json" one object a line, "raw" what rawTemplate says, anything else is a Go template for each row.
Result<QString> formatListing(const QString &format, const ListingLayout &layout, const QList<QJsonObject> &rows);

// --format of `inspect`, `version` and `info`: "json" or a template, a line for the one value.
Result<QString> formatValue(const QString &format, const QJsonValue &value);

} // namespace berth
