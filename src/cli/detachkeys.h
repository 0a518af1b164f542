// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace berth {

// "ctrl-p,ctrl-q" → the two bytes a terminal sends. A part is one character or ctrl- and a letter or
// one of @ [ \ ] ^ _ . Source: Docker's documentation of --detach-keys.
Result<std::string> parseDetachKeys(std::string_view text);

// What detaches when nothing else was asked for.
inline constexpr std::string_view defaultDetachKeys = "\x10\x11";

// Finds the sequence in typed bytes, also across reads. Bytes that may still become the sequence are
// held back, and passed on when they turn out not to be.
class DetachScanner {
public:
    explicit DetachScanner(std::string keys) : m_keys(std::move(keys)) {}

    // The bytes to pass on. After the sequence isDetached() is true and the rest is dropped.
    std::string feed(std::string_view typed);
    [[nodiscard]] bool isDetached() const { return m_isDetached; }

private:
    std::string m_keys;
    std::string m_held;
    bool m_isDetached = false;
};

} // namespace berth
