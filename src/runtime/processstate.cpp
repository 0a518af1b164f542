// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/processstate.h"

#include "runtime/capabilities.h"
#include "runtime/procfiles.h"
#include "runtime/seccomp.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <grp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {
namespace {

// The words after "name:" in a status file.
std::vector<std::string_view> fieldOf(std::string_view status, std::string_view name)
{
    std::vector<std::string_view> words;
    auto at = status.find("\n" + std::string(name) + ":");
    if (at == std::string_view::npos)
        return words;
    status.remove_prefix(at + name.size() + 2);
    status = status.substr(0, status.find('\n'));
    while (!status.empty()) {
        const auto start = status.find_first_not_of(" \t");
        if (start == std::string_view::npos)
            break;
        const auto end = std::min(status.find_first_of(" \t", start), status.size());
        words.push_back(status.substr(start, end - start));
        status.remove_prefix(end);
    }
    return words;
}

Result<> expectWords(std::string_view status, const char *name, const std::vector<std::string> &expected)
{
    if (std::ranges::equal(fieldOf(status, name), expected))
        return {};
    return fail(ErrorCode::Internal, std::string("the kernel does not confirm ") + name + " of the container's process");
}

std::string hexSet(std::uint64_t set)
{
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(set));
    return text;
}

// /proc shows ids as the opener of the file sees them; proc is read from inside the container, so
// these are the container's own numbers.
Result<> verifyUser(const ContainerUser &user, std::uint64_t capabilities, int proc)
{
    auto status = readProcFile(proc, "self/status");
    if (!status)
        return std::unexpected(status.error());
    const auto uid = std::to_string(user.uid);
    const auto gid = std::to_string(user.gid);
    std::vector<std::string> groups;
    for (const auto group : user.groups)
        groups.push_back(std::to_string(group));
    const std::string none = hexSet(0);
    const std::string held = hexSet(user.uid == 0 ? capabilities : 0);
    struct Expectation {
        const char *name;
        std::vector<std::string> words;
    };
    const Expectation expectations[] = {{"Uid", {uid, uid, uid, uid}}, {"Gid", {gid, gid, gid, gid}}, {"Groups", groups},
        {"CapInh", {none}}, {"CapAmb", {none}}, {"CapPrm", {held}}, {"CapEff", {held}}, {"CapBnd", {hexSet(capabilities)}},
        {"Seccomp", {"2"}}};
    for (const auto &expectation : expectations) {
        if (auto confirmed = expectWords(*status, expectation.name, expectation.words); !confirmed)
            return confirmed;
    }
    return {};
}

std::uint64_t knownCapabilities()
{
    std::uint64_t known = 0;
    for (unsigned long number = 0; number < 64 && ::prctl(PR_CAPBSET_READ, number, 0, 0, 0) >= 0; ++number)
        known |= std::uint64_t{1} << number;
    return known;
}

void resetLimit(__rlimit_resource resource, rlim_t wanted)
{
    rlimit limit{};
    if (::getrlimit(resource, &limit) < 0)
        return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    ::setrlimit(resource, &limit);
}

} // namespace

void keepDescriptors(std::vector<int> fds)
{
    std::erase_if(fds, [](int fd) { return fd < 3; });
    std::ranges::sort(fds);
    unsigned next = 3;
    for (const int fd : fds) {
        const auto kept = static_cast<unsigned>(fd);
        if (kept > next)
            ::close_range(next, kept - 1, 0);
        next = std::max(next, kept + 1);
    }
    ::close_range(next, ~0U, 0);
}

Result<> resetProcessState()
{
    for (int number = 1; number < NSIG; ++number) {
        if (number != SIGKILL && number != SIGSTOP)
            ::signal(number, SIG_DFL); // refused for the two that libc keeps for itself
    }
    sigset_t none;
    sigemptyset(&none);
    if (::sigprocmask(SIG_SETMASK, &none, nullptr) < 0)
        return failErrno("cannot unblock signals");
    ::umask(022);
    // Soft limits that the caller's session may have tightened or widened. 1024 descriptors is what
    // programs that use select(2) need; the hard limit stays as it is.
    resetLimit(RLIMIT_NOFILE, 1024);
    resetLimit(RLIMIT_STACK, rlim_t{8} << 20);
    for (const auto resource : {RLIMIT_FSIZE, RLIMIT_AS, RLIMIT_DATA, RLIMIT_CPU, RLIMIT_CORE, RLIMIT_NPROC})
        resetLimit(resource, RLIM_INFINITY);
    return {};
}

Result<> becomeUser(const ContainerUser &user, std::uint64_t capabilities, int proc)
{
    capabilities &= knownCapabilities();
    if (auto limited = limitBoundingSet(capabilities); !limited)
        return limited;
    // Before CAP_SYS_ADMIN goes: installing a filter needs that or no_new_privs, and the latter would
    // disable set-uid programs such as su in the container.
    if (auto installed = installSeccomp(); !installed)
        return installed;
    const std::vector<gid_t> groups(user.groups.begin(), user.groups.end());
    if (::setgroups(groups.size(), groups.data()) < 0)
        return failErrno("cannot set the supplementary groups");
    if (::setresgid(user.gid, user.gid, user.gid) < 0)
        return failErrno("cannot set the group");
    if (::setresuid(user.uid, user.uid, user.uid) < 0)
        return failErrno("cannot set the user");
    if (auto applied = applyCapabilities(user.uid == 0 ? capabilities : 0); !applied)
        return applied;
    return verifyUser(user, capabilities, proc);
}

Result<> limitProcess(const std::vector<LimitSpec> &limits, bool noNewPrivileges)
{
    for (const LimitSpec &limit : limits) {
        const rlimit wanted{limit.soft, limit.hard};
        if (::setrlimit(static_cast<__rlimit_resource>(limit.resource), &wanted) < 0)
            return failErrno("cannot set resource limit " + std::to_string(limit.resource)
                + ", of which this user may have less than was asked for");
    }
    if (noNewPrivileges && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return failErrno("cannot forbid new privileges");
    return {};
}

Result<> dieWithParent(int alive)
{
    // After the last change of ids: the kernel forgets the wish on each of them.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
        return failErrno("cannot tie the process to its parent");
    pollfd watched{alive, POLLIN, 0};
    if (::poll(&watched, 1, 0) > 0 && (watched.revents & (POLLHUP | POLLERR)))
        return fail(ErrorCode::Unavailable, "the monitor has gone");
    return {};
}

} // namespace berth
