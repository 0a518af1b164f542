// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/linetext.h"

#include <QUrl>

#include <optional>

namespace berth {

struct TerminalLink {
    QUrl url;
    TextPosition begin;
    TextPosition end; // exclusive
};

// The link under a position: one the program marked (OSC 8), else a web address in the text. Only
// http, https and mailto: a file named by a container is not a file of this machine.
std::optional<TerminalLink> linkAt(const TerminalGrid &grid, TextPosition at);

} // namespace berth
