// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/completion/complete.h"
#include "cli/completion/usage.h"

namespace berth {

// What may be the value of a flag. Each candidate begins with current.
Completion completeValue(const Flag &flag, const LinePosition &position, std::string_view current, NameSource &source);

// What may be an argument of a kind. Those that stand in position.arguments already are left out.
Completion completeArgument(SlotKind kind, const LinePosition &position, std::string_view current, NameSource &source);

} // namespace berth
