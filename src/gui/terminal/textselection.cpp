// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/textselection.h"

#include <algorithm>

namespace berth {

namespace {

struct Span {
    TextPosition begin;
    TextPosition end;
};

bool isWordCharacter(QChar character)
{
    // What paths, addresses and options are made of belongs together.
    return character.isLetterOrNumber() || character.isMark() || character.isSurrogate()
        || QStringView(u"-./?%&#:_=+@~").contains(character);
}

Span wordAt(const TerminalGrid &grid, TextPosition at)
{
    const LogicalLine line = logicalLineAt(grid, at.line);
    const Span nothing{.begin = at, .end = {.line = at.line, .column = at.column + 1}};
    const auto found = std::find_if(
        line.positions.begin(), line.positions.end(), [at](const TextPosition &place) { return place >= at; });
    if (found == line.positions.end() || found->line != at.line)
        return nothing;
    auto first = found - line.positions.begin();
    auto last = first;
    if (!isWordCharacter(line.text.at(first)))
        return nothing;
    while (first > 0 && isWordCharacter(line.text.at(first - 1)))
        --first;
    while (last + 1 < line.text.size() && isWordCharacter(line.text.at(last + 1)))
        ++last;
    TextPosition end = line.positions.at(last);
    end.column += isWideAt(grid.lineAt(end.line), end.column) ? 2 : 1;
    return {.begin = line.positions.at(first), .end = end};
}

Span unitAt(const TerminalGrid &grid, TextPosition at, TextSelection::Unit unit)
{
    switch (unit) {
    case TextSelection::Unit::Character: return {.begin = at, .end = at};
    case TextSelection::Unit::Word: return wordAt(grid, at);
    case TextSelection::Unit::Line: break;
    }
    const LogicalLine line = logicalLineAt(grid, at.line);
    return {.begin = {.line = line.first, .column = 0}, .end = {.line = line.last, .column = grid.columns()}};
}

} // namespace

void TextSelection::start(const TerminalGrid &grid, TextPosition at, Unit unit, Form form)
{
    m_started = true;
    m_unit = unit;
    m_form = form;
    m_anchor = at;
    extendTo(grid, at);
}

void TextSelection::extendTo(const TerminalGrid &grid, TextPosition at)
{
    at.line = std::clamp(at.line, grid.oldestLine(), grid.endLine() - 1);
    at.column = std::clamp(at.column, 0, grid.columns());
    m_anchor.line = std::max(m_anchor.line, grid.oldestLine());
    m_head = at;
    const Span anchor = unitAt(grid, m_anchor, m_unit);
    const Span head = unitAt(grid, at, m_unit);
    m_begin = std::min(anchor.begin, head.begin);
    m_end = std::max(anchor.end, head.end);
    if (m_form == Form::Flow)
        return;
    m_begin.column = std::min(m_anchor.column, at.column);
    m_end.column = std::max(m_anchor.column, at.column);
}

void TextSelection::selectAll(const TerminalGrid &grid)
{
    start(grid, {.line = grid.oldestLine(), .column = 0}, Unit::Character, Form::Flow);
    extendTo(grid, {.line = grid.endLine() - 1, .column = grid.columns()});
}

void TextSelection::clear() { *this = {}; }

TextSelection::Columns TextSelection::columnsOf(const TerminalGrid &grid, qint64 line) const
{
    if (!m_started || line < m_begin.line || line > m_end.line)
        return {};
    const bool block = m_form == Form::Block;
    Columns columns{.from = block || line == m_begin.line ? m_begin.column : 0,
        .to = block || line == m_end.line ? m_end.column : grid.columns()};
    if (columns.isEmpty() || line < grid.oldestLine() || line >= grid.endLine())
        return {};
    const TerminalLine &cells = grid.lineAt(line);
    if (columns.from > 0 && isWideAt(cells, columns.from - 1))
        --columns.from;
    if (columns.to > 0 && isWideAt(cells, columns.to - 1))
        ++columns.to;
    return columns;
}

QString TextSelection::text(const TerminalGrid &grid) const
{
    if (isEmpty())
        return {};
    QString text;
    const qint64 first = std::max(m_begin.line, grid.oldestLine());
    const qint64 last = std::min(m_end.line, grid.endLine() - 1);
    for (qint64 line = first; line <= last; ++line) {
        const Columns columns = columnsOf(grid, line);
        const bool joins = line > first && m_form == Form::Flow && grid.lineAt(line).continued;
        if (line > first && !joins)
            text += QLatin1Char('\n');
        text += lineText(grid, line, columns.from, columns.to);
    }
    return text;
}

} // namespace berth
