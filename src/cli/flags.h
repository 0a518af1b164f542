// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

enum class FlagKind : std::uint8_t { Boolean, Text, List, Integer };

// What a command does with a flag. Later: Docker has it and Berth does not do it yet, so its grammar
// is known and its use is refused. Hidden: works, and is not listed in the help text.
enum class FlagUse : std::uint8_t { Shown, Hidden, Later };

// One option of a command. The table of these is the single source of parsing and of help.
struct Flag {
    std::string_view name;
    char shorthand = 0;
    FlagKind kind = FlagKind::Boolean;
    std::string_view valueName = {}; // the word after the flag in the help: "string", "list", "int"
    std::string_view help = {};
    std::string_view fallback = {}; // the value when it is absent; shown in the help when not empty
    FlagUse use = FlagUse::Shown;
};

// The values given on one command line. The last value wins, lists collect all of them. Asking for a
// name that is not in the table is a bug of the caller.
class FlagValues {
public:
    explicit FlagValues(std::span<const Flag> flags = {}) : m_flags(flags) {}

    [[nodiscard]] bool isSet(std::string_view name) const { return m_values.contains(name); }
    [[nodiscard]] bool boolean(std::string_view name) const;
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] const std::vector<std::string> &list(std::string_view name) const;
    [[nodiscard]] std::int64_t number(std::string_view name) const;
    [[nodiscard]] int integer(std::string_view name) const; // the nearest that there is
    [[nodiscard]] std::span<const Flag> flags() const { return m_flags; }

    // Checks the value against the flag's kind; the error is Docker's "invalid argument …" line.
    Result<> add(const Flag &flag, std::string_view value);

private:
    std::span<const Flag> m_flags;
    std::map<std::string_view, std::vector<std::string>> m_values;
};

struct ParsedLine {
    FlagValues flags;
    std::vector<std::string> arguments;
    bool wantsHelp = false;
};

// The grammar of Go's pflag, which scripts for Docker rely on: bundled shorthands (-itd), -eNAME=1,
// -n=5, --flag value, --flag=value, --switch=false, "--" ends the flags. With stopsAtArgument the
// first plain word ends them too (run, exec, create), else flags and arguments may be mixed.
// Source: the documented command line syntax of github.com/spf13/pflag.
Result<ParsedLine> parseLine(std::span<const Flag> flags, std::span<const std::string> words, bool stopsAtArgument);

// The flag of that name or letter; nothing when there is none.
const Flag *findFlag(std::span<const Flag> flags, std::string_view name);
const Flag *findShorthand(std::span<const Flag> flags, char letter);

// "-n, --last" or "--rm", as messages name a flag.
std::string flagLabel(const Flag &flag);

// 'invalid argument "x" for "-n, --last" flag: <reason>'
std::unexpected<Error> invalidFlagValue(const Flag &flag, std::string_view value, std::string_view reason);

} // namespace berth
