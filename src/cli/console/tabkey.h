// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/completion/complete.h"

namespace berth {

// Completes the word before readline's cursor as far as it is clear, or lists what it may become.
int completeAtCursor(NameSource &names, Language language);

// What the console can put in place of the word that is typed: the engine's candidates, the console's own
// words, and files.
std::vector<Candidate> consoleCandidates(const TypedLine &typed, NameSource &names, Language language);

// Their longest common beginning, in whole letters.
std::string commonBeginning(const std::vector<Candidate> &candidates);

// Candidates under the prompt: with what they are when there is room, else in columns.
std::string candidateList(const std::vector<Candidate> &candidates, int columns, int rows, Language language);

} // namespace berth
