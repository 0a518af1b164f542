// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <string>
#include <string_view>
#include <vector>

namespace berth {

// The lines of all consoles of this user, in $XDG_STATE_HOME/berth/history (0600). A line is one record,
// written at once under a lock, so several consoles may write at the same time; a line break inside a
// record is "\n", a backslash "\\".
class History {
public:
    static constexpr std::size_t mostLines = 2000; // a year of daily use; a file that reads in a millisecond
    static constexpr std::size_t longestLine = 64 * 1024; // more is a pasted file, not a command

    // Makes the folder when it is missing.
    static Result<History> open();
    static Result<History> open(const std::string &folder);

    [[nodiscard]] Result<std::vector<std::string>> lines() const; // oldest first
    // Adds the line; when the file has grown to twice its bound, the oldest half goes.
    [[nodiscard]] Result<> add(std::string_view line) const;

private:
    explicit History(UniqueFd folder) : m_folder(std::move(folder)) {}
    UniqueFd m_folder;
};

} // namespace berth
