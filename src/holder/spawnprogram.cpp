// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "holder/clonechild.h"
#include "holder/holderlinks.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr int firstFd = 3;
constexpr std::size_t mostFds = 16;

// Everything that the child uses; it allocates nothing, since another thread may hold the heap's lock.
struct Plan {
    int userNamespace, mountNamespace, program, null, report;
    std::array<int, mostFds> fds{};
    std::size_t fdCount = 0;
    const char *name;
    pid_t parent;
};

enum class Step : char { Namespaces = 1, Identity, Descriptors, Exec };
struct Failure {
    Step step;
    int error;
};

bool enterNamespaces(const Plan &plan)
{
    return ::setns(plan.userNamespace, CLONE_NEWUSER) == 0 && ::setns(plan.mountNamespace, CLONE_NEWNS) == 0 && ::chdir("/") == 0;
}

bool becomeRoot(const Plan &plan)
{
    // Refused where the map has no group range; then the user's own groups stay, unmapped.
    if (::syscall(SYS_setgroups, 0, nullptr) < 0 && errno != EPERM)
        return false;
    // Raw: glibc's forms act on all threads of a process, and tell them so by signals.
    if (::syscall(SYS_setresgid, 0, 0, 0) < 0 || ::syscall(SYS_setresuid, 0, 0, 0) < 0)
        return false;
    // Cleared by changes of identity, so it comes last; the parent may have gone before it.
    return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::getppid() == plan.parent;
}

// The targets may be in use as sources, so all sources move above them first.
bool arrangeDescriptors(Plan &plan)
{
    const int above = firstFd + static_cast<int>(mostFds) + 1;
    for (int *fd : {&plan.program, &plan.null, &plan.report})
        if ((*fd = ::fcntl(*fd, F_DUPFD_CLOEXEC, above)) < 0)
            return false;
    for (std::size_t i = 0; i < plan.fdCount; ++i)
        if ((plan.fds[i] = ::fcntl(plan.fds[i], F_DUPFD_CLOEXEC, above)) < 0)
            return false;
    if (::dup2(plan.null, 0) < 0 || ::dup2(plan.null, 1) < 0)
        return false;
    for (std::size_t i = 0; i < plan.fdCount; ++i)
        if (::dup2(plan.fds[i], firstFd + static_cast<int>(i)) < 0)
            return false;
    return ::close_range(static_cast<unsigned>(firstFd) + static_cast<unsigned>(plan.fdCount), ~0U, CLOSE_RANGE_CLOEXEC) == 0;
}

void resetSignals()
{
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number)
        ::sigaction(number, &action, nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void runChild(Plan &plan)
{
    resetSignals();
    Failure failure{Step::Namespaces, 0};
    if (enterNamespaces(plan)) {
        failure.step = Step::Identity;
        if (becomeRoot(plan)) {
            failure.step = Step::Descriptors;
            if (arrangeDescriptors(plan)) {
                failure.step = Step::Exec;
                char *argv[] = {const_cast<char *>(plan.name), nullptr};
                char *environment[] = {nullptr};
                ::syscall(SYS_execveat, plan.program, "", argv, environment, AT_EMPTY_PATH);
            }
        }
    }
    failure.error = errno;
    [[maybe_unused]] const auto written = ::write(plan.report, &failure, sizeof failure);
    ::_exit(127);
}

std::unexpected<Error> explain(const Failure &failure, const std::string &program)
{
    switch (failure.step) {
    case Step::Namespaces: return failErrno("cannot enter the holder's namespaces", failure.error);
    case Step::Identity: return failErrno("cannot become root of the holder's namespaces", failure.error);
    case Step::Descriptors: return failErrno("cannot arrange the descriptors of " + program, failure.error);
    case Step::Exec: break;
    }
    return failErrno("cannot execute " + program, failure.error);
}

} // namespace

Result<UniqueFd> spawnInHolder(const HolderLinks &links, const std::string &program, int channel, std::span<const int> extra)
{
    if (extra.size() + 1 > mostFds)
        return fail(ErrorCode::InvalidArgument, "too many descriptors for " + program);
    const auto file = openFile(AT_FDCWD, program, O_PATH);
    if (!file)
        return std::unexpected(file.error());
    const auto null = openFile(AT_FDCWD, "/dev/null", O_RDWR);
    if (!null)
        return std::unexpected(null.error());
    int report[2];
    if (::pipe2(report, O_CLOEXEC) < 0)
        return failErrno("cannot create a pipe");
    const UniqueFd reading(report[0]);
    UniqueFd writing(report[1]);
    Plan plan{.userNamespace = links.userNamespace.get(),
        .mountNamespace = links.mountNamespace.get(),
        .program = file->get(),
        .null = null->get(),
        .report = writing.get(),
        .name = program.c_str(),
        .parent = ::getpid()};
    plan.fds[plan.fdCount++] = channel;
    for (const int fd : extra)
        plan.fds[plan.fdCount++] = fd;
    auto child = cloneChild([&] { runChild(plan); });
    if (!child)
        return child;
    writing.reset();
    Failure failure{};
    ssize_t size = -1;
    do {
        size = ::read(reading.get(), &failure, sizeof failure);
    } while (size < 0 && errno == EINTR);
    if (size != sizeof failure)
        return child;
    const auto reaped = waitForProgram(child->get());
    return reaped ? explain(failure, program) : std::unexpected(reaped.error());
}

Result<int> waitForProgram(int pidfd)
{
    siginfo_t info{};
    while (::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED) < 0)
        if (errno != EINTR)
            return failErrno("cannot wait for a program");
    const int status = info.si_status;
    if (info.si_code == CLD_EXITED)
        return W_EXITCODE(status, 0);
    return status | (info.si_code == CLD_DUMPED ? WCOREFLAG : 0);
}

} // namespace berth
