// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/terminalcell.h"

#include <QRgb>

#include <array>

class QPalette;

namespace berth {

// How the colours a program names look. Two schemes, one for dark and one for light windows, with
// every one of the 16 named colours readable on the background (contrast of at least 3:1, except
// black on dark and white on light, which programs use as backgrounds).
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
};

} // namespace berth
