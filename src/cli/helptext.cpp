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

std::string flagDescription(const Flag &flag)
{
    if (flag.fallback.empty())
        return std::string(flag.help);
    const bool quoted = flag.kind == FlagKind::Text;
    return std::format("{} (default {}{}{})", flag.help, quoted ? "\"" : "", flag.fallback, quoted ? "\"" : "");
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
        if (end > room) {
            end = text.rfind(' ', room);
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

std::string flagTable(std::span<const Flag> flags, std::size_t width)
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
        table += std::format(
            "{}{}{}\n", column, std::string(indent - column.size(), ' '), wrapped(flagDescription(flag), indent, width));
    }
    return table;
}

// "name   summary" lines, sorted by name.
std::string commandList(const std::map<std::string_view, std::string_view> &commands)
{
    std::size_t longest = 0;
    for (const auto &[name, summary] : commands)
        longest = std::max(longest, name.size());
    std::string list;
    for (const auto &[name, summary] : commands)
        list += std::format("  {:<{}} {}\n", name, longest + 2, summary);
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

std::string commandHelp(const Command &command, std::string_view path, int width)
{
    auto text = std::format("Usage:  berth {} {}\n\n{}\n", path, command.usage, command.summary);
    if (command.paths.size() > 1) {
        text += "\nAliases:\n  ";
        for (std::size_t i = 0; i < command.paths.size(); ++i)
            text += std::format("{}berth {}", i == 0 ? "" : ", ", command.paths[i]);
        text += "\n";
    }
    if (const auto table = flagTable(command.flags, static_cast<std::size_t>(width)); !table.empty())
        text += "\nOptions:\n" + table;
    if (!command.example.empty())
        text += std::format("\nExample:\n  {}\n", wrapped(command.example, 2, 1000));
    return text;
}

std::string groupHelp(const CommandGroup &group)
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
    return std::format("Usage:  berth {0} COMMAND\n\n{1}\n\nCommands:\n{2}\n"
                       "Run 'berth {0} COMMAND --help' for more information on a command.\n",
        group.name, group.summary, commandList(commands));
}

std::string programHelp()
{
    std::map<std::string_view, std::string_view> others;
    for (const auto *command : allCommands()) {
        if (const auto name = topLevelName(*command); !name.empty())
            others[name] = command->summary;
    }
    std::string common;
    for (const auto name : commonCommands) {
        common += std::format("  {:<11} {}\n", name, others[name]);
        others.erase(name);
    }
    std::map<std::string_view, std::string_view> groups;
    for (const auto &group : allGroups())
        groups[group.name] = group.summary;
    return std::format("Usage:  berth [OPTIONS] COMMAND\n\n"
                       "Run containers without a daemon; a window shows the same as this command\n\n"
                       "Common Commands:\n{}\nManagement Commands:\n{}\nCommands:\n{}\n"
                       "Global Options:\n"
                       "  -D, --debug              Enable debug mode\n"
                       "  -l, --log-level string   Set the logging level (\"debug\", \"info\", \"warn\",\n"
                       "                           \"error\", \"fatal\") (default \"info\")\n"
                       "  -v, --version            Print version information and quit\n\n"
                       "Run 'berth COMMAND --help' for more information on a command.\n",
        common, commandList(groups), commandList(others));
}

int helpWidth()
{
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

} // namespace berth
