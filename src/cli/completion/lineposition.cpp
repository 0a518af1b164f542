// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion/lineposition.h"

#include <algorithm>
#include <utility>

namespace berth {
namespace {

using Expects = LinePosition::Expects;

bool isFlagWord(std::string_view word) { return word.size() > 1 && word[0] == '-'; }

// The flags of one word, by the grammar of parseLine(); the last may want its value from the next word.
void takeFlags(LinePosition &position, std::span<const Flag> flags, std::string_view word)
{
    if (word.starts_with("--")) {
        const auto equals = word.find('=');
        const auto *flag = findFlag(flags, word.substr(2, equals == word.npos ? equals : equals - 2));
        if (!flag)
            return;
        position.given.push_back(flag);
        if (equals == word.npos && flag->kind != FlagKind::Boolean)
            position.pending = flag;
        return;
    }
    for (word.remove_prefix(1); !word.empty(); word.remove_prefix(1)) {
        const auto *flag = findShorthand(flags, word[0]);
        if (!flag)
            return;
        position.given.push_back(flag);
        if (flag->kind == FlagKind::Boolean)
            continue;
        if (word.size() == 1)
            position.pending = flag;
        return;
    }
}

void takeCommandWord(LinePosition &position, const std::string &word)
{
    if (position.expects == Expects::Command && word == "help")
        return;
    const std::string words[] = {position.group ? std::string(position.group->name) : word, word};
    const auto found = findCommand(std::span(words).first(position.group ? 2 : 1));
    if (found.command) {
        position.command = found.command;
        position.path = found.path;
        position.expects = Expects::Argument;
    } else if (found.group && !position.group) {
        position.group = found.group;
        position.expects = Expects::GroupCommand;
    } else {
        position.expects = Expects::Nothing;
    }
}

} // namespace

bool LinePosition::isGiven(std::string_view flag) const
{
    return std::ranges::any_of(given, [flag](const Flag *one) { return one->name == flag; });
}

LinePosition positionAfter(std::span<const std::string> words)
{
    LinePosition position;
    for (const auto &word : words) {
        if (std::exchange(position.pending, nullptr))
            continue;
        switch (position.expects) {
        case Expects::Command:
        case Expects::GroupCommand:
            if (isFlagWord(word))
                takeFlags(position, position.group ? std::span<const Flag>() : globalFlags(), word);
            else
                takeCommandWord(position, word);
            break;
        case Expects::Argument:
            if (position.takesFlags && word == "--") {
                position.takesFlags = false;
            } else if (position.takesFlags && isFlagWord(word)) {
                takeFlags(position, position.command->flags, word);
            } else {
                position.arguments.push_back(word);
                position.takesFlags = position.takesFlags && !position.command->stopsAtArgument;
            }
            break;
        case Expects::Nothing: return position;
        }
    }
    return position;
}

} // namespace berth
