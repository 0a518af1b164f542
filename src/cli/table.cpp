// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/table.h"

#include <QList>
#include <QStringList>

namespace berth {
namespace {

constexpr qsizetype leastWidth = 10;
constexpr qsizetype gap = 3;

// Code points, as Docker counts them: a surrogate pair is one column.
qsizetype displayWidth(QStringView cell)
{
    qsizetype width = 0;
    for (const QChar c : cell)
        width += c.isLowSurrogate() ? 0 : 1;
    return width;
}

} // namespace

QString alignColumns(const QString &lines)
{
    QList<QStringList> rows;
    QList<qsizetype> widths;
    for (const auto &line : lines.split(u'\n')) {
        rows += line.split(u'\t');
        const auto &cells = rows.last();
        for (qsizetype i = 0; i + 1 < cells.size(); ++i) {
            if (i == widths.size())
                widths += leastWidth;
            widths[i] = std::max(widths[i], displayWidth(cells[i]) + gap);
        }
    }
    QString aligned;
    for (const auto &cells : rows) {
        for (qsizetype i = 0; i + 1 < cells.size(); ++i)
            aligned += cells[i] + QString(widths[i] - displayWidth(cells[i]), u' ');
        aligned += cells.last() + u'\n';
    }
    aligned.chop(1);
    return aligned;
}

} // namespace berth
