// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion/hint.h"

#include "cli/completion/usage.h"

#include <algorithm>
#include <array>
#include <format>

namespace berth {
namespace {

using Expects = LinePosition::Expects;

// Of several commands that begin alike, the one that is typed most.
constexpr auto commonFirst = std::to_array<std::string_view>(
    {"run", "ps", "images", "exec", "stop", "start", "rm", "rmi", "logs", "load", "inspect", "cp", "kill", "restart", "pause"});

// " — what it is", or nothing.
std::string remark(std::string_view text, Language language)
{
    return text.empty() ? std::string() : std::format("  — {}", shortHelp(text, language));
}

std::string flagHint(const Flag &flag, Language language)
{
    const auto value = flag.valueName.empty() ? std::string() : std::format(" {}", flag.valueName);
    return value + remark(flag.help, language);
}

std::string ghostOf(const Candidate &candidate, std::string_view current) { return candidate.text.substr(current.size()); }

std::string usageAfter(const LinePosition &position, std::size_t arguments, Language language)
{
    const auto rest = remainingUsage(position.command->usage, arguments, position.takesFlags && position.given.empty());
    return translatedUsage(rest, language);
}

Hint commandHint(const LinePosition &position, const TypedLine &typed, const Completion &completion, Language language)
{
    if (typed.current.empty() || completion.candidates.empty())
        return position.group && typed.current.empty() ? Hint{{}, translatedUsage("COMMAND", language)} : Hint();
    const auto &all = completion.candidates;
    auto chosen = std::ranges::find(all, typed.current, &Candidate::text);
    for (auto common = commonFirst.begin(); chosen == all.end() && !position.group && common != commonFirst.end(); ++common)
        chosen = std::ranges::find(all, *common, &Candidate::text);
    if (chosen == all.end())
        chosen = all.begin();
    auto words = typed.words;
    words.push_back(chosen->text);
    const auto there = positionAfter(words);
    Hint hint{ghostOf(*chosen, typed.current), {}};
    if (there.command) {
        const auto usage = usageAfter(there, 0, language);
        hint.rest = (usage.empty() ? "" : " ") + usage + remark(there.command->summary, language);
    } else if (there.group) {
        hint.rest = " " + translatedUsage("COMMAND", language) + remark(there.group->summary, language);
    }
    return hint;
}

Hint shorthandHint(const LinePosition &position, std::string_view current, Language language)
{
    if (current.size() < 2)
        return {};
    const auto *flag = findShorthand(position.command ? position.command->flags : globalFlags(), current.back());
    return flag && flag->use == FlagUse::Shown ? Hint{{}, flagHint(*flag, language)} : Hint();
}

Hint flagWordHint(const LinePosition &position, std::string_view current, const Completion &completion, Language language)
{
    if (!current.starts_with("--"))
        return shorthandHint(position, current, language);
    if (completion.candidates.empty() || current == "--")
        return {};
    const auto &all = completion.candidates;
    const auto exact = std::ranges::find(all, current, &Candidate::text);
    const auto &chosen = exact == all.end() ? all.front() : *exact;
    const auto *flag = findFlag(position.command ? position.command->flags : globalFlags(), chosen.text.substr(2));
    return {ghostOf(chosen, current), flag ? flagHint(*flag, language) : std::string()};
}

Hint valueHint(const LinePosition &position, std::string_view current, const Completion &completion, Language language)
{
    if (current.empty())
        return {{}, std::string(position.pending->valueName) + remark(position.pending->help, language)};
    return completion.candidates.empty() ? Hint() : Hint{ghostOf(completion.candidates.front(), current), {}};
}

} // namespace

Hint hintFor(std::string_view line, NameSource &source, Language language)
{
    const auto typed = readTypedLine(line, FirstWord::Command);
    if (typed.isOpen || typed.isQuoted)
        return {};
    const auto position = positionAfter(typed.words);
    // Names are looked up for what is begun only: an empty word would offer all of them.
    const auto completion = typed.current.empty() ? Completion() : complete(typed.words, typed.current, source, language);
    if (position.expects == Expects::Nothing)
        return {};
    if (position.pending)
        return valueHint(position, typed.current, completion, language);
    if (position.takesFlags && typed.current.starts_with('-'))
        return flagWordHint(position, typed.current, completion, language);
    if (position.expects != Expects::Argument)
        return commandHint(position, typed, completion, language);
    if (typed.current.empty())
        return {{}, usageAfter(position, position.arguments.size(), language)};
    Hint hint;
    if (!completion.candidates.empty())
        hint.ghost = ghostOf(completion.candidates.front(), typed.current);
    auto after = position;
    after.takesFlags = false;
    const auto rest = usageAfter(after, position.arguments.size() + 1, language);
    hint.rest = (rest.empty() ? "" : " ") + rest;
    return hint;
}

} // namespace berth
