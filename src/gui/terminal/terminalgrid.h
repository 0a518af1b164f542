// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/celltables.h"
#include "gui/terminal/scrollback.h"
#include "gui/terminal/terminalcell.h"

#include <vector>

namespace berth {

struct GridPosition {
    int row = 0;
    int column = 0;
};

// Rows [top, bottom) and columns [left, right).
struct GridRect {
    int top = 0;
    int bottom = 0;
    int left = 0;
    int right = 0;
};

// What is on the screen: a primary and an alternate page of cells, and the scroll-back of the
// primary one. Knows nothing of escape sequences; TerminalScreen drives it from libvterm.
//
// Lines have absolute numbers that stay the same while text scrolls: the screen's first row is
// screenTop(), the oldest kept line oldestLine(). Every argument is clamped, because libvterm
// trusts saved cursors that may lie outside after a resize.
class TerminalGrid {
public:
    static constexpr qsizetype scrollbackLimit = 10000;

    TerminalGrid(int rows, int columns);

    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    bool isAlternate() const { return m_alternate; }

    qint64 oldestLine() const { return m_scrollback.dropped(); }
    qint64 screenTop() const { return m_scrollback.dropped() + m_scrollback.size(); }
    qint64 endLine() const { return screenTop() + m_rows; }
    // Valid until the next call of any function; `line` is in [oldestLine(), endLine()).
    const TerminalLine &lineAt(qint64 line) const;
    const Scrollback &scrollback() const { return m_scrollback; }

    ClusterTable &clusters() { return m_clusters; }
    const ClusterTable &clusters() const { return m_clusters; }
    LinkTable &links() { return m_links; }
    const LinkTable &links() const { return m_links; }

    void put(GridPosition at, char32_t character, int width, const CellStyle &style);
    void setContinued(int row, bool continued);
    void erase(GridRect rect, const CellStyle &style, bool selective);
    // Moves the content up by `down` rows and left by `right` columns (negative: the other way).
    // Whole rows leaving the top of the primary page go to the scroll-back.
    void scroll(GridRect rect, int down, int right, const CellStyle &style);
    void setAlternate(bool alternate);
    void clearScrollback() { m_scrollback.clear(); }

    // Reflows the primary page and the scroll-back; `cursor` follows its text. The alternate page
    // is cut or padded, as its program repaints it anyway.
    void resize(int rows, int columns, GridPosition &cursor);

    // Rows changed since the last call, by screen row.
    const std::vector<char> &damage() const { return m_damage; }
    bool isDamaged() const { return m_damaged; }
    void clearDamage();
    void damageAll();

private:
    using Page = std::vector<TerminalLine>;

    TerminalLine blankLine() const;
    GridRect clamped(GridRect rect) const;
    void splitWide(TerminalLine &line, int column);
    void scrollRows(int top, int bottom, int down, const CellStyle &style);
    void shiftColumns(const GridRect &rect, int right, const CellStyle &style);
    void rewrap(int columns, GridPosition &cursor);
    void fitRows(int rows, GridPosition &cursor);
    void markRows(int top, int bottom);
    Page &page() { return m_pages[m_alternate ? 1 : 0]; }
    const Page &page() const { return m_pages[m_alternate ? 1 : 0]; }

    int m_rows;
    int m_columns;
    bool m_alternate = false;
    Page m_pages[2];
    Scrollback m_scrollback;
    ClusterTable m_clusters;
    LinkTable m_links;
    std::vector<char> m_damage; // by row; not bits, since every character sets one
    bool m_damaged = true;
    mutable TerminalLine m_unpacked;
};

} // namespace berth
