// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/linetext.h"

namespace berth {

// What the person has marked. It is kept in absolute lines, so it stays on its text while the
// screen scrolls.
class TextSelection {
public:
    enum class Unit { Character, Word, Line };
    enum class Form { Flow, Block };

    struct Columns {
        int from = 0;
        int to = 0;
        bool isEmpty() const { return from >= to; }
    };

    bool isEmpty() const { return m_begin >= m_end; }
    // True from start() to clear(), also while nothing is marked yet.
    bool isStarted() const { return m_started; }
    Unit unit() const { return m_unit; }

    // Positions lie between cells: column 0 is before the first one.
    void start(const TerminalGrid &grid, TextPosition at, Unit unit, Form form);
    void extendTo(const TerminalGrid &grid, TextPosition at);
    void selectAll(const TerminalGrid &grid);
    void clear();

    TextPosition head() const { return m_head; }
    qint64 firstLine() const { return m_begin.line; }
    qint64 lastLine() const { return m_end.line; }

    // The marked columns of a line; wide characters are marked whole.
    Columns columnsOf(const TerminalGrid &grid, qint64 line) const;
    QString text(const TerminalGrid &grid) const;

private:
    bool m_started = false;
    Unit m_unit = Unit::Character;
    Form m_form = Form::Flow;
    TextPosition m_anchor;
    TextPosition m_head;
    TextPosition m_begin;
    TextPosition m_end; // exclusive
};

} // namespace berth
