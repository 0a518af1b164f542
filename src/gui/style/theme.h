// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

class QApplication;

namespace berth {

// The few colours that a palette has no role for. Each is readable on Base and on Window.
struct ThemeColors {
    QColor secondaryText, border, sidebar, hover, accent, accentHover, accentText;
    QColor green, amber, blue, red, grey;
    QColor errorTint, warningTint, successTint, infoTint;
    QColor mark; // behind text that was searched for
};

enum class Appearance { System, Light, Dark };

// Sets palette, style sheet and fonts of the whole program. With Appearance::System it follows the
// desktop's colour scheme, also when that changes later.
void applyTheme(QApplication &application, Appearance appearance);

bool isDark(const QPalette &palette);
const ThemeColors &themeColors(const QPalette &palette);

} // namespace berth
