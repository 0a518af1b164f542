// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/console.h"

#include "cli/completion/storenames.h"
#include "cli/console/history.h"
#include "cli/console/lineeditor.h"
#include "cli/console/linerunner.h"
#include "cli/report.h"

#include <csignal>
#include <cstdlib>
#include <format>
#include <optional>

#include <unistd.h>

namespace berth {
namespace {

constexpr auto continuationPrompt = "     > ";

// Waits until the shell that started us gives us the terminal: reading it from the background stops us.
bool isInForeground()
{
    constexpr int mostTries = 16; // an orphan is not stopped, and would try for ever
    for (int i = 0; i < mostTries; ++i) {
        const auto group = ::tcgetpgrp(STDIN_FILENO);
        if (group < 0 || group == ::getpgrp())
            return true;
        ::kill(0, SIGTTIN);
    }
    return false;
}

bool usesColor()
{
    const char *noColor = std::getenv("NO_COLOR");
    const char *terminal = std::getenv("TERM");
    return !(noColor && *noColor) && terminal && std::string_view(terminal) != "dumb";
}

std::string greyText(std::string_view text)
{
    return usesColor() ? std::format("\001\033[90m\002{}\001\033[0m\002", text) : std::string(text);
}

std::string promptAfter(int exitCode) { return (exitCode == 0 ? "" : greyText(std::format("[{}]", exitCode)) + " ") + "berth> "; }

bool isBlank(std::string_view line) { return line.find_first_not_of(" \t\n") == line.npos; }

// A command that was typed over several lines is one line to the history, where that changes nothing.
std::string historyLine(const std::string &line)
{
    auto joined = line;
    for (auto at = joined.find("\\\n"); at != std::string::npos; at = joined.find("\\\n", at))
        joined.erase(at, 2);
    const auto texts = [](const std::string &text) {
        QStringList list;
        for (const auto &token : readShellLine(QString::fromStdString(text), ShellGrammar::Commands).tokens)
            list += token.text();
        return list;
    };
    return texts(joined) == texts(line) ? joined : line;
}

class Console {
public:
    Console(SignalWatch signals, Language language)
        : m_language(language), m_editor(std::move(signals), m_names, language), m_runner(STDIN_FILENO, m_names, language),
          m_history(History::open())
    {
        const auto lines = m_history ? m_history->lines() : std::unexpected(m_history.error());
        if (!lines)
            sayOnce(lines.error());
        for (const auto &line : lines.value_or(std::vector<std::string>()))
            LineEditor::remember(line);
    }

    void run()
    {
        while (!m_runner.isLeaving()) {
            const auto line = readCommand();
            if (!line)
                return;
            if (isBlank(*line))
                continue;
            keep(*line);
            m_runner.run(*line);
            m_exitCode = m_runner.exitCode();
            if (m_runner.wasInterrupted())
                m_editor.dropPaste();
        }
    }

private:
    // A whole command, over as many lines as it takes; empty when it was given up; nothing at the end.
    std::optional<std::string> readCommand()
    {
        auto input = m_editor.read(promptAfter(m_exitCode));
        std::string line = input.line;
        while (input.event == LineEditor::Event::Line && isContinued(line)) {
            input = m_editor.read(continuationPrompt);
            line += "\n" + input.line;
        }
        switch (input.event) {
        case LineEditor::Event::Line: return line;
        case LineEditor::Event::Interrupted:
            m_editor.dropPaste();
            m_exitCode = exitSignalBase + SIGINT;
            return std::string();
        case LineEditor::Event::End: break;
        }
        printOut("\n");
        return std::nullopt;
    }

    void keep(const std::string &line)
    {
        const auto kept = historyLine(line);
        // A space before it keeps a line out, as in bash.
        if (kept == m_lastKept || kept.starts_with(' '))
            return;
        m_lastKept = kept;
        LineEditor::remember(kept);
        if (const auto added = m_history ? m_history->add(kept) : Result<>(); !added)
            sayOnce(added.error());
    }

    void sayOnce(const Error &error)
    {
        if (std::exchange(m_hasComplained, true))
            return;
        printError(std::format("berth: {}\n",
            std::vformat(translated("the history cannot be kept: {}", m_language), std::make_format_args(error.detail))));
    }

    Language m_language;
    StoreNames m_names;
    LineEditor m_editor;
    LineRunner m_runner;
    Result<History> m_history;
    std::string m_lastKept;
    bool m_hasComplained = false;
    int m_exitCode = 0;
};

} // namespace

int runConsole()
{
    if (!isInForeground())
        return exitFailure;
    // As every shell: what the terminal sends for job control is for the command that runs.
    for (const int signal : {SIGTSTP, SIGTTIN, SIGTTOU})
        std::signal(signal, SIG_IGN);
    auto signals = SignalWatch::open();
    if (!signals)
        return reportPlainError(signals.error());
    const auto language = callerLanguage();
    const std::string_view version = BERTH_VERSION;
    const auto welcome = std::vformat(
        translated("Berth {}. Tab completes, help explains, Ctrl-D leaves.", language), std::make_format_args(version));
    printOut(usesColor() ? std::format("\033[90m{}\033[0m\n", welcome) : welcome + "\n");
    Console(std::move(*signals), language).run();
    return 0;
}

} // namespace berth
