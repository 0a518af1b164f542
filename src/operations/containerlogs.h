// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "store/store.h"

#include <QByteArray>
#include <QDateTime>

namespace berth {

struct LogEntry {
    enum class Stream { Stdout, Stderr };
    Stream stream = Stream::Stdout;
    QDateTime time;             // milliseconds; the exact text is timeText
    QByteArray timeText;        // RFC 3339 with nanoseconds
    QByteArray text;            // with its newline, if it had one
};

// Reads a container's log files, oldest first, then follows the newest. Not a thread: readMore()
// returns what is there now, and changeFd() becomes readable (inotify) when there may be more.
class LogReader {
public:
    struct Options {
        qint64 tail = -1;       // last n lines; -1: all
        QDateTime since, until; // invalid: no bound
    };
    static Result<LogReader> open(Store &store, const QString &nameOrId, const Options &options);
    LogReader(LogReader &&) noexcept;
    LogReader &operator=(LogReader &&) noexcept;
    ~LogReader();

    // At most max entries; an empty list: nothing more for now.
    Result<QList<LogEntry>> readMore(int max = 1000);
    [[nodiscard]] int changeFd() const;

private:
    struct Private;
    explicit LogReader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace berth
