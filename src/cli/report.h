// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/command.h"

#include <QString>

#include <string>
#include <string_view>

namespace berth {

// Docker's exit codes of the command itself.
inline constexpr int exitFailure = 1;
inline constexpr int exitTemplate = 64;      // a template that cannot be read
inline constexpr int exitEngine = 125;        // our own error in `run`; a wrong flag anywhere
inline constexpr int exitNotExecutable = 126;
inline constexpr int exitCommandNotFound = 127;
inline constexpr int exitSignalBase = 128;

// Writes to standard output or standard error at once, whole, retrying short writes. When the reader
// of standard output has gone, the program ends as the shell's own filters do.
void printOut(std::string_view text);
void printOut(const QString &text);
inline void printOut(const char *text) { printOut(std::string_view(text)); }
void printError(std::string_view text);

// "Error response from daemon: <detail>" where a script for Docker would expect these words, the plain
// detail for what only Berth can say (helper, disk, permissions).
std::string errorText(const Error &error);

// Prints the error of a verb other than run; gives exit code 1.
int reportError(const Error &error);
// Prints the detail alone, for what concerns this program and no object of the engine; 1.
int reportPlainError(const Error &error);
// Of the template of `version` and `info`, in Docker's codes: 64 for one that cannot be read; one that fails over its
// value ends the line that it began, and gives 1.
int reportTemplateError(const Error &error);
// For run: "berth: <error>", the hint, and 125, 126 or 127.
int reportRunError(const Invocation &call, const Error &error);
// "berth: <text>" and the hint, with the given exit code.
int reportWithHint(const Invocation &call, std::string_view text, int exitCode);
// A flag or its value is wrong: text, usage line, hint; 125.
int reportUsageError(const Invocation &call, std::string_view text);

} // namespace berth
