// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/signalwatch.h"

#include <csignal>
#include <cstdlib>

#include <sys/signalfd.h>

namespace berth {
namespace {

constexpr int watched[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR,
    SIGXCPU, SIGXFSZ, SIGWINCH, SIGCONT};

} // namespace

Result<SignalWatch> SignalWatch::open()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : watched)
        sigaddset(&set, signal);
    if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0)
        return failErrno("cannot block signals");
    UniqueFd fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd)
        return failErrno("cannot watch signals");
    // A reader that goes away is seen where we write.
    std::signal(SIGPIPE, SIG_IGN);
    return SignalWatch(std::move(fd));
}

int SignalWatch::take() const
{
    signalfd_siginfo info{};
    const auto size = ::read(m_fd.get(), &info, sizeof info);
    return size == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
}

void dieOf(int signal)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    std::signal(signal, SIG_DFL);
    ::raise(signal);
    ::sigprocmask(SIG_UNBLOCK, &set, nullptr);
    // Reached when the default action does not end a process.
    std::_Exit(128 + signal);
}

} // namespace berth
