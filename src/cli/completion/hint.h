// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/completion/complete.h"

namespace berth {

// What the console shows in grey after the cursor, at the end of the line.
struct Hint {
    std::string ghost; // the rest of the word being typed, which a key can accept
    std::string rest;  // what may follow it: placeholders, what a flag does

    [[nodiscard]] bool isEmpty() const { return ghost.empty() && rest.empty(); }
    friend bool operator==(const Hint &, const Hint &) = default;
};

Hint hintFor(std::string_view line, NameSource &source, Language language);

} // namespace berth
