// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/cellpainter.h"

#include <QGlyphRun>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace berth {

namespace {

size_t variantOf(quint16 flags)
{
    return ((flags & CellStyle::Bold) != 0 ? 1U : 0U) + ((flags & CellStyle::Italic) != 0 ? 2U : 0U);
}

// Programs that say "black" or "cyan" leave the shade to the terminal; those that name a shade out
// of 256 or more mean that one.
bool isNamed(const CellColor &color)
{
    return color.kind == CellColor::Kind::Default || (color.kind == CellColor::Kind::Indexed && color.red < 16);
}

} // namespace

void CellPainter::paint(QPainter &painter, QPoint origin, const TerminalLine &line, const QList<Highlight> &highlights)
{
    findLooks(line, highlights);
    fillBackgrounds(painter, origin);
    drawGlyphs(painter, origin, line);
    drawUnderlines(painter, origin);
}

CellPainter::Look CellPainter::lookOf(const CellStyle &style) const
{
    const QRgb plainFore = m_reversed ? m_scheme.background : m_scheme.foreground;
    Look look = {.foreground = m_scheme.resolve(style.foreground, plainFore),
        .background = m_scheme.resolve(style.background, background()),
        .flags = style.flags,
        .isLink = style.link != 0};
    if (style.has(CellStyle::Reverse))
        std::swap(look.foreground, look.background);
    if (style.has(CellStyle::Conceal))
        look.foreground = look.background;
    else if (isNamed(style.foreground) && isNamed(style.background))
        look.foreground = m_scheme.readable(look.foreground, look.background);
    return look;
}

void CellPainter::findLooks(const TerminalLine &line, const QList<Highlight> &highlights)
{
    m_looks.resize(line.cells.size());
    for (size_t column = 0; column < line.cells.size(); ++column) {
        const CellStyle &style = line.cells[column].style;
        const bool same = column > 0 && style == line.cells[column - 1].style;
        m_looks[column] = same ? m_looks[column - 1] : lookOf(style);
    }
    for (const Highlight &highlight : highlights) {
        const auto end = std::min(static_cast<size_t>(std::max(highlight.to, 0)), m_looks.size());
        for (auto column = static_cast<size_t>(std::max(highlight.from, 0)); column < end; ++column) {
            if (highlight.isLink) {
                m_looks[column].flags |= CellStyle::UnderlineSingle;
                continue;
            }
            m_looks[column].foreground = highlight.foreground;
            m_looks[column].background = highlight.background;
        }
    }
}

void CellPainter::fillBackgrounds(QPainter &painter, QPoint origin)
{
    size_t start = 0;
    for (size_t column = 1; column <= m_looks.size(); ++column) {
        if (column < m_looks.size() && m_looks[column].background == m_looks[start].background)
            continue;
        // The view has already filled its area with the plain background.
        if (m_looks[start].background != background())
            painter.fillRect(origin.x() + static_cast<int>(start) * m_font.cellWidth(), origin.y(),
                static_cast<int>(column - start) * m_font.cellWidth(), m_font.cellHeight(),
                QColor::fromRgb(m_looks[start].background));
        start = column;
    }
}

void CellPainter::drawGlyphs(QPainter &painter, QPoint origin, const TerminalLine &line)
{
    const auto sameGlyphs = [](const Look &left, const Look &right) {
        return left.foreground == right.foreground && variantOf(left.flags) == variantOf(right.flags);
    };
    Look current;
    for (size_t column = 0; column < line.cells.size(); ++column) {
        const char32_t character = line.cells[column].character;
        if (character <= U' ')
            continue;
        if (!sameGlyphs(m_looks[column], current)) {
            flushGlyphs(painter, current);
            current = m_looks[column];
        }
        const size_t variant = variantOf(current.flags);
        const bool simple = character < Cell::firstCluster && !isWideAt(line, static_cast<qsizetype>(column));
        const quint32 glyph = simple ? m_font.glyph(variant, character) : 0;
        if (glyph == 0) {
            drawShaped(painter, origin, line, column);
            continue;
        }
        m_indexes.append(glyph);
        m_positions.append(QPointF(origin.x() + static_cast<int>(column) * m_font.cellWidth(), origin.y() + m_font.ascent()));
    }
    flushGlyphs(painter, current);
}

void CellPainter::flushGlyphs(QPainter &painter, const Look &look)
{
    if (m_indexes.isEmpty())
        return;
    QGlyphRun run;
    run.setRawFont(m_font.rawFont(variantOf(look.flags)));
    run.setGlyphIndexes(m_indexes);
    run.setPositions(m_positions);
    painter.setPen(QColor::fromRgb(look.foreground));
    painter.drawGlyphRun(QPointF(), run);
    m_indexes.clear();
    m_positions.clear();
}

void CellPainter::drawShaped(QPainter &painter, QPoint origin, const TerminalLine &line, size_t column)
{
    const QString text = m_clusters.text(line.cells[column].character);
    const TerminalFont::Shaped &shaped = m_font.shape(variantOf(m_looks[column].flags), text);
    const int room = m_font.cellWidth() * (isWideAt(line, static_cast<qsizetype>(column)) ? 2 : 1);
    const QPointF start(origin.x() + static_cast<int>(column) * m_font.cellWidth() + std::max(0.0, (room - shaped.width) / 2),
        origin.y() + m_font.ascent());
    painter.setPen(QColor::fromRgb(m_looks[column].foreground));
    // A glyph of a foreign font may be wider than its cells; it is narrowed, not cut.
    const bool narrow = shaped.width > room + 1;
    if (narrow) {
        painter.save();
        painter.translate(start);
        painter.scale(room / shaped.width, 1);
    }
    for (const QGlyphRun &run : shaped.runs)
        painter.drawGlyphRun(narrow ? QPointF() : start, run);
    if (narrow)
        painter.restore();
}

void CellPainter::drawUnderlines(QPainter &painter, QPoint origin)
{
    constexpr quint16 lines = CellStyle::UnderlineMask | CellStyle::Strike;
    const auto drawn = [](const Look &look) { return (look.flags & lines) != 0 || look.isLink; };
    size_t start = 0;
    for (size_t column = 1; column <= m_looks.size(); ++column) {
        const Look &look = m_looks[start];
        if (column < m_looks.size() && m_looks[column] == look)
            continue;
        if (drawn(look))
            drawUnderline(painter,
                QRect(origin.x() + static_cast<int>(start) * m_font.cellWidth(), origin.y(),
                    static_cast<int>(column - start) * m_font.cellWidth(), m_font.cellHeight()),
                look);
        start = column;
    }
}

void CellPainter::drawUnderline(QPainter &painter, QRect cells, const Look &look) const
{
    const int thickness = m_font.lineThickness();
    const int below = cells.top() + std::min(m_font.ascent() + thickness, m_font.cellHeight() - thickness);
    const QColor color = QColor::fromRgb(look.foreground);
    const auto rule = [&](int top) { painter.fillRect(cells.left(), top, cells.width(), thickness, color); };
    if ((look.flags & CellStyle::Strike) != 0)
        rule(cells.top() + m_font.ascent() - m_font.ascent() / 3);
    const int style = look.flags & CellStyle::UnderlineMask;
    if (style == CellStyle::UnderlineSingle)
        rule(below);
    if (style == CellStyle::UnderlineDouble) {
        rule(std::min(below + thickness * 2, cells.bottom() - thickness + 1));
        rule(below);
    }
    if (style == 0 && look.isLink) {
        painter.setPen(QPen(color, thickness, Qt::DotLine));
        painter.drawLine(cells.left(), below, cells.right(), below);
    }
    if (style != CellStyle::UnderlineCurly)
        return;
    QPainterPath wave(QPointF(cells.left(), below));
    const qreal step = m_font.cellWidth() / 2.0;
    const qreal height = thickness * 2.0;
    bool up = false;
    for (qreal x = cells.left(); x < cells.right(); x += step, up = !up)
        wave.quadTo(QPointF(x + step / 2, below + (up ? -height : height)), QPointF(x + step, below));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, thickness));
    painter.drawPath(wave);
    painter.restore();
}

} // namespace berth
