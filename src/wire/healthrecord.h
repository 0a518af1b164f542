// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace berth {

// In containers/<id>/: JSON as inspect shows it under State.Health, written after each question. Only of
// containers that are asked whether they are well.
inline constexpr std::string_view healthRecordName = "health";

} // namespace berth
