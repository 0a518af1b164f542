// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QFont>
#include <QGlyphRun>
#include <QHash>
#include <QRawFont>

#include <array>

namespace berth {

// A monospaced font cut into cells, with the glyph lookups that make painting fast: what the font
// itself has is drawn by glyph number at exact cell positions, the rest (Hangul in most
// programmers' fonts, combining marks) is shaped once by Qt and kept.
class TerminalFont {
public:
    // Index of a variant: bold is 1, italic is 2.
    static constexpr size_t variants = 4;

    explicit TerminalFont(const QFont &font);

    // The desktop's fixed font, with Korean families behind it.
    static QFont systemFont();

    const QFont &font(size_t variant = 0) const { return m_fonts[variant]; }
    const QRawFont &rawFont(size_t variant) const { return m_rawFonts[variant]; }
    int cellWidth() const { return m_cellWidth; }
    int cellHeight() const { return m_cellHeight; }
    int ascent() const { return m_ascent; }
    int lineThickness() const { return m_lineThickness; }

    // 0 when the font does not have the character.
    quint32 glyph(size_t variant, char32_t character) const;

    struct Shaped {
        QList<QGlyphRun> runs; // relative to the baseline's start
        qreal width = 0;
    };
    // Valid until the next call.
    const Shaped &shape(size_t variant, const QString &text) const;

private:
    std::array<QFont, variants> m_fonts;
    std::array<QRawFont, variants> m_rawFonts;
    int m_cellWidth = 1;
    int m_cellHeight = 1;
    int m_ascent = 1;
    int m_lineThickness = 1;
    mutable std::array<QHash<char32_t, quint32>, variants> m_glyphs;
    mutable std::array<QCache<QString, Shaped>, variants> m_shaped;
};

} // namespace berth
