// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/completion/complete.h"

namespace berth {

// After a command failed: a sentence for the first container, image or volume among its words that does
// not exist while one with nearly that name does. Empty: nothing to say.
std::string nearestName(std::span<const std::string> words, NameSource &source, Language language);

} // namespace berth
