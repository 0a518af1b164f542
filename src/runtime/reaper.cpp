// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/reaper.h"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace berth {
namespace {

// Signals that the kernel raises for a process's own mistakes; forwarding them would make no sense.
constexpr int ownSignals[] = {SIGFPE, SIGILL, SIGSEGV, SIGBUS, SIGABRT, SIGTRAP, SIGSYS};

[[noreturn]] void endAs(int status) { ::_exit(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status)); }

// Reaps all that have ended; ends with main when it is among them.
void reapAll(pid_t main)
{
    int status = 0;
    for (;;) {
        const pid_t ended = ::waitpid(-1, &status, WNOHANG);
        if (ended == main)
            endAs(status);
        if (ended == 0 || (ended < 0 && errno != EINTR))
            return;
    }
}

[[noreturn]] void reap(pid_t main, const sigset_t &all)
{
    // Without descriptors and without a name that would mislead "ps". Not being dumpable keeps
    // /proc/1 of this process, which still is a program of the host, closed to the container.
    ::close_range(0, ~0U, 0);
    ::prctl(PR_SET_NAME, "init", 0, 0, 0);
    ::strncpy(program_invocation_name, "init", ::strlen(program_invocation_name)); // fills it with zeros
    for (;;) {
        siginfo_t info{};
        const int number = ::sigwaitinfo(&all, &info);
        if (number == SIGCHLD)
            reapAll(main);
        else if (number > 0)
            ::kill(main, number);
    }
}

} // namespace

Result<> stayAsReaper()
{
    sigset_t all;
    sigset_t old;
    sigfillset(&all);
    for (const int number : ownSignals)
        sigdelset(&all, number);
    ::sigprocmask(SIG_SETMASK, &all, &old);
    const pid_t child = ::fork();
    if (child > 0)
        reap(child, all);
    ::sigprocmask(SIG_SETMASK, &old, nullptr);
    if (child < 0)
        return failErrno("cannot fork");
    return {};
}

} // namespace berth
