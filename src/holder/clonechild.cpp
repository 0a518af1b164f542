// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "holder/clonechild.h"

#include <cerrno>
#include <csignal>
#include <cstdint>

#include <linux/sched.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {

Result<UniqueFd> cloneChild(const std::function<void()> &run)
{
    sigset_t all, before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    int pidfd = -1;
    clone_args arguments{};
    arguments.flags = CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
    arguments.exit_signal = SIGCHLD;
    const long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
    if (pid == 0) {
        run();
        ::_exit(127);
    }
    const int error = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        return failErrno("cannot start a process", error);
    return UniqueFd(pidfd);
}

} // namespace berth
