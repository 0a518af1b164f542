// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/terminalcell.h"

#include <QRgb>

#include <array>

class QPalette;

namespace berth {

// How the colours a program names look: one scheme for dark and one for light windows.
struct ColorScheme {
    QRgb foreground;
    QRgb background;
    QRgb selectedText;
    QRgb selectedBackground;
    QRgb match;
    QRgb currentMatch;
    QRgb matchText;
    std::array<QRgb, 16> named;

    // Dark when the palette's base is.
    static ColorScheme forPalette(const QPalette &palette);

    // `fallback` is what the default colour means: foreground or background.
    QRgb resolve(const CellColor &color, QRgb fallback) const;

    // `foreground`, or whichever of black and white stands out more when the two are too alike to
    // read (contrast below 3:1 as WCAG 2.1 counts it): black on a dark window, white on a light one.
    static QRgb readable(QRgb foreground, QRgb background);
    static double contrast(QRgb left, QRgb right); // from 1 to 21, as WCAG 2.1 counts it
};

} // namespace berth
