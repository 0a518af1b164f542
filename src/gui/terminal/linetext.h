// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/terminalgrid.h"

#include <QList>
#include <QString>

namespace berth {

// A place in the text that stays the same while the screen scrolls: absolute line and column.
struct TextPosition {
    qint64 line = 0;
    int column = 0;

    friend auto operator<=>(const TextPosition &, const TextPosition &) = default;
};

// What was printed in columns [from, to) of one line, blanks at its end left out.
QString lineText(const TerminalGrid &grid, qint64 line, int from, int to);

// A line as the program printed it: soft-wrapped lines joined.
struct LogicalLine {
    QString text;
    // Where each UTF-16 unit of the text is shown; as long as text.
    QList<TextPosition> positions;
    qint64 first = 0;
    qint64 last = 0;
};

// The logical line that contains `line`. Joins a bounded number of lines each way, so a program that
// prints megabytes without a newline cannot make a mouse move slow.
LogicalLine logicalLineAt(const TerminalGrid &grid, qint64 line);
// The same without looking back, for walks over all lines.
LogicalLine logicalLineFrom(const TerminalGrid &grid, qint64 first);

// Everything from the oldest line to the last printed one.
QString wholeText(const TerminalGrid &grid);

} // namespace berth
