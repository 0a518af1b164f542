// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QLabel;
class QToolButton;

namespace berth {

// Makes the button copy what the label shows to the clipboard, and say so for a moment.
void makeCopyButton(QToolButton *button, const QLabel *label);
// The same for what is not shown whole.
void makeCopyButton(QToolButton *button, const std::function<QString()> &text);

} // namespace berth
