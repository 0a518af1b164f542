// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "cli/language.h"

#include <string>

namespace berth {

// The pages that --help prints. width: columns of the screen, at which descriptions are wrapped.
std::string commandHelp(const Command &command, std::string_view path, int width, Language language);
std::string groupHelp(const CommandGroup &group, Language language);
std::string programHelp(Language language);

// The columns of the terminal on standard output, or 80.
int helpWidth();

} // namespace berth
