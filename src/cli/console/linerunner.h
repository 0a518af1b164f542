// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/completion/complete.h"
#include "cli/console/consoleline.h"
#include "cli/console/foregroundjob.h"

namespace berth {

// Words that only the console knows, with what they do; sorted.
std::span<const Candidate> consoleWords();

// Carries out the lines of the console.
class LineRunner {
public:
    LineRunner(int terminal, NameSource &names, Language language) : m_terminal(terminal), m_names(names), m_language(language) {}

    void run(std::string_view line);

    [[nodiscard]] int exitCode() const { return m_exitCode; }        // of the last command
    [[nodiscard]] bool isLeaving() const { return m_isLeaving; }     // exit or quit was said
    [[nodiscard]] bool wasInterrupted() const { return m_wasInterrupted; } // by Ctrl-C, in the last line

private:
    static constexpr int deepestCommand = 8; // $( inside $(; a person nests two

    int runCommand(const std::vector<std::string> &words);
    int runProgram(const std::vector<std::string> &words);
    int finish(ForegroundJob job);
    int help(const std::vector<std::string> &words);
    int continueStopped();
    Result<std::string> outputOf(const std::string &line, int depth);
    void explainFailure(const std::vector<std::string> &words);
    [[nodiscard]] std::string_view local(std::string_view english) const { return translated(english, m_language); }

    int m_terminal;
    NameSource &m_names;
    Language m_language;
    int m_exitCode = 0;
    bool m_isLeaving = false;
    bool m_wasInterrupted = false;
    std::vector<ForegroundJob> m_stopped; // by Ctrl-Z, the last one at the end
};

} // namespace berth
