// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "operations/containerlogs.h"

#include <QObject>
#include <QSemaphore>

#include <memory>
#include <thread>

namespace berth {

// Reads one container's log on a thread of its own and goes on as it grows. Sleeps in poll() while
// there is nothing; never more than a few batches are on their way, so a flood waits in the file
// and not in memory.
class LogFollower final : public QObject {
    Q_OBJECT
public:
    LogFollower(EnginePaths paths, QString containerId, qint64 tail, QObject *parent = nullptr);
    ~LogFollower() override; // wakes and joins the thread

    // After the signals are connected, or the first of them would be lost.
    void start();

    // The receiver of entriesRead() calls this when it has dealt with them.
    void taken() { m_room.release(); }

Q_SIGNALS:
    void entriesRead(const QList<berth::LogEntry> &entries);
    void failed(const berth::Error &error);

private:
    void follow(const std::stop_token &stop);
    bool deliver(LogReader &reader, const std::stop_token &stop);

    static constexpr int batchEntries = 500;
    static constexpr int batchesUnderWay = 3;

    EnginePaths m_paths;
    QString m_containerId;
    qint64 m_tail;
    UniqueFd m_wake; // eventfd
    QSemaphore m_room{batchesUnderWay};
    std::jthread m_thread;
};

} // namespace berth
