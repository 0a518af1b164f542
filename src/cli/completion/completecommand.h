// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

namespace berth {

// The hidden "__complete", which the completion scripts of shells call:
//   __complete --line LINE              the line so far, for bash, which splits words its own way
//   __complete -- WORD... CURRENT       the words before the one being typed, and that one
// Prints "CANDIDATE<tab>description" lines; the last line is ":" and "files", "folders" or nothing.
int printCompletions(std::span<const std::string> words);

} // namespace berth
