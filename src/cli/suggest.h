// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace berth {

// The candidate that a person who typed word most likely meant; empty when none is close.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

} // namespace berth
