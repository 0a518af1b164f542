// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/terminalcell.h"

#include <vector>

namespace berth {

// The lines that left the screen at its top, oldest first, in a ring that forgets the oldest one
// when it is full. A line is packed: UTF-8-like characters without trailing blanks, then runs of
// equal style, so 80 columns of plain text take about 90 bytes instead of 1,280.
class Scrollback {
public:
    explicit Scrollback(qsizetype limit);

    qsizetype size() const { return m_size; }
    qsizetype limit() const { return static_cast<qsizetype>(m_slots.size()); }
    // How many lines were forgotten since the start: the absolute number of line 0.
    qint64 dropped() const { return m_dropped; }

    void push(const TerminalLine &line);
    // Unpacks line `index` (0 is the oldest) into `line`, padded or cut to `columns`.
    void read(qsizetype index, qsizetype columns, TerminalLine &line) const;
    void pop(qsizetype columns, TerminalLine &line);
    void clear();
    // The newest lines of `other`, which is left empty, in place of these. Numbering goes on.
    void takeLines(Scrollback &other);

    // Heap bytes held, for tests and the bench.
    qsizetype memory() const;

private:
    using Packed = std::vector<quint8>;

    const Packed &slot(qsizetype index) const;

    std::vector<Packed> m_slots;
    Packed m_packing; // room to pack a line in
    qsizetype m_first = 0;
    qsizetype m_size = 0;
    qint64 m_dropped = 0;
};

} // namespace berth
