// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalsession.h"

#include <KPtyDevice>
#include <KPtyProcess>

#include <QElapsedTimer>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTimer>

#include <chrono>
#include <csignal>
#include <utility>

#include <termios.h>
#include <unistd.h>

namespace berth {

namespace {

// Time for parsing in one turn of the event loop.
constexpr std::chrono::milliseconds turn(4);
// What a pty can still hold after its program ended is far less (64 KiB on Linux).
constexpr qsizetype maxDrained = 1024 * 1024;
constexpr std::chrono::seconds patience(3);

Result<QString> findProgram(const QString &name)
{
    if (name.isEmpty())
        return fail(ErrorCode::InvalidArgument, "cannot start a terminal without a program");
    QString path = name.contains(QLatin1Char('/')) ? name : QStandardPaths::findExecutable(name);
    const QFileInfo file(path);
    const std::string what = "cannot start '" + name.toStdString() + "': ";
    if (path.isEmpty() || !file.exists())
        return fail(ErrorCode::NotFound, what + "no such program");
    if (!file.isFile() || !file.isExecutable())
        return fail(ErrorCode::NotExecutable, what + "not an executable file");
    return path;
}

// Lets the kernel erase a whole character, not one of its bytes, when a program reads by lines.
void setUtf8(KPtyDevice &pty)
{
    termios attributes;
    if (!pty.tcGetAttr(&attributes))
        return;
    attributes.c_iflag |= IUTF8;
    pty.tcSetAttr(&attributes);
}

} // namespace

TerminalSession::TerminalSession(QObject *parent) : QObject(parent) {}

TerminalSession::~TerminalSession() { hangUp(); }

Result<> TerminalSession::start(const QStringList &program, int rows, int columns)
{
    const auto path = findProgram(program.value(0));
    if (!path)
        return std::unexpected(path.error());
    hangUp();
    m_process = new KPtyProcess(this);
    if (m_process->pty()->masterFd() < 0)
        return fail(ErrorCode::Unavailable, "cannot open a pseudo terminal");
    m_process->setProgram(*path, program.mid(1));
    m_process->setPtyChannels(KPtyProcess::AllChannels);
    m_process->setEnv(QStringLiteral("TERM"), QStringLiteral("xterm-256color"));
    m_process->setEnv(QStringLiteral("COLORTERM"), QStringLiteral("truecolor"));
    setUtf8(*m_process->pty());
    m_process->pty()->setWinSize(rows, columns);
    connect(m_process->pty(), &KPtyDevice::readyRead, this, &TerminalSession::relay);
    connect(m_process, &QProcess::finished, this,
        [this](int code, QProcess::ExitStatus status) { end(status == QProcess::CrashExit ? 128 + code : code); });
    m_process->start();
    if (m_process->waitForStarted())
        return {};
    return fail(ErrorCode::Unavailable, "cannot start '" + path->toStdString() + "': " + m_process->errorString().toStdString());
}

bool TerminalSession::isRunning() const { return m_process && m_process->state() != QProcess::NotRunning; }

// Who may read from the terminal now. Source: tcgetpgrp(3); Linux answers on the master as well.
bool TerminalSession::isBusy() const
{
    return isRunning() && ::tcgetpgrp(m_process->pty()->masterFd()) != static_cast<pid_t>(m_process->processId());
}

void TerminalSession::resize(int rows, int columns)
{
    if (isRunning())
        m_process->pty()->setWinSize(rows, columns);
}

void TerminalSession::send(const QByteArray &bytes)
{
    if (isRunning())
        m_process->pty()->write(bytes);
}

void TerminalSession::relay()
{
    KPtyDevice *pty = m_process->pty();
    QElapsedTimer timer;
    timer.start();
    // KPtyDevice does not emit readyRead again while it is in this function.
    do {
        Q_EMIT received(pty->readAll());
    } while (timer.durationElapsed() < turn && pty->waitForReadyRead(0));
}

void TerminalSession::drain()
{
    KPtyDevice *pty = m_process->pty();
    qsizetype drained = 0;
    while (drained < maxDrained && (pty->bytesAvailable() > 0 || pty->waitForReadyRead(0))) {
        const QByteArray bytes = pty->readAll();
        drained += bytes.size();
        if (!bytes.isEmpty())
            Q_EMIT received(bytes);
    }
    // A child that goes on in the background is no longer listened to.
    pty->setSuspended(true);
}

void TerminalSession::end(int exitCode)
{
    drain();
    Q_EMIT finished(exitCode);
}

// The program gets the signal a closed terminal sends, and time to end by itself; this thread does
// not wait for it.
void TerminalSession::hangUp()
{
    KPtyProcess *process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    process->disconnect(this);
    process->pty()->disconnect(this);
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
        return;
    }
    process->setParent(nullptr);
    process->pty()->setSuspended(true);
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    ::kill(static_cast<pid_t>(process->processId()), SIGHUP);
    QTimer::singleShot(patience, process, &QProcess::kill);
}

} // namespace berth
