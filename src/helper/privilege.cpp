// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/stages.h"
#include "helper/syscallfilter.h"

#include <cerrno>

#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth::helper {
namespace {

using CapabilitySet = std::uint64_t;

constexpr CapabilitySet bit(int capability) { return CapabilitySet{1} << capability; }

// SETUID and SETGID: changing our own ids, and writing id maps. SYS_ADMIN: the filter, and cloning into
// a user namespace where the host restricts that. CHOWN and DAC_OVERRIDE: cgroup folders. NET_ADMIN:
// the uplink's link, addresses, rules and firewall.
constexpr CapabilitySet forIds = bit(CAP_SETUID) | bit(CAP_SETGID);
constexpr CapabilitySet forCgroups = forIds | bit(CAP_CHOWN) | bit(CAP_DAC_OVERRIDE);
constexpr CapabilitySet forHolders = forCgroups | bit(CAP_SYS_ADMIN);
constexpr CapabilitySet forUplinks = forIds | bit(CAP_NET_ADMIN);
constexpr CapabilitySet everything = forHolders | forUplinks;

bool setCapabilities(CapabilitySet set)
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const auto low = static_cast<__u32>(set);
    const auto high = static_cast<__u32>(set >> 32);
    const __user_cap_data_struct data[2] = {{low, low, 0}, {high, high, 0}};
    return syscall(SYS_capset, &header, data) == 0;
}

// What the kernel says, never what we believe to have set.
bool hasExactly(CapabilitySet set)
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2] = {};
    if (syscall(SYS_capget, &header, data) < 0)
        return false;
    const auto join = [](__u32 low, __u32 high) { return CapabilitySet{low} | CapabilitySet{high} << 32; };
    return join(data[0].permitted, data[1].permitted) == set && join(data[0].effective, data[1].effective) == set
        && data[0].inheritable == 0 && data[1].inheritable == 0;
}

bool emptyBoundingSet()
{
    int capability = 0;
    while (prctl(PR_CAPBSET_DROP, capability) == 0)
        ++capability;
    // Only the first number that this kernel does not know may have failed.
    return errno == EINVAL && capability > CAP_SETPCAP;
}

// What is permitted now, kept across changes of the effective user id, which clear the effective set.
CapabilitySet permitted = 0;

bool setUsers(uid_t real, uid_t effective, uid_t saved)
{
    if (setresuid(real, effective, saved) < 0)
        return false;
    uid_t is[3] = {};
    // The kernel resets this on each change of credentials.
    return prctl(PR_SET_DUMPABLE, 0) == 0 && getresuid(&is[0], &is[1], &is[2]) == 0 && is[0] == real && is[1] == effective
        && is[2] == saved;
}

bool setGroups(gid_t real, gid_t effective, gid_t saved)
{
    gid_t is[3] = {};
    return setresgid(real, effective, saved) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0 && getresgid(&is[0], &is[1], &is[2]) == 0
        && is[0] == real && is[1] == effective && is[2] == saved;
}

} // namespace

bool restrictPrivileges(bool isElevated)
{
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
        return false;
    if (isElevated) {
        if (!emptyBoundingSet() || !setCapabilities(everything) || !hasExactly(everything))
            return false;
        permitted = everything;
    } else if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
        return false; // without a capability a filter needs it
    }
    const sock_fprog program{syscallFilter.length, const_cast<sock_filter *>(syscallFilter.code)};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool narrowFor(Operation operation, const Caller &caller)
{
    switch (operation) {
    case Operation::SpawnHolder: permitted = forHolders; break;
    case Operation::CgroupEnsure: permitted = forCgroups; break;
    case Operation::UplinkEnsure:
    case Operation::UplinkRelease: permitted = forUplinks; break;
    default: return dropForever(caller);
    }
    return setCapabilities(permitted) && hasExactly(permitted);
}

bool becomeRoot() { return setgroups(0, nullptr) == 0 && setGroups(0, 0, 0) && setUsers(0, 0, 0) && hasExactly(permitted); }

bool actAsCaller(const Caller &caller)
{
    return setGroups(0, caller.group, 0) && setUsers(0, caller.user, 0) && setCapabilities(permitted) && hasExactly(permitted);
}

bool actAsRoot() { return setUsers(0, 0, 0) && setGroups(0, 0, 0) && hasExactly(permitted); }

bool dropForever(const Caller &caller)
{
    permitted = 0;
    if (!caller.isElevated)
        return setCapabilities(0) && hasExactly(0);
    return setGroups(caller.group, caller.group, caller.group) && setUsers(caller.user, caller.user, caller.user)
        && setCapabilities(0) && hasExactly(0) && setuid(0) < 0;
}

} // namespace berth::helper
