// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/colorscheme.h"

#include <QColor>
#include <QPalette>

#include <algorithm>
#include <cmath>

namespace berth {

namespace {

constexpr std::array<QRgb, 16> darkNames = {
    0xff2b303b,
    0xffe0606a,
    0xff8fc46a,
    0xffe2b860,
    0xff6aa5f0,
    0xffc983dd,
    0xff56b9c2,
    0xffc9ced8,
    0xff8d96a6,
    0xfff28b92,
    0xffb0dd8c,
    0xfff3d58a,
    0xff96c2ff,
    0xffe0a8f0,
    0xff82d8df,
    0xffffffff,
};

constexpr std::array<QRgb, 16> lightNames = {
    0xff24292f,
    0xffc4242f,
    0xff267a33,
    0xff8a6200,
    0xff1757c2,
    0xff8a3ab0,
    0xff117884,
    0xff6a737d,
    0xff57606a,
    0xffdc3a45,
    0xff2f8f3f,
    0xffa87700,
    0xff2f74e6,
    0xffa14fc9,
    0xff1b8f9c,
    0xffe6e8eb,
};

// xterm's table: 16–231 is a cube of six levels a channel, 232–255 a grey ramp.
QRgb indexedColor(int index)
{
    if (index >= 232) {
        const int grey = 8 + (index - 232) * 10;
        return qRgb(grey, grey, grey);
    }
    const auto level = [](int step) { return step == 0 ? 0 : 55 + step * 40; };
    const int cube = index - 16;
    return qRgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
}

// https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
double luminance(QRgb color)
{
    const auto linear = [](int channel) {
        const double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color)) + 0.0722 * linear(qBlue(color));
}

constexpr double leastContrast = 3.0;
constexpr QRgb black = 0xff101216;
constexpr QRgb white = 0xffffffff;

} // namespace

ColorScheme ColorScheme::forPalette(const QPalette &palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    ColorScheme scheme = {
        .foreground = dark ? 0xffdde1e8 : 0xff24292f,
        .background = dark ? 0xff1b1e24 : 0xffffffff,
        .selectedText = palette.color(QPalette::Active, QPalette::HighlightedText).rgb(),
        .selectedBackground = palette.color(QPalette::Active, QPalette::Highlight).rgb(),
        .match = dark ? 0xff6b5a1e : 0xffffe58a,
        .currentMatch = 0xffffa726,
        .matchText = dark ? 0xffffffff : 0xff000000,
        .named = dark ? darkNames : lightNames,
    };
    return scheme;
}

QRgb ColorScheme::resolve(const CellColor &color, QRgb fallback) const
{
    switch (color.kind) {
    case CellColor::Kind::Default: return fallback;
    case CellColor::Kind::Indexed: return color.red < 16 ? named[color.red] : indexedColor(color.red);
    case CellColor::Kind::Rgb: return qRgb(color.red, color.green, color.blue);
    }
    return fallback;
}

double ColorScheme::contrast(QRgb left, QRgb right)
{
    const auto [dark, light] = std::minmax({luminance(left), luminance(right)});
    return (light + 0.05) / (dark + 0.05);
}

QRgb ColorScheme::readable(QRgb foreground, QRgb background)
{
    if (contrast(foreground, background) >= leastContrast)
        return foreground;
    return contrast(black, background) > contrast(white, background) ? black : white;
}

} // namespace berth
