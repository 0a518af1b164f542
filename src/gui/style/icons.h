// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPalette>

namespace berth {

// A line icon from resources/icons, drawn in the colour that the palette in force has for text when it
// is painted, so one icon serves the light and the dark scheme. name is the file name without ".svg".
// role chooses the colour: ButtonText for tools, HighlightedText for icons on the accent colour.
QIcon lineIcon(const QString &name, QPalette::ColorRole role = QPalette::ButtonText);

// The same as a picture in a given colour, for delegates. size is in device-independent pixels.
QPixmap linePixmap(const QString &name, const QSize &size, const QColor &color, qreal ratio);

// The application's own coloured icon.
QIcon applicationIcon();

} // namespace berth
