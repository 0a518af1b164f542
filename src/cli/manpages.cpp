// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the man pages from the command table into an empty folder, while Berth is built: manpages FOLDER.
#include "cli/command.h"
#include "cli/language.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <format>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace berth;

// Of the last change to how these pages are made: a date of the build would make each build differ.
constexpr auto pageDate = "2026-11-24";

// Text as roff reads it back: no line may begin with a control character, and "-" is a minus.
// Source: groff_char(7), man(7).
std::string roff(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        const bool startsLine = i == 0 || text[i - 1] == '\n';
        if (letter == '\\')
            result += "\\e";
        else if (letter == '-')
            result += "\\-";
        else if (startsLine && (letter == '.' || letter == '\''))
            result += std::string("\\&") + letter;
        else if (letter == '\'')
            result += "\\(aq";
        else
            result += letter;
    }
    return result;
}

// "container ls" is the page berth-container-ls.
std::string pageName(std::string_view path)
{
    auto name = "berth-" + std::string(path);
    std::ranges::replace(name, ' ', '-');
    return name;
}

// A command has its page under its short name, and pages that lead there under the others.
std::string_view mainPath(const Command &command)
{
    for (const auto path : command.paths) {
        if (!path.contains(' '))
            return path;
    }
    return command.paths.front();
}

std::string upper(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

std::string header(const std::string &name, std::string_view summary)
{
    return std::format(".\\\" Made from Berth's command table; change that.\n.TH {} 1 \"{}\" \"Berth {}\" \"Berth\"\n"
                       ".SH NAME\n{} \\- {}\n.SH SYNOPSIS\n",
        upper(roff(name)), pageDate, BERTH_VERSION, roff(name), roff(summary));
}

// Lines of a text that stay lines.
std::string paragraphs(std::string_view text)
{
    auto result = roff(text);
    for (auto at = result.find('\n'); at != std::string::npos; at = result.find('\n', at + 5))
        result.replace(at, 1, "\n.br\n");
    return result;
}

std::string flagSection(std::span<const Flag> flags)
{
    std::string text;
    for (const auto &flag : flags) {
        if (flag.use != FlagUse::Shown)
            continue;
        text += ".TP\n";
        if (flag.shorthand != 0)
            text += std::format("\\fB\\-{}\\fP, ", flag.shorthand);
        text += std::format("\\fB\\-\\-{}\\fP", roff(flag.name));
        if (!flag.valueName.empty())
            text += std::format(" \\fI{}\\fP", roff(flag.valueName));
        text += "\n" + paragraphs(flag.help);
        if (!flag.fallback.empty())
            text += std::format(" (default {})", roff(flag.fallback));
        text += "\n";
    }
    return text.empty() ? text : ".SH OPTIONS\n" + text;
}

std::string commandPage(const Command &command)
{
    const auto path = mainPath(command);
    auto text = header(pageName(path), command.summary);
    std::string_view usage = command.usage;
    while (true) {
        const auto line = usage.substr(0, usage.find('\n'));
        // Further lines of a usage name the program themselves.
        const bool isFirst = line.data() == command.usage.data();
        const auto begin = std::min(line.find_first_not_of(" \t"), line.size());
        text += isFirst ? std::format("\\fBberth {}\\fP {}\n", roff(path), roff(line))
                        : ".br\n" + roff(line.substr(begin)) + "\n";
        if (line.size() == usage.size())
            break;
        usage.remove_prefix(line.size() + 1);
    }
    text += std::format(".SH DESCRIPTION\n{}.\n", roff(command.summary));
    if (command.paths.size() > 1) {
        text += ".PP\nOther names:\n";
        std::string others;
        for (const auto other : command.paths) {
            if (other != path)
                others += std::format("{}\\fBberth {}\\fP", others.empty() ? "" : ", ", roff(other));
        }
        text += others + ".\n";
    }
    text += flagSection(command.flags);
    if (!command.example.empty())
        text += std::format(".SH EXAMPLES\n.nf\n{}\n.fi\n", roff(command.example));
    return text + ".SH SEE ALSO\n.BR berth (1)\n";
}

std::string listSection(const std::map<std::string, std::string_view> &pages)
{
    std::string text;
    for (const auto &[path, summary] : pages)
        text += std::format(".TP\n.BR {} (1)\n{}\n", roff(pageName(path)), roff(summary));
    return text;
}

std::string groupPage(const CommandGroup &group)
{
    std::map<std::string, std::string_view> pages;
    for (const auto *command : allCommands()) {
        const auto prefix = std::string(group.name) + " ";
        const auto first = std::ranges::find_if(command->paths, [&](std::string_view path) { return path.starts_with(prefix); });
        if (first != command->paths.end())
            pages.emplace(*first, command->summary);
    }
    return header(pageName(group.name), group.summary) + std::format("\\fBberth {}\\fP COMMAND\n", roff(group.name))
        + std::format(".SH DESCRIPTION\n{}.\n.SH COMMANDS\n", roff(group.summary)) + listSection(pages)
        + ".SH SEE ALSO\n.BR berth (1)\n";
}

std::string programPage()
{
    std::map<std::string, std::string_view> pages;
    for (const auto *command : allCommands())
        pages.emplace(mainPath(*command), command->summary);
    for (const auto &group : allGroups())
        pages.emplace(group.name, group.summary);
    return header("berth", "run containers without a daemon")
        + "\\fBberth\\fP [OPTIONS] COMMAND [ARG...]\n.br\n\\fBberth\\fP\n.SH DESCRIPTION\n"
          "Berth runs containers as processes of the caller. There is no daemon; a window, berth\\-desktop, shows the\n"
          "same as this command. Commands, options, output and exit codes are those of docker.\n.PP\n"
          "Without a command and on a terminal, berth is a prompt that completes and explains what is typed; \\fBhelp\\fP\n"
          "says more there.\n"
        + flagSection(globalFlags()) + ".SH COMMANDS\n" + listSection(pages)
        + ".SH EXIT STATUS\n.TP\n125\nBerth itself failed, or an option is wrong.\n.TP\n126\nThe program in the container "
          "cannot be executed.\n.TP\n127\nThere is no such program in the container.\n.PP\nOtherwise what the program in the "
          "container said, and 1 when a command failed.\n"
          ".SH FILES\n.TP\n\\fI$XDG_DATA_HOME/berth\\fP\nImages, containers and volumes (default "
          "\\fI\\(ti/.local/share/berth\\fP).\n"
          ".TP\n\\fI$XDG_STATE_HOME/berth/history\\fP\nThe lines of the prompt (default "
          "\\fI\\(ti/.local/state/berth/history\\fP).\n"
          ".SH ENVIRONMENT\n.TP\nLC_ALL, LC_MESSAGES, LANG\nKorean hints and help when the first that is set begins with "
          "\"ko\".\n"
          ".TP\nNO_COLOR\nWhen set, the prompt shows no hints.\n";
}

bool write(const std::string &folder, const std::string &name, const std::string &text)
{
    std::ofstream file(folder + "/" + name + ".1", std::ios::trunc);
    file << text;
    file.close();
    if (!file)
        std::fprintf(stderr, "manpages: cannot write %s/%s.1\n", folder.c_str(), name.c_str());
    return !file.fail();
}

bool link(const std::string &folder, const std::string &name, const std::string &target)
{
    std::error_code error;
    std::filesystem::create_symlink(target + ".1", folder + "/" + name + ".1", error);
    if (error)
        std::fprintf(stderr, "manpages: cannot make %s/%s.1: %s\n", folder.c_str(), name.c_str(), error.message().c_str());
    return !error;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("usage: manpages FOLDER\n", stderr);
        return 2;
    }
    const std::string folder = argv[1];
    bool isWritten = write(folder, "berth", programPage());
    for (const auto &group : allGroups())
        isWritten = write(folder, pageName(group.name), groupPage(group)) && isWritten;
    for (const auto *command : allCommands()) {
        const auto path = mainPath(*command);
        isWritten = write(folder, pageName(path), commandPage(*command)) && isWritten;
        for (const auto other : command->paths) {
            if (other != path)
                isWritten = link(folder, pageName(other), pageName(path)) && isWritten;
        }
    }
    return isWritten ? 0 : 1;
}
