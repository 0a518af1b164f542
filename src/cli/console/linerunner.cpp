// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/linerunner.h"

#include "base/io.h"
#include "cli/console/nearestname.h"
#include "cli/helptext.h"
#include "cli/report.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <format>

#include <fcntl.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::string_view clearScreen = "\033[H\033[2J\033[3J";
// What a command may print to become words: a hundred thousand ids.
constexpr std::size_t largestOutput = 2 * 1024 * 1024;

bool isProgramOnPath(const std::string &name)
{
    const char *path = std::getenv("PATH");
    std::string_view rest = path ? path : "";
    while (!rest.empty()) {
        const auto end = std::min(rest.find(':'), rest.size());
        if (::access((std::string(rest.substr(0, end)) + "/" + name).c_str(), X_OK) == 0)
            return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

} // namespace

std::span<const Candidate> consoleWords()
{
    static const Candidate words[] = {
        {"clear", "Clear the screen"},
        {"exit", "Leave this prompt"},
        {"fg", "Continue the command that Ctrl-Z stopped"},
        {"quit", "Leave this prompt"},
    };
    return words;
}

void LineRunner::run(std::string_view line)
{
    m_wasInterrupted = false;
    const auto commands = parseConsoleLine(line, m_language);
    if (!commands) {
        printError(std::format("berth: {}\n", commands.error().detail));
        m_exitCode = exitFailure;
        return;
    }
    for (const auto &command : *commands) {
        if (m_wasInterrupted || m_isLeaving)
            return;
        if ((command.joint == Joint::IfWorked && m_exitCode != 0) || (command.joint == Joint::IfFailed && m_exitCode == 0))
            continue;
        const auto words = expandWords(
            command.words, m_exitCode, [this](const std::string &inner) { return outputOf(inner, 1); }, m_language);
        if (words) {
            m_exitCode = runCommand(*words);
        } else if (words.error().code != ErrorCode::Cancelled) { // what was cancelled has said why
            printError(std::format("berth: {}\n", words.error().detail));
            m_exitCode = exitFailure;
        }
        if (!words)
            return;
    }
}

int LineRunner::runCommand(const std::vector<std::string> &words)
{
    if (words.empty())
        return m_exitCode;
    const auto &verb = words[0];
    if (verb == "exit" || verb == "quit")
        m_isLeaving = true;
    else if (verb == "clear")
        printOut(clearScreen);
    else if (verb == "fg")
        return continueStopped();
    else if (verb == "help")
        return help(words);
    else
        return runProgram(words);
    return 0;
}

int LineRunner::runProgram(const std::vector<std::string> &words)
{
    auto job = ForegroundJob::start(words, m_terminal);
    if (!job)
        return reportPlainError(job.error());
    const int exitCode = finish(std::move(*job));
    if (exitCode != 0 && !m_wasInterrupted)
        explainFailure(words);
    return exitCode;
}

int LineRunner::finish(ForegroundJob job)
{
    const auto end = job.wait();
    m_wasInterrupted = end.signal == SIGINT || end.exitCode == exitSignalBase + SIGINT;
    if (end.signal == SIGINT)
        printOut("\n"); // after the terminal's ^C
    if (end.isStopped) {
        const auto &text = job.text();
        printOut("\n" + std::vformat(local("Stopped: {}. 'fg' continues it."), std::make_format_args(text)) + "\n");
        m_stopped.push_back(std::move(job));
        m_wasInterrupted = true; // what was pasted after it was not meant for now
    }
    return end.exitCode;
}

int LineRunner::continueStopped()
{
    if (m_stopped.empty()) {
        printError(std::format("berth: {}\n", local("nothing is stopped that could continue")));
        return exitFailure;
    }
    auto job = std::move(m_stopped.back());
    m_stopped.pop_back();
    printOut(job.text() + "\n");
    job.resume();
    return finish(std::move(job));
}

int LineRunner::help(const std::vector<std::string> &words)
{
    if (words.size() > 1) {
        const auto own = std::ranges::find(consoleWords(), words[1], &Candidate::text);
        if (own == consoleWords().end())
            return runProgram(words);
        printOut(std::format("{}\n", local(own->description)));
        return 0;
    }
    std::string text = programHelp(m_language) + std::format("\n{}\n", local("At this prompt:"));
    for (const auto *line :
        {"Tab            complete commands, options and names; twice: list them", "Right, End     accept the grey rest of a word",
            "Up, Ctrl-R     earlier lines; search them", "Ctrl-C         drop the line, or interrupt the running command",
            "Ctrl-D, exit   leave", "clear, fg      clear the screen; continue what Ctrl-Z stopped",
            "help COMMAND   explain one command, with an example"})
        text += std::format("  {}\n", local(line));
    text += std::format("\n{}\n",
        local("Lines of notes can be pasted as they are: 'docker' or 'berth', '$' and comments are understood, and $(ps -aq) "
              "too."));
    printOut(text);
    return 0;
}

Result<std::string> LineRunner::outputOf(const std::string &line, int depth)
{
    if (depth > deepestCommand) {
        return fail(ErrorCode::InvalidArgument,
            std::vformat(local("commands inside commands go {} deep at most"), std::make_format_args(deepestCommand)));
    }
    const auto commands = parseConsoleLine(line, m_language);
    if (!commands)
        return std::unexpected(commands.error());
    std::string output;
    for (const auto &command : *commands) {
        const auto words = expandWords(
            command.words, m_exitCode, [&](const std::string &inner) { return outputOf(inner, depth + 1); }, m_language);
        if (!words)
            return std::unexpected(words.error());
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return failErrno("cannot make a pipe");
        UniqueFd from(ends[0]);
        UniqueFd to(ends[1]);
        auto job = ForegroundJob::start(*words, m_terminal, to.get());
        if (!job)
            return std::unexpected(job.error());
        to.reset();
        auto printed = readAll(from.get(), largestOutput);
        from.reset(); // who prints more than we take must not wait for us
        m_exitCode = finish(std::move(*job));
        if (m_exitCode != 0 && !printed)
            return printed;
        if (m_exitCode != 0)
            return fail(ErrorCode::Cancelled, "the command inside $( ) failed");
        if (!printed)
            return printed;
        output += *printed;
    }
    return output;
}

void LineRunner::explainFailure(const std::vector<std::string> &words)
{
    auto text = nearestName(words, m_names, m_language);
    const auto &verb = words[0];
    const bool isKnown = findCommand(words).command || findCommand(words).group || std::ranges::contains(laterCommands(), verb);
    if (!isKnown && !verb.starts_with('-') && isProgramOnPath(verb)) {
        text = std::vformat(
            local("this prompt runs berth commands only, and '{}' is none; other programs need a shell (Ctrl-D leaves)"),
            std::make_format_args(verb));
    }
    if (!text.empty())
        printError(text + "\n");
}

} // namespace berth
