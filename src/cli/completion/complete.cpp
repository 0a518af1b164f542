// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion/complete.h"

#include "cli/completion/usage.h"
#include "cli/completion/values.h"
#include "core/shellline.h"

#include <algorithm>
#include <map>

namespace berth {
namespace {

using Expects = LinePosition::Expects;

Completion completeCommand(const LinePosition &position, std::string_view current, Language language)
{
    const auto prefix = position.group ? std::string(position.group->name) + " " : std::string();
    std::map<std::string, std::string> found; // sorted, each once
    const auto add = [&](std::string_view name, std::string_view summary) {
        if (name.starts_with(current))
            found.emplace(name, translated(summary, language));
    };
    for (const auto *command : allCommands()) {
        for (const auto path : command->paths) {
            if (path.starts_with(prefix) && !path.substr(prefix.size()).contains(' '))
                add(path.substr(prefix.size()), command->summary);
        }
    }
    if (!position.group) {
        for (const auto &group : allGroups())
            add(group.name, group.summary);
        add("help", "Help about a command");
    }
    Completion completion;
    for (auto &[name, summary] : found)
        completion.candidates.push_back({name, summary});
    return completion;
}

Completion completeFlag(const LinePosition &position, std::string_view current, Language language)
{
    Completion completion;
    const auto add = [&](std::string_view name, std::string description) {
        if (auto text = "--" + std::string(name); text.starts_with(current))
            completion.candidates.push_back({std::move(text), std::move(description)});
    };
    for (const auto &flag : position.command ? position.command->flags : globalFlags()) {
        const bool isSpent = flag.kind != FlagKind::List && position.isGiven(flag.name);
        if (flag.use == FlagUse::Shown && !isSpent)
            add(flag.name, shortHelp(flag.help, language));
    }
    add("help", std::string(translated("Print usage", language)));
    std::ranges::sort(completion.candidates);
    return completion;
}

// "--restart=al": the value of a flag in the word itself.
Completion completeGluedValue(const LinePosition &position, std::string_view current, NameSource &source)
{
    const auto equals = current.find('=');
    const auto flags = position.command ? position.command->flags : globalFlags();
    const auto *flag = findFlag(flags, current.substr(2, equals - 2));
    if (!flag)
        return {};
    auto completion = completeValue(*flag, position, current.substr(equals + 1), source);
    const std::string prefix(current.substr(0, equals + 1));
    for (auto &candidate : completion.candidates)
        candidate.text.insert(0, prefix);
    completion.filePrefix.insert(0, prefix);
    return completion;
}

// The words before the last, of the last command in the line.
std::vector<std::string> wordsBefore(const QList<ShellToken> &tokens, qsizetype end)
{
    qsizetype begin = 0;
    for (qsizetype i = 0; i < end; ++i) {
        if (tokens[i].isOperator())
            begin = i + 1;
    }
    std::vector<std::string> words;
    for (qsizetype i = begin; i < end; ++i)
        words.push_back(tokens[i].text().toStdString());
    return words;
}

// "sudo berth rm": what counts begins after the program.
std::span<const std::string> withoutProgram(std::span<const std::string> words, FirstWord first)
{
    constexpr std::string_view before[] = {"sudo", "time", "command", "$", "#"};
    while (!words.empty() && (std::ranges::contains(before, words.front()) || words.front().contains('=')))
        words = words.subspan(1);
    if (words.empty())
        return words;
    const auto name = words.front().substr(words.front().rfind('/') + 1);
    const bool isProgram = first == FirstWord::Program || name == "berth" || name == "docker";
    return isProgram ? words.subspan(1) : words;
}

} // namespace

std::string shortHelp(std::string_view help, Language language)
{
    auto line = translated(help, language);
    line = line.substr(0, line.find('\n'));
    return std::string(line.ends_with(':') ? line.substr(0, line.size() - 1) : line);
}

Completion complete(std::span<const std::string> words, std::string_view current, NameSource &source, Language language)
{
    const auto position = positionAfter(words);
    if (position.expects == Expects::Nothing)
        return {};
    if (position.pending)
        return completeValue(*position.pending, position, current, source);
    if (position.takesFlags && current.starts_with('-')) {
        if (current.starts_with("--") && current.contains('='))
            return completeGluedValue(position, current, source);
        return completeFlag(position, current, language);
    }
    if (position.expects != Expects::Argument)
        return completeCommand(position, current, language);
    const auto slots = usageSlots(position.command->usage);
    const auto *slot = slotAt(slots, position.arguments.size());
    return slot ? completeArgument(slot->kind, position, current, source) : Completion();
}

TypedLine readTypedLine(std::string_view line, FirstWord first)
{
    const auto text = QString::fromUtf8(line);
    const auto read = readShellLine(text, ShellGrammar::Commands);
    TypedLine typed;
    typed.begin = line.size();
    typed.isOpen = read.end == ShellEnd::OpenCommand || read.end == ShellEnd::Backslash;
    auto before = read.tokens.size();
    const bool isOpenQuote = read.end == ShellEnd::OpenQuote;
    if (before > 0 && !read.tokens.last().isOperator() && (read.tokens.last().end == text.size() || isOpenQuote)) {
        const auto &last = read.tokens.last();
        --before;
        const auto isOther = [](const ShellPart &part) { return part.kind != ShellPart::Kind::Text; };
        typed.isOpen = typed.isOpen || std::ranges::any_of(last.parts, isOther);
        typed.current = last.text().toStdString();
        typed.begin = static_cast<std::size_t>(text.first(last.begin).toUtf8().size());
        typed.isQuoted = isOpenQuote || std::ranges::any_of(last.parts, &ShellPart::isQuoted);
    }
    const auto words = wordsBefore(read.tokens, before);
    const auto own = withoutProgram(words, first);
    typed.words.assign(own.begin(), own.end());
    return typed;
}

} // namespace berth
