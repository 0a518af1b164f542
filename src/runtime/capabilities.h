// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/runspec.h"

#include <cstdint>
#include <initializer_list>

namespace berth {

// Removes every other capability from the bounding set. Needs CAP_SETPCAP.
Result<> limitBoundingSet(std::uint64_t set);

// Makes permitted and effective exactly this set, inheritable and ambient empty.
Result<> applyCapabilities(std::uint64_t set);

} // namespace berth
