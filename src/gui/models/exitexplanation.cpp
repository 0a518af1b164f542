// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/exitexplanation.h"

#include <QCoreApplication>

#include <csignal>

namespace berth {

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(ExitExplanation)
};

QString signalMeaning(int number)
{
    switch (number) {
    case SIGHUP: return Say::tr("Ended by SIGHUP: its terminal went away.");
    case SIGINT: return Say::tr("Ended by SIGINT, as Ctrl+C sends it.");
    case SIGQUIT: return Say::tr("Ended by SIGQUIT.");
    case SIGKILL: return Say::tr("Ended by SIGKILL: it was killed, or it did not stop within the grace time.");
    case SIGSEGV: return Say::tr("Ended by SIGSEGV: the program crashed on a bad memory access.");
    case SIGABRT: return Say::tr("Ended by SIGABRT: the program gave up on an internal error.");
    case SIGTERM: return Say::tr("Ended by SIGTERM, the polite request that Stop sends.");
    default: return Say::tr("Ended by signal %1.").arg(number);
    }
}

} // namespace

QString exitCodeMeaning(int exitCode)
{
    switch (exitCode) {
    case 0: return Say::tr("Its main program finished without an error, so the container ended.");
    case 1: return Say::tr("Its main program reported an error. The last lines of the log usually say which.");
    case 2: return Say::tr("Its main program reported wrong usage, often a mistyped option.");
    case 125: return Say::tr("The engine could not start it.");
    case 126: return Say::tr("The command was found in the image and could not be executed.");
    case 127: return Say::tr("The command was not found in the image.");
    default: break;
    }
    if (exitCode > 128 && exitCode < 128 + 65)
        return signalMeaning(exitCode - 128);
    return Say::tr("Its main program ended with code %1; what that means is up to the program.").arg(exitCode);
}

QString exitExplanation(const ContainerInfo &container)
{
    if (container.state != ContainerState::Exited && container.state != ContainerState::Dead)
        return {};
    constexpr int killed = 128 + 9;
    if (container.outOfMemory && container.exitCode == killed) // else it was another process of it, and it has gone on
        return Say::tr("The kernel ended it because it used more memory than it may.");
    if (!container.error.isEmpty())
        return container.error;
    return exitCodeMeaning(container.exitCode);
}

} // namespace berth
