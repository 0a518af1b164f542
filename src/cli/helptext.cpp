// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/helptext.h"

#include <algorithm>
#include <format>
#include <map>

#include <sys/ioctl.h>
#include <unistd.h>

namespace berth {
namespace {

// The commands that a newcomer meets first, in Docker's order.
constexpr std::string_view commonCommands[] = {"run", "exec", "ps", "images", "version", "info"};

std::string flagColumn(const Flag &flag)
{
    auto column = flag.shorthand ? std::format("  -{}, --{}", flag.shorthand, flag.name) : std::format("      --{}", flag.name);
    if (!flag.valueName.empty())
        column += std::format(" {}", flag.valueName);
    return column;
}

std::string flagDescription(const Flag &flag, Language language)
{
    const auto help = translated(flag.help, language);
    if (flag.fallback.empty())
        return std::string(help);
    const bool quoted = flag.kind == FlagKind::Text;
    return std::format(
        "{} ({} {}{}{})", help, translated("default", language), quoted ? "\"" : "", flag.fallback, quoted ? "\"" : "");
}

// Breaks at spaces; a line break in the text starts a new line.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width)
{
    const auto room = width > indent + 24 ? width - indent - 1 : 55;
    const std::string margin(indent, ' ');
    std::string result;
    while (true) {
        const auto lineEnd = std::min(text.find('\n'), text.size());
        auto end = lineEnd;
        if (const auto fitting = fittingText(text.substr(0, lineEnd), static_cast<int>(room)).size(); fitting < lineEnd) {
            end = text.rfind(' ', fitting);
            if (end == text.npos || end == 0)
                end = std::min(text.find(' '), lineEnd);
        }
        result += text.substr(0, end);
        if (end >= text.size())
            return result;
        text.remove_prefix(end + 1);
        result += "\n" + margin;
    }
}

std::string flagTable(std::span<const Flag> flags, std::size_t width, Language language)
{
    std::size_t indent = 0;
    for (const auto &flag : flags) {
        if (flag.use == FlagUse::Shown)
            indent = std::max(indent, flagColumn(flag).size() + 3);
    }
    std::string table;
    for (const auto &flag : flags) {
        if (flag.use != FlagUse::Shown)
            continue;
        const auto column = flagColumn(flag);
        table += std::format("{}{}{}\n", column, std::string(indent - column.size(), ' '),
            wrapped(flagDescription(flag, language), indent, width));
    }
    return table;
}

// "name   summary" lines, sorted by name.
std::string commandList(const std::map<std::string_view, std::string_view> &commands, Language language)
{
    std::size_t longest = 11; // at least, as Docker's
    for (const auto &[name, summary] : commands)
        longest = std::max(longest, name.size());
    std::string list;
    for (const auto &[name, summary] : commands)
        list += std::format("  {:<{}} {}\n", name, longest, translated(summary, language));
    return list;
}

std::string_view topLevelName(const Command &command)
{
    for (const auto path : command.paths) {
        if (!path.contains(' '))
            return path;
    }
    return {};
}

} // namespace

std::string commandHelp(const Command &command, std::string_view path, int width, Language language)
{
    const auto local = [language](std::string_view text) { return translated(text, language); };
    auto text = std::format(
        "{}  berth {} {}\n\n{}\n", local("Usage:"), path, translatedUsage(command.usage, language), local(command.summary));
    if (command.paths.size() > 1) {
        text += std::format("\n{}\n  ", local("Aliases:"));
        for (std::size_t i = 0; i < command.paths.size(); ++i)
            text += std::format("{}berth {}", i == 0 ? "" : ", ", command.paths[i]);
        text += "\n";
    }
    if (const auto table = flagTable(command.flags, static_cast<std::size_t>(width), language); !table.empty())
        text += std::format("\n{}\n{}", local("Options:"), table);
    if (!command.example.empty())
        text += std::format(
            "\n{}\n  {}\n", local(command.example.contains('\n') ? "Examples:" : "Example:"), wrapped(command.example, 2, 1000));
    return text;
}

std::string groupHelp(const CommandGroup &group, Language language)
{
    std::map<std::string_view, std::string_view> commands;
    for (const auto *command : allCommands()) {
        for (const auto path : command->paths) {
            if (!path.starts_with(group.name) || path.find(' ') != group.name.size())
                continue;
            commands[path.substr(group.name.size() + 1)] = command->summary;
            break;
        }
    }
    const auto local = [language](std::string_view text) { return translated(text, language); };
    const auto more = translated("Run 'berth {} COMMAND --help' for more information on a command.", language);
    return std::format("{}  berth {} {}\n\n{}\n\n{}\n{}\n{}\n", local("Usage:"), group.name, translatedUsage("COMMAND", language),
        local(group.summary), local("Commands:"), commandList(commands, language),
        std::vformat(more, std::make_format_args(group.name)));
}

std::string programHelp(Language language)
{
    std::map<std::string_view, std::string_view> others;
    for (const auto *command : allCommands()) {
        if (const auto name = topLevelName(*command); !name.empty())
            others[name] = command->summary;
    }
    const auto local = [language](std::string_view text) { return translated(text, language); };
    std::string common;
    for (const auto name : commonCommands) {
        common += std::format("  {:<11} {}\n", name, local(others[name]));
        others.erase(name);
    }
    std::map<std::string_view, std::string_view> groups;
    for (const auto &group : allGroups())
        groups[group.name] = group.summary;
    return std::format("{}  berth {}\n\n{}\n\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n"
                       "  -D, --debug              {}\n"
                       "  -l, --log-level string   {} (\"debug\", \"info\", \"warn\",\n"
                       "                           \"error\", \"fatal\") ({} \"info\")\n"
                       "  -v, --version            {}\n\n{}\n",
        local("Usage:"), translatedUsage("[OPTIONS] COMMAND", language),
        local("Run containers without a daemon; a window shows the same as this command"), local("Common Commands:"), common,
        local("Management Commands:"), commandList(groups, language), local("Commands:"), commandList(others, language),
        local("Global Options:"), local("Enable debug mode"), local("Set the logging level"), local("default"),
        local("Print version information and quit"), local("Run 'berth COMMAND --help' for more information on a command."));
}

int helpWidth()
{
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

} // namespace berth
