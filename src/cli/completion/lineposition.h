// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

#include <span>
#include <string>
#include <vector>

namespace berth {

// What may stand after some words of a command line (without "berth" before them).
struct LinePosition {
    enum class Expects { Command, GroupCommand, Argument, Nothing };
    Expects expects = Expects::Command;
    const CommandGroup *group = nullptr;
    const Command *command = nullptr;
    std::string path;                    // of the command, proper spelling
    std::vector<std::string> arguments;  // so far
    std::vector<const Flag *> given;     // flags so far
    const Flag *pending = nullptr;       // the next word is this flag's value
    bool takesFlags = true;              // neither "--" nor (for run, exec) the first argument came yet

    [[nodiscard]] bool isGiven(std::string_view flag) const;
};

LinePosition positionAfter(std::span<const std::string> words);

} // namespace berth
