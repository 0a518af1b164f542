// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalfont.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QTextLayout>

#include <cmath>

namespace berth {

namespace {

constexpr qsizetype maxKnownGlyphs = 8192;
constexpr qsizetype maxShaped = 4096;

} // namespace

TerminalFont::TerminalFont(const QFont &font)
{
    for (size_t variant = 0; variant < variants; ++variant) {
        m_fonts[variant] = font;
        m_fonts[variant].setBold((variant & 1) != 0);
        m_fonts[variant].setItalic((variant & 2) != 0);
        m_rawFonts[variant] = QRawFont::fromFont(m_fonts[variant]);
        m_shaped[variant].setMaxCost(maxShaped);
    }
    const QFontMetricsF metrics(m_fonts[0]);
    m_cellWidth = std::max(1, qRound(metrics.horizontalAdvance(QLatin1Char('M'))));
    m_ascent = static_cast<int>(std::ceil(metrics.ascent()));
    m_cellHeight = std::max(1, m_ascent + static_cast<int>(std::ceil(metrics.descent() + metrics.leading())));
    m_lineThickness = std::max(1, qRound(metrics.lineWidth()));
}

QFont TerminalFont::systemFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    QStringList families = font.families();
    // Nobody chose a font: the alias may lead to one whose Latin letters are cramped.
    if (families.value(0).compare(QLatin1StringView("monospace"), Qt::CaseInsensitive) == 0)
        families.prepend(QStringLiteral("DejaVu Sans Mono"));
    // Without a hint fontconfig may pick a serif family for Hangul.
    families << QStringLiteral("D2Coding") << QStringLiteral("Noto Sans Mono CJK KR") << QStringLiteral("NanumGothicCoding")
             << QStringLiteral("NanumGothic");
    font.setFamilies(families);
    font.setStyleHint(QFont::Monospace);
    return font;
}

quint32 TerminalFont::glyph(size_t variant, char32_t character) const
{
    auto &known = m_glyphs[variant];
    if (const auto found = known.constFind(character); found != known.constEnd())
        return found.value();
    if (known.size() >= maxKnownGlyphs)
        known.clear();
    const QList<quint32> indexes = m_rawFonts[variant].glyphIndexesForString(QString::fromUcs4(&character, 1));
    const quint32 index = indexes.isEmpty() ? 0 : indexes.first();
    known.insert(character, index);
    return index;
}

const TerminalFont::Shaped &TerminalFont::shape(size_t variant, const QString &text) const
{
    auto &cache = m_shaped[variant];
    if (const Shaped *known = cache.object(text))
        return *known;
    QTextLayout layout(text, m_fonts[variant]);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    auto shaped = std::make_unique<Shaped>();
    shaped->width = line.naturalTextWidth();
    shaped->runs = layout.glyphRuns();
    for (QGlyphRun &run : shaped->runs) {
        QList<QPointF> positions = run.positions();
        for (QPointF &position : positions)
            position.ry() -= line.ascent();
        run.setPositions(positions);
    }
    const Shaped &result = *shaped;
    cache.insert(text, shaped.release());
    return result;
}

} // namespace berth
