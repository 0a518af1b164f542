// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalview.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPainter>
#include <QPaintEvent>
#include <QStyleHints>

#include <algorithm>
#include <chrono>

// How TerminalView looks: lines, highlights, cursor and the text an input method is composing.
namespace berth {

namespace {

constexpr auto blinksAfterKey = std::chrono::seconds(10);

} // namespace

QRect TerminalView::cellRect(qint64 line, int column, int columns) const
{
    return {margin + column * m_font->cellWidth(), margin + static_cast<int>(line - topLine()) * m_font->cellHeight(),
        columns * m_font->cellWidth(), m_font->cellHeight()};
}

void TerminalView::paintEvent(QPaintEvent *event)
{
    QElapsedTimer timer;
    timer.start();
    const TerminalGrid &grid = m_screen.grid();
    QPainter painter(viewport());
    CellPainter cells(*m_font, m_scheme, grid.clusters());
    cells.setReversed(m_screen.isReversed());
    const QRect area = event->rect();
    painter.fillRect(area, QColor::fromRgb(cells.background()));
    const qint64 top = topLine();
    const int height = m_font->cellHeight();
    const qint64 first = std::max<qint64>(top + (area.top() - margin) / height, top);
    const qint64 last = std::min<qint64>(top + (area.bottom() - margin) / height, grid.endLine() - 1);
    // The event's rectangle bounds all damage; a row between two damaged ones may be clean.
    for (qint64 line = first; line <= last; ++line) {
        const QRect row(0, cellRect(line, 0).top(), viewport()->width(), height);
        if (event->region().intersects(row))
            cells.paint(painter, cellRect(line, 0).topLeft(), grid.lineAt(line), highlightsOf(line));
    }
    if (m_preedit.isEmpty())
        paintCursor(painter, cells);
    else
        paintPreedit(painter);
    m_paintingTime = timer.durationElapsed();
}

QList<Highlight> TerminalView::highlightsOf(qint64 line) const
{
    QList<Highlight> result;
    const TerminalGrid &grid = m_screen.grid();
    const auto part = [&](TextPosition begin, TextPosition end) {
        return std::pair(begin.line == line ? begin.column : 0, end.line == line ? end.column : grid.columns());
    };
    const auto [firstMatch, lastMatch] = m_search.touching(line);
    for (qsizetype index = firstMatch; index < lastMatch; ++index) {
        const TextSearch::Match &match = m_search.at(index);
        const auto [from, to] = part(match.begin, match.end);
        const bool current = index == m_search.current();
        result.append({.from = from,
            .to = to,
            .foreground = current ? qRgb(0, 0, 0) : m_scheme.matchText,
            .background = current ? m_scheme.currentMatch : m_scheme.match});
    }
    const TextSelection::Columns selected = m_selection.columnsOf(grid, line);
    if (!selected.isEmpty())
        result.append({.from = selected.from,
            .to = selected.to,
            .foreground = m_scheme.selectedText,
            .background = m_scheme.selectedBackground});
    if (m_hoveredLink && line >= m_hoveredLink->begin.line && line <= m_hoveredLink->end.line) {
        const auto [from, to] = part(m_hoveredLink->begin, m_hoveredLink->end);
        result.append({.from = from, .to = to, .isLink = true});
    }
    return result;
}

void TerminalView::paintCursor(QPainter &painter, CellPainter &cells)
{
    const TerminalScreen::Cursor cursor = m_screen.cursor();
    const TerminalGrid &grid = m_screen.grid();
    const qint64 line = grid.screenTop() + cursor.at.row;
    if (!cursor.visible || m_readOnly || line >= topLine() + grid.rows())
        return;
    const TerminalLine &content = grid.lineAt(line);
    const int width = isWideAt(content, cursor.at.column) ? 2 : 1;
    const QRect cell = cellRect(line, cursor.at.column, width);
    const QColor color = QColor::fromRgb(m_screen.isReversed() ? m_scheme.background : m_scheme.foreground);
    if (!hasFocus()) {
        painter.setPen(color);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cell.adjusted(0, 0, -1, -1));
        return;
    }
    if (m_blinkedOff)
        return;
    const int thickness = std::max(2, m_font->lineThickness() * 2);
    switch (cursor.shape) {
    case TerminalScreen::CursorShape::Underline:
        painter.fillRect(cell.left(), cell.bottom() - thickness + 1, cell.width(), thickness, color);
        return;
    case TerminalScreen::CursorShape::Bar: painter.fillRect(cell.left(), cell.top(), thickness, cell.height(), color); return;
    case TerminalScreen::CursorShape::Block: break;
    }
    const QList<Highlight> inverted = {
        {.from = cursor.at.column, .to = cursor.at.column + width, .foreground = cells.background(), .background = color.rgb()}};
    painter.save();
    painter.setClipRect(cell);
    cells.paint(painter, cellRect(line, 0).topLeft(), content, inverted);
    painter.restore();
}

// Hangul and other wide text takes two cells a character here as it will when it is committed.
int TerminalView::preeditColumns() const
{
    const qreal width = m_font->shape(0, m_preedit).width;
    int columns = 0;
    for (const char32_t character : m_preedit.toUcs4())
        columns += m_font->shape(0, QString::fromUcs4(&character, 1)).width > m_font->cellWidth() * 1.2 ? 2 : 1;
    return std::max(columns, qRound(width / m_font->cellWidth()));
}

void TerminalView::paintPreedit(QPainter &painter)
{
    const GridPosition at = m_screen.cursor().at;
    const QRect cells = cellRect(m_screen.grid().screenTop() + at.row, at.column, preeditColumns());
    painter.fillRect(cells, QColor::fromRgb(m_scheme.background));
    painter.setPen(QColor::fromRgb(m_scheme.foreground));
    const TerminalFont::Shaped &shaped = m_font->shape(0, m_preedit);
    const QPointF start(cells.left() + std::max(0.0, (cells.width() - shaped.width) / 2), cells.top() + m_font->ascent());
    for (const QGlyphRun &run : shaped.runs)
        painter.drawGlyphRun(start, run);
    painter.fillRect(cells.left(), cells.bottom() - 1, cells.width(), 2, QColor::fromRgb(m_scheme.foreground));
}

void TerminalView::restartBlinking()
{
    m_sinceKey.restart();
    m_blinkedOff = false;
    updateCursor();
    const int period = QGuiApplication::styleHints()->cursorFlashTime();
    if (period > 0 && hasFocus() && isVisible() && !m_readOnly && m_screen.cursor().blinks)
        m_blinkTimer.start(std::chrono::milliseconds(period / 2), this);
    else
        m_blinkTimer.stop();
}

void TerminalView::stopBlinking()
{
    m_blinkTimer.stop();
    m_blinkedOff = false;
    updateCursor();
}

void TerminalView::blink()
{
    if (std::chrono::milliseconds(m_sinceKey.elapsed()) > blinksAfterKey || !m_screen.cursor().blinks) {
        stopBlinking();
        return;
    }
    m_blinkedOff = !m_blinkedOff;
    updateCursor();
}

void TerminalView::updateCursor()
{
    const qint64 line = m_screen.grid().screenTop() + m_screen.cursor().at.row;
    updateLines(line, line);
}

void TerminalView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    m_screen.reportFocus(true);
    restartBlinking();
}

void TerminalView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    m_screen.reportFocus(false);
    stopBlinking();
}

void TerminalView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    fitToViewport();
    showFrame();
    if (hasFocus())
        restartBlinking();
}

void TerminalView::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    m_frameTimer.stop();
    m_blinkTimer.stop();
    m_dragTimer.stop();
}

void TerminalView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyScheme();
}

} // namespace berth
