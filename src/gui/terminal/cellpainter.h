// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/celltables.h"
#include "gui/terminal/colorscheme.h"
#include "gui/terminal/terminalfont.h"

#include <QList>
#include <QPoint>

class QPainter;

namespace berth {

// Columns [from, to) of a line that look different from what their cells say.
struct Highlight {
    int from = 0;
    int to = 0;
    QRgb foreground = 0;
    QRgb background = 0;
    // Only underlines, the colours are the cells' own.
    bool isLink = false;
};

// Draws lines of cells. Backgrounds, glyphs and underlines are grouped into runs of equal look, so
// a plain line costs one glyph run.
class CellPainter {
public:
    CellPainter(const TerminalFont &font, const ColorScheme &scheme, const ClusterTable &clusters)
        : m_font(font), m_scheme(scheme), m_clusters(clusters)
    {
    }

    // The whole screen is in reverse video (DECSCNM).
    void setReversed(bool reversed) { m_reversed = reversed; }
    QRgb background() const { return m_reversed ? m_scheme.foreground : m_scheme.background; }

    // `origin` is the top left corner of column 0; later highlights lie over earlier ones.
    void paint(QPainter &painter, QPoint origin, const TerminalLine &line, const QList<Highlight> &highlights);

private:
    struct Look {
        QRgb foreground = 0;
        QRgb background = 0;
        quint16 flags = 0;
        bool isLink = false;

        friend bool operator==(const Look &, const Look &) = default;
    };

    Look lookOf(const CellStyle &style) const;
    void findLooks(const TerminalLine &line, const QList<Highlight> &highlights);
    void fillBackgrounds(QPainter &painter, QPoint origin);
    void drawGlyphs(QPainter &painter, QPoint origin, const TerminalLine &line);
    void drawShaped(QPainter &painter, QPoint origin, const TerminalLine &line, size_t column);
    void flushGlyphs(QPainter &painter, const Look &look);
    void drawUnderlines(QPainter &painter, QPoint origin);
    void drawUnderline(QPainter &painter, QRect cells, const Look &look) const;

    const TerminalFont &m_font;
    const ColorScheme &m_scheme;
    const ClusterTable &m_clusters;
    bool m_reversed = false;
    std::vector<Look> m_looks;
    QList<quint32> m_indexes;
    QList<QPointF> m_positions;
};

} // namespace berth
