// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/linetext.h"

namespace berth {

// Every place where a text occurs, from the oldest line on. Wrapped lines are searched as printed.
class TextSearch {
public:
    struct Match {
        TextPosition begin;
        TextPosition end; // exclusive
    };
    static constexpr qsizetype maxMatches = 20000;

    const QString &needle() const { return m_needle; }
    bool isActive() const { return !m_needle.isEmpty(); }
    // Starts anew; the current match is the last one, nearest to where the person looks.
    void setNeedle(const TerminalGrid &grid, const QString &needle, Qt::CaseSensitivity sensitivity);
    // Looks again after output, and stays on the current match when it is still there.
    void refresh(const TerminalGrid &grid);

    qsizetype count() const { return m_matches.size(); }
    // -1 when there is none.
    qsizetype current() const { return m_current; }
    const Match *currentMatch() const;
    // Up is towards older lines; both go round.
    void goUp();
    void goDown();

    // Indexes [first, last) of the matches that touch a line.
    std::pair<qsizetype, qsizetype> touching(qint64 line) const;
    const Match &at(qsizetype index) const { return m_matches.at(index); }

private:
    QString m_needle;
    Qt::CaseSensitivity m_sensitivity = Qt::CaseInsensitive;
    QList<Match> m_matches;
    qsizetype m_current = -1;
};

} // namespace berth
