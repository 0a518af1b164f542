// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/report.h"
#include "core/progress.h"

#include <QString>

#include <chrono>
#include <mutex>

namespace berth {

// Draws the progress of one operation on the terminal that standard error is, in one line that is
// redrawn ten times a second at most. While it lives SIGINT, SIGTERM and SIGHUP ask the operation to
// stop instead of ending the program; a second one ends it.
class ProgressLine final : public Progress {
public:
    // action is the first word of the line.
    explicit ProgressLine(bool isQuiet, QString action = QStringLiteral("Loading"));
    ~ProgressLine() override;

    void report(qint64 done, qint64 total) override;
    [[nodiscard]] bool isCancelled() const override;

    void clear(); // takes the line off the screen
    // The exit code of an operation that failed with the error, which say() tells; of one that a signal stopped it is
    // 128 and the signal's number, and nothing is said.
    int failed(const Error &error, int (*say)(const Error &error) = reportError) const;

private:
    using Clock = std::chrono::steady_clock;
    bool m_isShown;
    QString m_action;
    bool m_hasLine = false;
    std::mutex m_mutex; // report() comes from several threads
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_last;
};

} // namespace berth
