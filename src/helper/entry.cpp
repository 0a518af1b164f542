// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/stages.h"

#include <csignal>

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <unistd.h>

namespace berth::helper {
namespace {

// A request takes a few milliseconds; the longest wait inside one is the user's lock, 0.5 s.
constexpr time_t watchdogSeconds = 8;
// Longest list that the kernel keeps (NGROUPS_MAX).
constexpr int maxGroups = 65536;
gid_t groupList[maxGroups];

// Dispositions and masks survive execve: an ignored SIGCHLD would reap our child behind our back,
// an ignored SIGALRM would disarm the watchdog.
bool resetSignals()
{
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number)
        if (number != SIGKILL && number != SIGSTOP)
            sigaction(number, &action, nullptr);
    // Not through the C library, which keeps two numbers for itself and never blocks them.
    const std::uint64_t blocked = ~(std::uint64_t{1} << (SIGALRM - 1));
    if (syscall(SYS_rt_sigprocmask, SIG_SETMASK, &blocked, nullptr, sizeof blocked) < 0)
        return false;
    const itimerval watchdog{{0, 0}, {watchdogSeconds, 0}};
    return setitimer(ITIMER_REAL, &watchdog, nullptr) == 0;
}

// Whatever the caller left open below 3 is replaced, not only filled: the holder inherits these.
bool replaceStreams()
{
    if (fcntl(requestFd, F_GETFD) < 0)
        return false; // and opening something else would land on 3
    if (close_range(requestFd + 1, ~0U, 0) < 0)
        return false;
    const int null = open("/dev/null", O_RDWR | O_NOFOLLOW | O_NOCTTY);
    struct stat status = {};
    if (null < 0 || fstat(null, &status) < 0 || !S_ISCHR(status.st_mode) || status.st_rdev != makedev(1, 3))
        return false;
    for (int stream = 0; stream < requestFd; ++stream)
        if (stream != null && dup3(null, stream, 0) < 0)
            return false;
    return null < requestFd || close(null) == 0;
}

// Known limits instead of the caller's: a file size of 1 would cut a state file in the middle.
struct Known {
    int resource;
    rlim_t value;
};
constexpr Known knownLimits[] = {
    {RLIMIT_CORE, 0},
    {RLIMIT_FSIZE, 1 << 20},
    {RLIMIT_NOFILE, 64},
    {RLIMIT_AS, 64UL << 20},
    {RLIMIT_CPU, 10},
    {RLIMIT_STACK, 1 << 20},
    {RLIMIT_DATA, 16UL << 20},
    {RLIMIT_MEMLOCK, 0},
    {RLIMIT_SIGPENDING, 64},
};

bool setLimits(Limits &before)
{
    for (int resource = 0; resource < RLIM_NLIMITS; ++resource)
        if (getrlimit(static_cast<__rlimit_resource>(resource), &before.of[resource]) < 0)
            return false;
    for (const auto &known : knownLimits) {
        // Only the soft limit counts; a hard one below the caller's could not be given back to the
        // holder, since raising it takes a capability that is gone by then.
        const rlim_t ceiling = before.of[known.resource].rlim_max;
        const rlimit wanted{known.value, ceiling < known.value ? known.value : ceiling};
        if (setrlimit(static_cast<__rlimit_resource>(known.resource), &wanted) == 0)
            continue;
        // Without privilege a limit cannot be raised; such a run only answers Probe.
        if (geteuid() == 0)
            return false;
    }
    return true;
}

} // namespace

bool enterSafely(int argumentCount, Limits &limits)
{
    // The arguments are never read. Zero of them (which older kernels allow) is not our caller.
    if (argumentCount != 1 || prctl(PR_SET_DUMPABLE, 0) < 0)
        return false;
    // Nothing reads the environment; clearing it keeps that true for whatever is added later.
    environ = nullptr;
    umask(077);
    return setLimits(limits) && resetSignals() && replaceStreams() && chdir("/") == 0;
}

Caller identifyCaller()
{
    Caller caller;
    caller.user = getuid();
    caller.group = getgid();
    const int count = getgroups(maxGroups, groupList);
    caller.groupCount = count > 0 ? count : 0;
    caller.groups = groupList;
    caller.isElevated = geteuid() == 0 && caller.user != 0;
    return caller;
}

bool limitChild(const Limits &callers)
{
    const auto lowest = [](rlim_t left, rlim_t right) { return left < right ? left : right; };
    for (int resource = 0; resource < RLIM_NLIMITS; ++resource) {
        rlimit limit = callers.of[resource];
        for (const auto &known : knownLimits) {
            // The holder sleeps for weeks, and a limit on its processor time would end it one day.
            if (known.resource != resource || resource == RLIMIT_CPU)
                continue;
            limit.rlim_max = lowest(limit.rlim_max, known.value);
            limit.rlim_cur = lowest(limit.rlim_cur, limit.rlim_max);
        }
        if (setrlimit(static_cast<__rlimit_resource>(resource), &limit) < 0)
            return false;
    }
    return true;
}

} // namespace berth::helper
