// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace berth {

// Pasted bytes as text to run: line ends are "\n", and no control character but that and tab is left,
// since what a web page hides in its text must not move the cursor.
std::string cleanPaste(std::string_view bytes);

} // namespace berth
