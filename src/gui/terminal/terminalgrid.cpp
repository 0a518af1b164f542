// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalgrid.h"

#include <algorithm>

namespace berth {

namespace {

// Erasing leaves the background the program has set, and nothing else of its style.
Cell erasedCell(const CellStyle &style)
{
    Cell cell;
    cell.style.background = style.background;
    return cell;
}

} // namespace

TerminalGrid::TerminalGrid(int rows, int columns) : m_rows(rows), m_columns(columns), m_scrollback(scrollbackLimit)
{
    for (Page &page : m_pages)
        page.assign(static_cast<size_t>(rows), blankLine());
    damageAll();
}

TerminalLine TerminalGrid::blankLine() const
{
    return {.cells = std::vector<Cell>(static_cast<size_t>(m_columns)), .continued = false};
}

const TerminalLine &TerminalGrid::lineAt(qint64 line) const
{
    if (line >= screenTop())
        return page()[static_cast<size_t>(line - screenTop())];
    m_scrollback.read(static_cast<qsizetype>(line - oldestLine()), m_columns, m_unpacked);
    return m_unpacked;
}

GridRect TerminalGrid::clamped(GridRect rect) const
{
    return {.top = std::clamp(rect.top, 0, m_rows),
        .bottom = std::clamp(rect.bottom, 0, m_rows),
        .left = std::clamp(rect.left, 0, m_columns),
        .right = std::clamp(rect.right, 0, m_columns)};
}

// A wide character of which one half is overwritten cannot stay.
void TerminalGrid::splitWide(TerminalLine &line, int column)
{
    if (column <= 0 || column >= m_columns)
        return;
    auto &right = line.cells[static_cast<size_t>(column)];
    if (right.character != Cell::wideTail)
        return;
    right.character = U' ';
    line.cells[static_cast<size_t>(column) - 1].character = U' ';
}

void TerminalGrid::put(GridPosition at, char32_t character, int width, const CellStyle &style)
{
    if (at.row < 0 || at.row >= m_rows || at.column < 0 || at.column + width > m_columns)
        return;
    TerminalLine &line = page()[static_cast<size_t>(at.row)];
    Cell *cell = &line.cells[static_cast<size_t>(at.column)];
    // Looked at here, since every character of a flood comes this way and almost none has to be split.
    if (cell->character == Cell::wideTail)
        splitWide(line, at.column);
    if (at.column + width < m_columns && cell[width].character == Cell::wideTail)
        splitWide(line, at.column + width);
    *cell = {.character = character, .style = style};
    for (int tail = 1; tail < width; ++tail)
        *++cell = {.character = Cell::wideTail, .style = style};
    m_damage[static_cast<size_t>(at.row)] = true;
    m_damaged = true;
}

void TerminalGrid::setContinued(int row, bool continued)
{
    if (row >= 0 && row < m_rows)
        page()[static_cast<size_t>(row)].continued = continued;
}

void TerminalGrid::erase(GridRect rect, const CellStyle &style, bool selective)
{
    rect = clamped(rect);
    const Cell empty = erasedCell(style);
    for (int row = rect.top; row < rect.bottom; ++row) {
        TerminalLine &line = page()[static_cast<size_t>(row)];
        splitWide(line, rect.left);
        splitWide(line, rect.right);
        for (int column = rect.left; column < rect.right; ++column) {
            Cell &cell = line.cells[static_cast<size_t>(column)];
            if (!selective || !cell.style.has(CellStyle::Protected))
                cell = empty;
        }
        if (rect.left == 0 && rect.right > 0)
            line.continued = false;
        // Nothing flows on from a line that lost its end.
        if (rect.right == m_columns && row + 1 < m_rows)
            page()[static_cast<size_t>(row) + 1].continued = false;
    }
    markRows(rect.top, rect.bottom);
}

void TerminalGrid::scroll(GridRect rect, int down, int right, const CellStyle &style)
{
    rect = clamped(rect);
    if (rect.top >= rect.bottom || rect.left >= rect.right)
        return;
    if (right != 0)
        shiftColumns(rect, right, style);
    if (down == 0)
        return;
    if (rect.left == 0 && rect.right == m_columns) {
        scrollRows(rect.top, rect.bottom, down, style);
        return;
    }
    const int height = rect.bottom - rect.top;
    for (int step = 0; step < height; ++step) {
        const int row = down > 0 ? rect.top + step : rect.bottom - 1 - step;
        const int from = row + down;
        if (from < rect.top || from >= rect.bottom) {
            erase({row, row + 1, rect.left, rect.right}, style, false);
            continue;
        }
        const auto &source = page()[static_cast<size_t>(from)].cells;
        auto &target = page()[static_cast<size_t>(row)];
        std::copy(source.begin() + rect.left, source.begin() + rect.right, target.cells.begin() + rect.left);
        splitWide(target, rect.left);
        splitWide(target, rect.right);
    }
    markRows(rect.top, rect.bottom);
}

void TerminalGrid::scrollRows(int top, int bottom, int down, const CellStyle &style)
{
    const int height = bottom - top;
    const int count = std::min(std::abs(down), height);
    const auto first = page().begin() + top;
    const auto last = page().begin() + bottom;
    if (down > 0) {
        if (top == 0 && !m_alternate)
            std::for_each(first, first + count, [this](const TerminalLine &line) { m_scrollback.push(line); });
        std::rotate(first, first + count, last);
        erase({bottom - count, bottom, 0, m_columns}, style, false);
    } else {
        std::rotate(first, last - count, last);
        erase({top, top + count, 0, m_columns}, style, false);
    }
    markRows(top, bottom);
}

void TerminalGrid::shiftColumns(const GridRect &rect, int right, const CellStyle &style)
{
    const int width = rect.right - rect.left;
    const int count = std::min(std::abs(right), width);
    for (int row = rect.top; row < rect.bottom; ++row) {
        TerminalLine &line = page()[static_cast<size_t>(row)];
        splitWide(line, rect.left);
        splitWide(line, rect.right);
        splitWide(line, right > 0 ? rect.left + count : rect.right - count);
        const auto first = line.cells.begin() + rect.left;
        const auto last = line.cells.begin() + rect.right;
        const Cell empty = erasedCell(style);
        if (right > 0)
            std::fill(std::move(first + count, last, first), last, empty);
        else
            std::fill(first, std::move_backward(first, last - count, last), empty);
    }
    markRows(rect.top, rect.bottom);
}

void TerminalGrid::setAlternate(bool alternate)
{
    if (m_alternate == alternate)
        return;
    m_alternate = alternate;
    damageAll();
}

void TerminalGrid::markRows(int top, int bottom)
{
    std::fill(m_damage.begin() + top, m_damage.begin() + std::max(top, bottom), true);
    m_damaged = m_damaged || bottom > top;
}

void TerminalGrid::clearDamage()
{
    std::fill(m_damage.begin(), m_damage.end(), false);
    m_damaged = false;
}

void TerminalGrid::damageAll()
{
    m_damage.assign(static_cast<size_t>(m_rows), true);
    m_damaged = true;
}

} // namespace berth
