// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/language.h"
#include "core/shellline.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

// How a command of a line follows the one before it.
enum class Joint { Always, IfWorked, IfFailed }; // ; && ||

// One command of a line, not yet expanded.
struct ConsoleCommand {
    Joint joint = Joint::Always;
    QList<ShellToken> words; // without a leading docker, berth or sudo
};

// Whether the line goes on in the next one: a quote or $( is open, or a backslash ends it.
bool isContinued(std::string_view line);

// What stands before the command in notes and copied screens: "$ ", "# docker", "berth> ". A "#"
// before anything but docker or berth begins a comment.
std::string_view withoutPrompt(std::string_view line);

// The commands of a complete line; none for a blank line and for a comment. Pipes, redirections and
// what else needs a shell are refused with a sentence in the language.
Result<std::vector<ConsoleCommand>> parseConsoleLine(std::string_view line, Language language);

// Words for a command: $NAME from the environment, "~", and $(command) by output, which runs a line and
// gives what it printed.
using CommandOutput = std::function<Result<std::string>(const std::string &line)>;
Result<std::vector<std::string>> expandWords(
    const QList<ShellToken> &words, int lastExitCode, const CommandOutput &output, Language language);

} // namespace berth
