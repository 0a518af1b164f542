// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/helptext.h"
#include "cli/report.h"
#include "cli/suggest.h"

#include <algorithm>
#include <format>

namespace berth {
namespace {

// The options before the verb. Those that choose among daemons or contexts have no meaning here:
// the only context is the user's own engine.
constexpr Flag globals[] = {
    {"config", 0, FlagKind::Text, "string", "Location of client config files", "", FlagUse::Hidden},
    {"context", 'c', FlagKind::Text, "string", "Name of the context", "", FlagUse::Hidden},
    {"debug", 'D', FlagKind::Boolean, "", "Enable debug mode", ""},
    {"host", 'H', FlagKind::List, "list", "Daemon socket to connect to", "", FlagUse::Later},
    {"log-level", 'l', FlagKind::Text, "string", "Set the logging level", "info"},
    {"version", 'v', FlagKind::Boolean, "", "Print version information and quit", ""},
};

// The proper spelling of an alias: the first path below the same group.
std::string properPath(const Command &command, std::string_view typed)
{
    const auto space = typed.find(' ');
    if (space == typed.npos)
        return std::string(typed);
    for (const auto path : command.paths) {
        if (path.substr(0, path.find(' ')) == typed.substr(0, space) && path.contains(' '))
            return std::string(path);
    }
    return std::string(typed);
}

const Command *commandAt(std::string_view path)
{
    for (const auto *command : allCommands()) {
        if (std::ranges::find(command->paths, path) != command->paths.end())
            return command;
    }
    return nullptr;
}

int reportUnknownCommand(const CommandGroup *group, const std::string &word)
{
    const auto prefix = group ? std::string(group->name) + " " : std::string();
    std::vector<std::string_view> names;
    for (const auto *command : allCommands()) {
        for (auto path : command->paths) {
            if (path.starts_with(prefix) && !path.substr(prefix.size()).contains(' '))
                names.push_back(path.substr(prefix.size()));
        }
    }
    std::string text = std::format("berth: unknown command: berth {}{}\n", prefix, word);
    if (!group && std::ranges::contains(laterCommands(), word))
        text = std::format("berth: 'berth {}' is not supported yet\n", word);
    else if (const auto near = nearest(word, names); !near.empty())
        text += std::format("\nDid you mean 'berth {}{}'?\n", prefix, near);
    if (group)
        text += std::format("\nUsage:  berth {}\n", group->name);
    printError(std::format("{}\nRun 'berth {}--help' for more information\n", text, prefix));
    return exitFailure;
}

int reportArity(const Invocation &call)
{
    const auto [atLeast, atMost] = call.command.arity;
    const auto plural = [](int count) { return count == 1 ? "" : "s"; };
    std::string rule;
    if (atMost == 0)
        rule = "accepts no arguments";
    else if (atMost == atLeast)
        rule = std::format("requires {} argument{}", atLeast, plural(atLeast));
    else if (atLeast == 0 && call.arguments.size() > static_cast<std::size_t>(atMost))
        rule = std::format("requires at most {} argument{}", atMost, plural(atMost));
    else if (atMost > 0)
        rule = std::format("requires at least {} and at most {} argument{}", atLeast, atMost, plural(atMost));
    else
        rule = std::format("requires at least {} argument{}", atLeast, plural(atLeast));
    printError(std::format("berth: '{0}' {1}\n\nUsage:  {0} {2}\n\n{3} '{0} --help' for more information\n", call.program(), rule,
        call.command.usage, rule.contains("least") ? "See" : "Run"));
    return exitFailure;
}

bool fitsArity(const Invocation &call)
{
    const auto count = static_cast<int>(call.arguments.size());
    const auto [atLeast, atMost] = call.command.arity;
    return count >= atLeast && (atMost < 0 || count <= atMost);
}

// What is understood and not done yet is refused by name: doing half of it would be worse.
int refuseLaterFlags(const Invocation &call)
{
    for (const auto &flag : call.command.flags) {
        if (flag.use == FlagUse::Later && call.flags.isSet(flag.name)) {
            return reportWithHint(call, std::format("the flag {} is not supported yet", flagLabel(flag)), exitEngine);
        }
    }
    return 0;
}

int runCommand(const Found &found, std::span<const std::string> words)
{
    const auto &command = *found.command;
    auto parsed = parseLine(command.flags, words, command.stopsAtArgument);
    Invocation call{command, found.path, FlagValues(command.flags), {}};
    if (!parsed)
        return reportUsageError(call, parsed.error().detail);
    if (parsed->wantsHelp) {
        printOut("\n" + commandHelp(command, found.path, helpWidth(), callerLanguage()));
        return 0;
    }
    call.flags = std::move(parsed->flags);
    call.arguments = std::move(parsed->arguments);
    if (!fitsArity(call))
        return reportArity(call);
    if (const int refused = refuseLaterFlags(call); refused != 0)
        return refused;
    return command.run(call);
}

} // namespace

std::span<const Flag> globalFlags() { return globals; }

Found findCommand(std::span<const std::string> words)
{
    if (words.empty())
        return {};
    const auto group = std::ranges::find(allGroups(), words[0], &CommandGroup::name);
    if (group == allGroups().end()) {
        const auto *command = commandAt(words[0]);
        return command && !words[0].contains(' ') ? Found{command, nullptr, words[0], 1} : Found{};
    }
    if (words.size() > 1) {
        const auto typed = words[0] + " " + words[1];
        if (const auto *command = commandAt(typed))
            return {command, nullptr, properPath(*command, typed), 2};
    }
    return {nullptr, &*group, words[0], 1};
}

int runCommandLine(std::span<const std::string> words)
{
    const auto line = parseLine(globals, words, true);
    if (!line) {
        printError(std::format("{}\n\nUsage:  berth [OPTIONS] COMMAND [ARG...]\n\n"
                               "Run 'berth --help' for more information\n",
            line.error().detail));
        return exitEngine;
    }
    if (line->flags.boolean("version")) {
        printOut("Berth version " BERTH_VERSION "\n");
        return 0;
    }
    const auto &rest = line->arguments;
    if (line->wantsHelp || rest.empty() || (rest.size() == 1 && rest[0] == "help")) {
        printOut(programHelp(callerLanguage()));
        return 0;
    }
    if (line->flags.isSet("host")) {
        printError("berth: -H chooses a daemon, and Berth has none: it works in this user's account\n");
        return exitFailure;
    }
    if (const auto context = line->flags.text("context"); !context.empty() && context != "default") {
        printError(std::format("berth: context \"{}\" not found: the only context is \"default\"\n", context));
        return exitFailure;
    }
    if (rest[0] == "help") {
        std::vector<std::string> asked(rest.begin() + 1, rest.end());
        asked.emplace_back("--help");
        return runCommandLine(asked);
    }
    const auto found = findCommand(rest);
    if (found.command)
        return runCommand(found, std::span(rest).subspan(found.words));
    if (!found.group)
        return reportUnknownCommand(nullptr, rest[0]);
    const bool isAsked = rest.size() > 1 && (rest[1] == "--help" || rest[1] == "-h");
    if (const auto help = "\n" + groupHelp(*found.group, callerLanguage()); isAsked) {
        printOut(help);
        return 0;
    } else if (rest.size() == 1) { // nothing was asked for: it is a remark
        printError(help);
        return 0;
    }
    return reportUnknownCommand(found.group, rest[1]);
}

} // namespace berth
