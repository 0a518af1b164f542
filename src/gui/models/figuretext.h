// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace berth {

// Numbers of figures as the window shows them, in the person's language.
enum class FigureUnit {
    Percent,       // "12.3%"
    Bytes,         // "48.2 MiB": memory, by 1024 as docker stats
    BytesPerSecond // "1.24 kB/s": traffic, by 1000 as docker stats
};

// Three significant digits.
QString figureText(double value, FigureUnit unit);
// The same for an axis, whose values are round: without zeros behind the point.
QString axisText(double value, FigureUnit unit);
// What stands where a value would, when this machine does not count it.
QString missingFigureText();

} // namespace berth
