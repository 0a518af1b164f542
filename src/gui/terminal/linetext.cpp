// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/linetext.h"

#include <algorithm>

namespace berth {

namespace {

constexpr qint64 maxJoined = 256;

bool isContinued(const TerminalGrid &grid, qint64 line)
{
    return line > grid.oldestLine() && line < grid.endLine() && grid.lineAt(line).continued;
}

void append(LogicalLine &logical, const TerminalGrid &grid, qint64 number, bool whole)
{
    const TerminalLine &line = grid.lineAt(number);
    const qsizetype count = whole ? std::ssize(line.cells) : usedColumns(line);
    for (qsizetype column = 0; column < count; ++column) {
        const Cell &cell = line.cells[static_cast<size_t>(column)];
        // A wide character that did not fit left this cell free.
        if (whole && column + 1 == count && cell.character == Cell::blank)
            continue;
        const QString text = grid.clusters().text(cell.character);
        logical.text += text;
        for (qsizetype unit = 0; unit < text.size(); ++unit)
            logical.positions.append({.line = number, .column = static_cast<int>(column)});
    }
}

} // namespace

QString lineText(const TerminalGrid &grid, qint64 line, int from, int to)
{
    const TerminalLine &cells = grid.lineAt(line);
    const auto end = std::min<qsizetype>(to, usedColumns(cells));
    QString text;
    for (qsizetype column = std::max(from, 0); column < end; ++column)
        text += grid.clusters().text(cells.cells[static_cast<size_t>(column)].character);
    return text;
}

LogicalLine logicalLineAt(const TerminalGrid &grid, qint64 line)
{
    qint64 first = line;
    while (line - first < maxJoined && isContinued(grid, first))
        --first;
    return logicalLineFrom(grid, first);
}

LogicalLine logicalLineFrom(const TerminalGrid &grid, qint64 first)
{
    LogicalLine logical;
    logical.first = first;
    logical.last = first;
    while (logical.last - first < 2 * maxJoined && isContinued(grid, logical.last + 1))
        ++logical.last;
    for (qint64 part = logical.first; part <= logical.last; ++part)
        append(logical, grid, part, part < logical.last);
    return logical;
}

QString wholeText(const TerminalGrid &grid)
{
    QString text;
    for (qint64 line = grid.oldestLine(); line < grid.endLine(); ++line) {
        if (line > grid.oldestLine() && !isContinued(grid, line))
            text += QLatin1Char('\n');
        text += lineText(grid, line, 0, grid.columns());
    }
    while (text.endsWith(QLatin1Char('\n')))
        text.chop(1);
    return text.isEmpty() ? text : text + QLatin1Char('\n');
}

} // namespace berth
