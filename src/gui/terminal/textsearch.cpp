// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/textsearch.h"

#include <algorithm>
#include <optional>

namespace berth {

void TextSearch::setNeedle(const TerminalGrid &grid, const QString &needle, Qt::CaseSensitivity sensitivity)
{
    m_needle = needle;
    m_sensitivity = sensitivity;
    m_current = -1;
    refresh(grid);
}

void TextSearch::refresh(const TerminalGrid &grid)
{
    const auto kept = m_current >= 0 ? std::optional(m_matches.at(m_current).begin) : std::nullopt;
    m_matches.clear();
    m_current = -1;
    if (m_needle.isEmpty())
        return;
    for (qint64 number = grid.oldestLine(); number < grid.endLine();) {
        const LogicalLine line = logicalLineFrom(grid, number);
        number = line.last + 1;
        qsizetype at = 0;
        while ((at = line.text.indexOf(m_needle, at, m_sensitivity)) >= 0 && count() < maxMatches) {
            TextPosition end = line.positions.at(at + m_needle.size() - 1);
            end.column += isWideAt(grid.lineAt(end.line), end.column) ? 2 : 1;
            m_matches.append({.begin = line.positions.at(at), .end = end});
            at += m_needle.size();
        }
    }
    m_current = count() - 1;
    if (!kept)
        return;
    const auto same = std::find_if(
        m_matches.begin(), m_matches.end(), [&kept](const Match &match) { return match.begin >= *kept; });
    if (same != m_matches.end())
        m_current = same - m_matches.begin();
}

const TextSearch::Match *TextSearch::currentMatch() const { return m_current < 0 ? nullptr : &m_matches.at(m_current); }

void TextSearch::goUp()
{
    if (count() > 0)
        m_current = (m_current + count() - 1) % count();
}

void TextSearch::goDown()
{
    if (count() > 0)
        m_current = (m_current + 1) % count();
}

std::pair<qsizetype, qsizetype> TextSearch::touching(qint64 line) const
{
    const auto first = std::partition_point(
        m_matches.begin(), m_matches.end(), [line](const Match &match) { return match.end.line < line; });
    const auto last = std::partition_point(
        first, m_matches.end(), [line](const Match &match) { return match.begin.line <= line; });
    return {first - m_matches.begin(), last - m_matches.begin()};
}

} // namespace berth
