// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

#include <vterm_keycodes.h>

class QKeyEvent;

namespace berth {

class TerminalScreen;

// Sends what a key means to the program. False when the key means nothing (a lone modifier).
bool sendKey(TerminalScreen &screen, const QKeyEvent &event);

// False for the few keys that stay with the window although the terminal has the focus: Ctrl+digit
// and Ctrl+Tab change pages, Ctrl+PageUp/PageDown change tabs, Ctrl+Shift+letter are commands.
bool belongsToProgram(const QKeyEvent &event);

VTermModifier toVTerm(Qt::KeyboardModifiers modifiers);

} // namespace berth
