// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalgrid.h"

#include <algorithm>

namespace berth {

namespace {

// Joins soft-wrapped lines and cuts them again at another width. One logical line is in memory at
// a time; what is finished goes to `out`.
class Rewrapper {
public:
    Rewrapper(Scrollback &out, int columns) : m_out(out), m_columns(static_cast<size_t>(columns)) {}

    void add(const TerminalLine &line, int cursorColumn)
    {
        if (line.continued && m_hasLine)
            closeGap(line);
        else
            finish();
        m_hasLine = true;
        m_lineStart = m_cells.size();
        m_oldColumns = line.cells.size();
        const auto used = std::max<qsizetype>(usedColumns(line), 0);
        m_cells.insert(m_cells.end(), line.cells.begin(), line.cells.begin() + used);
        if (cursorColumn >= 0)
            m_cursorOffset = static_cast<qsizetype>(m_lineStart) + cursorColumn;
    }

    void finish()
    {
        if (!m_hasLine)
            return;
        m_pushed = 0;
        size_t start = 0;
        do {
            size_t end = std::min(start + m_columns, m_cells.size());
            // A wide character never straddles two lines.
            if (end < m_cells.size() && m_cells[end].character == Cell::wideTail && end - start > 1)
                --end;
            emitLine(start, end);
            start = end;
        } while (start < m_cells.size());
        m_cells.clear();
        m_cursorOffset = -1;
        m_hasLine = false;
    }

    // The cursor's line counted from the last one pushed (0), and its column.
    qint64 cursorLine() const { return m_cursorLine; }
    int cursorColumn() const { return m_cursorColumn; }

private:
    // The line above filled its row, except for the cell that a wide character could not use.
    void closeGap(const TerminalLine &next)
    {
        const bool gap = isWideAt(next, 0);
        const size_t full = m_lineStart + m_oldColumns;
        if (m_cells.size() < full - (gap ? 1 : 0))
            m_cells.resize(full);
    }

    void emitLine(size_t start, size_t end)
    {
        m_line.cells.assign(m_cells.begin() + static_cast<qsizetype>(start), m_cells.begin() + static_cast<qsizetype>(end));
        m_line.cells.resize(m_columns);
        m_line.continued = m_pushed++ > 0;
        m_out.push(m_line);
        const bool last = end >= m_cells.size();
        const auto from = static_cast<qsizetype>(start);
        if (m_cursorOffset < from || (m_cursorOffset >= static_cast<qsizetype>(end) && !last))
            return;
        m_cursorLine = m_out.dropped() + m_out.size() - 1;
        m_cursorColumn = static_cast<int>(std::min(m_cursorOffset - from, static_cast<qsizetype>(m_columns) - 1));
    }

    Scrollback &m_out;
    size_t m_columns;
    std::vector<Cell> m_cells;
    TerminalLine m_line;
    bool m_hasLine = false;
    size_t m_lineStart = 0;
    size_t m_oldColumns = 0;
    size_t m_pushed = 0;
    qsizetype m_cursorOffset = -1;
    qint64 m_cursorLine = 0;
    int m_cursorColumn = 0;
};

// Rows of a page up to its last printed one or the cursor's.
int usedRows(const std::vector<TerminalLine> &page, int cursorRow)
{
    int used = static_cast<int>(page.size());
    while (used > cursorRow + 1 && usedColumns(page[static_cast<size_t>(used) - 1]) == 0)
        --used;
    return used;
}

} // namespace

void TerminalGrid::resize(int rows, int columns, GridPosition &cursor)
{
    GridPosition primaryCursor = cursor;
    if (m_alternate)
        primaryCursor = {.row = m_rows - 1, .column = 0};
    primaryCursor.row = std::clamp(primaryCursor.row, 0, m_rows - 1);
    if (columns != m_columns)
        rewrap(columns, primaryCursor);
    m_columns = columns;
    fitRows(rows, primaryCursor);
    m_rows = rows;

    Page &alternate = m_pages[1];
    for (TerminalLine &line : alternate)
        line.cells.resize(static_cast<size_t>(columns));
    alternate.resize(static_cast<size_t>(rows), blankLine());
    if (!m_alternate)
        cursor = primaryCursor;
    damageAll();
}

void TerminalGrid::rewrap(int columns, GridPosition &cursor)
{
    Page &primary = m_pages[0];
    const int used = usedRows(primary, m_alternate ? -1 : cursor.row);
    const int blankRows = m_rows - used;
    // Room for every line of the screen on top of the scroll-back: they are taken out again below.
    Scrollback packed(scrollbackLimit + m_rows);
    Rewrapper rewrapper(packed, columns);
    TerminalLine line;
    for (qsizetype index = 0; index < m_scrollback.size(); ++index) {
        m_scrollback.read(index, m_columns, line);
        rewrapper.add(line, -1);
    }
    if (used > 0 && !primary.front().continued)
        rewrapper.finish();
    const qint64 above = packed.dropped() + packed.size();
    for (int row = 0; row < used; ++row)
        rewrapper.add(primary[static_cast<size_t>(row)], row == cursor.row ? cursor.column : -1);
    rewrapper.finish();

    const qint64 end = packed.dropped() + packed.size();
    const qint64 wanted = std::clamp<qint64>(end - above, m_rows - blankRows, m_rows);
    const auto onScreen = static_cast<int>(std::min<qint64>(wanted, packed.size()));
    const qint64 top = end - onScreen;
    cursor = {.row = static_cast<int>(rewrapper.cursorLine() - top), .column = rewrapper.cursorColumn()};
    const TerminalLine empty{.cells = std::vector<Cell>(static_cast<size_t>(columns)), .continued = false};
    primary.assign(static_cast<size_t>(m_rows), empty);
    for (int row = onScreen; row-- > 0;)
        packed.pop(columns, primary[static_cast<size_t>(row)]);
    m_scrollback.takeLines(packed);
}

void TerminalGrid::fitRows(int rows, GridPosition &cursor)
{
    Page &primary = m_pages[0];
    const int used = usedRows(primary, m_alternate ? -1 : cursor.row);
    const int blankRows = m_rows - used;
    primary.resize(static_cast<size_t>(used));
    const int overflow = used - rows;
    for (int row = 0; row < overflow; ++row)
        m_scrollback.push(primary[static_cast<size_t>(row)]);
    if (overflow > 0)
        primary.erase(primary.begin(), primary.begin() + overflow);
    // Growing pulls old lines back in, unless the space below the cursor was blank before: after
    // `clear` nothing comes back.
    int shift = -std::max(overflow, 0);
    while (blankRows == 0 && static_cast<int>(primary.size()) < rows && m_scrollback.size() > 0) {
        TerminalLine line;
        m_scrollback.pop(m_columns, line);
        primary.insert(primary.begin(), std::move(line));
        ++shift;
    }
    primary.resize(static_cast<size_t>(rows), blankLine());
    cursor.row = std::clamp(cursor.row + shift, 0, rows - 1);
}

} // namespace berth
