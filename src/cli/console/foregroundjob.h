// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <optional>
#include <string>
#include <vector>

#include <termios.h>

namespace berth {

// What became of a command that ran in the foreground.
struct JobEnd {
    int exitCode = 0;      // 128+n after a signal
    int signal = 0;        // that ended it
    bool isStopped = false; // by Ctrl-Z; it can be continued
};

// Runs berth itself as a child in a process group of its own that has the terminal, as a shell does.
//
// A child and not a call: every verb is written for a process of its own. It may put the terminal into
// raw mode, block signals, write until the reader has gone and leave by _exit from anywhere; Ctrl-C and
// Ctrl-Z must reach it and not the console; and its memory goes when it ends. The program is
// /proc/self/exe, so the same version answers even when the installed one has been replaced meanwhile.
class ForegroundJob {
public:
    // terminal: the descriptor of the controlling terminal. output: for standard output instead of ours.
    static Result<ForegroundJob> start(const std::vector<std::string> &words, int terminal, int output = -1);
    ForegroundJob(ForegroundJob &&other) noexcept;
    ForegroundJob &operator=(ForegroundJob &&) = delete;
    ~ForegroundJob(); // a stopped one is hung up, as a shell that ends does

    // Until it ends or stops; then the terminal is ours again, with the mode it had before.
    JobEnd wait();
    // Hands the terminal back to a stopped one and lets it go on; then wait() again.
    void resume();

    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    ForegroundJob(pid_t pid, int terminal, std::string text);

    pid_t m_pid;
    int m_terminal;
    std::string m_text;
    termios m_before{};                 // the console's mode
    std::optional<termios> m_stopped;   // the mode it had when it was stopped
};

} // namespace berth
