// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/listing.h"

#include "cli/jsontext.h"
#include "cli/table.h"
#include "cli/template.h"

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// Shells pass \t and \n of a quoted format as two characters.
QString withEscapes(QString format) { return format.replace("\\t"_L1, "\t"_L1).replace("\\n"_L1, "\n"_L1); }

QString jsonLines(const QList<QJsonObject> &rows)
{
    QString text;
    for (const auto &row : rows)
        text += jsonText(row, {.escapesHtml = true}) + u'\n';
    return text;
}

std::unexpected<Error> asListingError(const Error &error) { return fail(error.code, "template parsing error: " + error.detail); }

} // namespace

Result<QString> formatListing(const QString &format, const ListingLayout &layout, const QList<QJsonObject> &rows)
{
    if (format == "json"_L1)
        return jsonLines(rows);
    const bool isTable = format.isEmpty() || format == "table"_L1 || format.startsWith("table "_L1);
    auto source = isTable ? format.mid(6).trimmed() : format;
    source = source.isEmpty() ? layout.defaultTemplate : withEscapes(source);
    if (format == "raw"_L1 && !layout.rawTemplate.isEmpty())
        source = layout.rawTemplate;
    const auto parsed = Template::parse(source, {{}, layout.rowType});
    if (!parsed)
        return asListingError(parsed.error());
    QString text;
    if (isTable) {
        const auto header = parsed->evaluateHeader(layout.headers);
        if (!header)
            return asListingError(header.error());
        text = *header + u'\n';
    }
    for (const auto &row : rows) {
        const auto line = parsed->evaluate(row);
        if (!line)
            return asListingError(line.error());
        text += *line + u'\n';
    }
    return isTable ? alignColumns(text) : text;
}

Result<QString> formatValue(const QString &format, const QJsonValue &value, const TemplateNames &names)
{
    if (format == "json"_L1)
        return jsonText(value) + u'\n';
    const auto parsed = Template::parse(format, {names.name, names.type});
    if (!parsed)
        return std::unexpected(parsed.error());
    const auto line = parsed->evaluate(value);
    if (!line)
        return line;
    return *line + u'\n';
}

} // namespace berth
