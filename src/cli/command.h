// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/flags.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

struct Command;

// One parsed command line, as the function behind a command receives it.
struct Invocation {
    const Command &command;
    std::string path;                   // as typed, without aliases: "run", "container ls"
    FlagValues flags;
    std::vector<std::string> arguments;

    [[nodiscard]] std::string program() const { return "berth " + path; } // "berth run"
};

// How many arguments a command takes; atMost < 0: any number.
struct Arity {
    int atLeast = 0;
    int atMost = 0;
};

// One verb: the single source of its parsing, its help, its completion and its man page.
struct Command {
    // Every way to type it, in the order in which the help lists them; the first with a given first
    // word is the proper one below that group.
    std::span<const std::string_view> paths;
    std::string_view usage;             // after the path: "[OPTIONS] IMAGE [COMMAND] [ARG...]"
    std::string_view summary;
    std::string_view example;
    std::span<const Flag> flags;        // sorted by name
    Arity arity;
    bool stopsAtArgument = false;
    int (*run)(const Invocation &call) = nullptr; // gives the exit code
};

struct CommandGroup {
    std::string_view name;
    std::string_view summary;
};

std::span<const Command *const> allCommands();
std::span<const CommandGroup> allGroups();
// Verbs of Docker that Berth does not do yet.
std::span<const std::string_view> laterCommands();

// The options before the verb.
std::span<const Flag> globalFlags();

// What the first words of a command line name.
struct Found {
    const Command *command = nullptr;
    const CommandGroup *group = nullptr; // the words name a group and no command
    std::string path;                    // proper spelling
    std::size_t words = 0;               // how many words the path took
};
Found findCommand(std::span<const std::string> words);

// Parses and runs; the exit code of the program.
int runCommandLine(std::span<const std::string> words);

} // namespace berth
