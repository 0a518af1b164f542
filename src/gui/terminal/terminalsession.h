// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>

class KPtyProcess;

namespace berth {

// A program on a pseudo terminal. Bytes pass unchanged in both directions.
//
// Flow control: output is read only as fast as `received` takes it, for a few milliseconds at a
// time, so that a flood leaves the event loop free; the rest waits in the kernel's buffer, and a
// program that prints faster than it can be shown is held by its write.
class TerminalSession final : public QObject {
    Q_OBJECT
public:
    explicit TerminalSession(QObject *parent = nullptr);
    // Hangs up on a program that still runs.
    ~TerminalSession() override;

    // program[0] is an absolute path or a name to find in PATH. NotFound and NotExecutable when it is
    // not a file that may be executed; nothing else is started in its place.
    Result<> start(const QStringList &program, int rows, int columns);
    bool isRunning() const;
    // The program is a prompt that has started another one, and waits for it.
    bool isBusy() const;
    void resize(int rows, int columns);
    void send(const QByteArray &bytes);

Q_SIGNALS:
    void received(const QByteArray &bytes);
    // 0–255; 128 + n when signal n ended the program. All output was received before.
    void finished(int exitCode);

private:
    void relay();
    void drain();
    void end(int exitCode);
    void hangUp();

    KPtyProcess *m_process = nullptr;
};

} // namespace berth
