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
    QString rowType{};       // what Go calls a row, for errors: "*formatter.imageContext"
};

// --format of `ps` and `images`: "" and "table" give the default table, "table TEMPLATE" a table of
// these columns, "json" one object a line, "raw" what rawTemplate says, anything else is a Go template for each row.
Result<QString> formatListing(const QString &format, const ListingLayout &layout, const QList<QJsonObject> &rows);

// What Go calls a template and the value that it is given; see Template::Names.
struct TemplateNames {
    QString name{};
    QString type{};
};

// --format of `inspect`, `version` and `info`: "json" or a template, a line for the one value. Errors are Go's words.
Result<QString> formatValue(const QString &format, const QJsonValue &value, const TemplateNames &names = {});

} // namespace berth
