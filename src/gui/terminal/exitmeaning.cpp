// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/exitmeaning.h"

#include <QCoreApplication>

#include <csignal>
#include <cstring>

namespace berth {

namespace {

class ExitMeaning {
    Q_DECLARE_TR_FUNCTIONS(ExitMeaning)
public:
    static QString ofSignal(int signal)
    {
        switch (signal) {
        case SIGHUP: return tr("its terminal was closed (SIGHUP)");
        case SIGINT: return tr("it was interrupted, as by Ctrl+C (SIGINT)");
        case SIGQUIT: return tr("it was asked to quit, as by Ctrl+\\ (SIGQUIT)");
        case SIGABRT: return tr("it gave up because of an error of its own (SIGABRT)");
        case SIGKILL: return tr("it was killed (SIGKILL): by somebody, with its container, or because memory ran out");
        case SIGSEGV: return tr("it crashed on a wrong memory address (SIGSEGV)");
        case SIGPIPE: return tr("nobody read its output any more (SIGPIPE)");
        case SIGTERM: return tr("it was asked to stop (SIGTERM)");
        default: break;
        }
        const char *name = sigabbrev_np(signal);
        return name ? tr("signal %1 (SIG%2) ended it").arg(signal).arg(QLatin1StringView(name)) : tr("the program's own code");
    }

    static QString of(int code)
    {
        switch (code) {
        case 0: return tr("success");
        case 1: return tr("the program reports an error");
        case 125: return tr("Berth could not do it; the last lines say why");
        case 126: return tr("the program was found and cannot be executed");
        case 127: return tr("the program was not found in the container");
        default: break;
        }
        return code > 128 ? ofSignal(code - 128) : tr("the program's own code");
    }

    static QString sentence(int code) { return tr("Ended with exit code %1: %2.").arg(code).arg(of(code)); }
};

} // namespace

QString exitSentence(int exitCode) { return ExitMeaning::sentence(exitCode); }

} // namespace berth
