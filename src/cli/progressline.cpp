// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progressline.h"

#include "core/humantext.h"

#include <csignal>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace berth {
namespace {

volatile std::sig_atomic_t stopSignal = 0;

extern "C" void noteStop(int signal) { stopSignal = signal; }

void watchStop(void (*action)(int), int flags)
{
    struct sigaction change{};
    change.sa_handler = action;
    change.sa_flags = flags;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(signal, &change, nullptr);
}

} // namespace

ProgressLine::ProgressLine(bool isQuiet, QString action)
    : m_isShown(!isQuiet && ::isatty(STDERR_FILENO)), m_action(std::move(action))
{
    watchStop(noteStop, static_cast<int>(SA_RESETHAND | SA_RESTART));
}

ProgressLine::~ProgressLine()
{
    clear();
    watchStop(SIG_DFL, 0);
}

void ProgressLine::report(qint64 done, qint64 total)
{
    const std::scoped_lock lock(m_mutex);
    const auto now = Clock::now();
    if (!m_isShown || now - m_last < 100ms)
        return;
    m_last = now;
    const auto milliseconds = std::max<qint64>(1, std::chrono::duration_cast<std::chrono::milliseconds>(now - m_start).count());
    QString line = u'\r' + m_action + u' ' + humanSize(done);
    if (total > 0)
        line += " of "_L1 + humanSize(total) + u" (%1%)"_s.arg(done * 100 / total);
    line += ", "_L1 + humanSize(done * 1000 / milliseconds) + "/s\x1b[K"_L1;
    printError(line.toStdString());
    m_hasLine = true;
}

bool ProgressLine::isCancelled() const { return stopSignal != 0; }

void ProgressLine::clear()
{
    if (m_hasLine)
        printError("\r\x1b[K");
    m_hasLine = false;
}

int ProgressLine::failed(const Error &error, int (*say)(const Error &error)) const
{
    return error.code == ErrorCode::Cancelled ? exitSignalBase + stopSignal : say(error);
}

} // namespace berth
