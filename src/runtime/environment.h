// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

// Lists of "NAME=value". An entry without "=" carries no value and is dropped: what the engine's own
// environment holds under that name is none of a container's business (CVE-2020-14370).
using Environment = std::vector<std::string>;

std::optional<std::string> valueOf(const Environment &environment, std::string_view name);
void addDefault(Environment &environment, std::string_view name, std::string_view value);

// Entries of winning replace those of base with the same name; the last of several wins.
Environment mergedEnvironment(const Environment &base, const Environment &winning);

} // namespace berth
