// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace berth {

// Appends text as the inside of a JSON string (RFC 8259, section 7): whatever the bytes are, they stay inside
// it and on one line. Bytes that are not UTF-8 become U+FFFD.
void appendJsonEscaped(std::string &out, std::string_view text);

} // namespace berth
