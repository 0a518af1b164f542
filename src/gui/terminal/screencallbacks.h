// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vterm.h>

namespace berth {

class TerminalScreen;

// Makes libvterm call `screen` for everything it parses.
void connectScreen(TerminalScreen &screen, VTerm *vterm, VTermState *state);

} // namespace berth
