// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "holder/helperproblem.h"

#include "base/io.h"

#include <cstdio>
#include <cstdlib>
#include <format>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace berth {
namespace {

// For a sentence only. Not the name service: the monitor is linked statically and cannot load its modules.
std::string userName()
{
    const char *name = std::getenv("USER");
    return name != nullptr && *name != '\0' ? name : std::to_string(getuid());
}

std::string position(const helper::Reply &reply)
{
    return reply.detail == 0 ? std::string() : std::format(" (line {})", reply.detail);
}

std::string joinGroup() { return std::format("run 'sudo usermod -aG berth {}' and log in again", userName()); }

std::string rangeAdvice(const char *option, const char *file)
{
    return std::format("user {0} has no range of its own in {1}; run 'sudo usermod {2} 100000-165535 {0}' "
                       "with a range that nobody else has",
        userName(), file, option);
}

Error problem(ErrorCode code, std::string text) { return {code, std::move(text)}; }

constexpr const char *insideSandbox =
    "berth-helper got no privilege here: this program runs inside a sandbox or a user namespace; run it "
    "outside";

// Only the first user namespace has every id; in all others root's files look like nobody's.
bool isInUserNamespace()
{
    const auto map = readSmallFile(AT_FDCWD, "/proc/self/uid_map", 4096);
    std::uint32_t inside = 1, outside = 1, count = 0;
    return !map || std::sscanf(map->c_str(), "%u %u %u", &inside, &outside, &count) != 3 || inside != 0 || outside != 0
        || count != 4294967295U;
}

Error subidProblem(helper::Status status, const helper::Reply &reply)
{
    using enum helper::Status;
    switch (status) {
    case NoSubuidRange: return problem(ErrorCode::Unavailable, rangeAdvice("--add-subuids", "/etc/subuid"));
    case NoSubgidRange: return problem(ErrorCode::Unavailable, rangeAdvice("--add-subgids", "/etc/subgid"));
    case SubidUnusable:
        return problem(ErrorCode::Unavailable,
            std::format("/etc/subuid or /etc/subgid cannot be used{}: every line must read "
                        "user:first:count, and only root may write the file",
                position(reply)));
    default:
        return problem(ErrorCode::Unavailable,
            std::format("the range of user {} in /etc/subuid or /etc/subgid holds id {}, which belongs "
                        "to somebody else or to the system; give the user another range",
                userName(), reply.detail));
    }
}

Error hostProblem(helper::Status status, const helper::Reply &reply)
{
    using enum helper::Status;
    switch (status) {
    case NotPrivileged:
        return problem(ErrorCode::Unavailable,
            getuid() == 0 ? "Berth runs containers for ordinary users, not for root; run it as yourself" : insideSandbox);
    case PolicyUnusable:
        return problem(ErrorCode::PermissionDenied,
            std::format("/etc/berth/helper.conf cannot be used{}: its lines must read "
                        "'allow USER|@GROUP FEATURE [MAXIMUM]', and only root may write it",
                position(reply)));
    case NotAllowed:
        if (helper::Operation{reply.header.operation} == helper::Operation::UplinkEnsure)
            return problem(ErrorCode::PermissionDenied,
                std::format("/etc/berth/helper.conf allows user {} no link to the network; {}, or add the line "
                            "'allow @berth uplink'",
                    userName(), joinGroup()));
        return problem(ErrorCode::PermissionDenied,
            std::format("/etc/berth/helper.conf has no rule for user {}; {}, or add a rule", userName(), joinGroup()));
    case RootGroup:
        return problem(ErrorCode::PermissionDenied,
            std::format("the primary group of user {0} is root's, which may not go into a "
                        "container; run 'sudo usermod -g GROUP {0}' with another one and log in again",
                userName()));
    case NamespacesRefused:
        return problem(
            ErrorCode::Unavailable, "the kernel refuses new user namespaces; raise user.max_user_namespaces with sysctl");
    case HolderMissing:
        return problem(ErrorCode::Unavailable,
            "berth-holder is missing beside berth-helper, or others than root may write it; install "
            "Berth again");
    case StateUnusable:
        return problem(
            ErrorCode::Unavailable, "/run/berth is not a folder of root's that nobody else may write; remove it as root");
    default: return problem(ErrorCode::Unavailable, "berth-holder could not be started; install Berth again");
    }
}

std::string uplinkAdvice(std::uint32_t step)
{
    using enum helper::UplinkStep;
    switch (helper::UplinkStep{step}) {
    case Link: return "cannot make the link (a pair of veth interfaces); is the kernel module 'veth' there?";
    case Address: return "cannot give the link its address";
    case Rules: return "cannot add its routing policy rules";
    case Forwarding: return "cannot let the machine forward its packets (is /proc/sys writable?)";
    case Firewall:
        return "cannot write its firewall table; are the kernel modules 'nf_tables', 'nft_chain_nat', 'nft_masq', "
               "'nft_reject' and 'nft_ct' there?";
    default: return "cannot speak netlink to the kernel";
    }
}

Error uplinkProblem(helper::Status status, const helper::Reply &reply)
{
    using enum helper::Status;
    switch (status) {
    case ForeignNamespace:
        return problem(ErrorCode::WrongState,
            "berth-helper gives an uplink only to the network of a running holder of this user's, and this is none; "
            "start again what needed it");
    case NoAddresses:
        return problem(ErrorCode::NoSpace,
            "no address is free for the link to the network: all pools of /etc/berth/helper.conf are in use, or this "
            "machine has routes into them; add a line 'pool A.B.C.D/BITS' with a free block");
    default: return problem(ErrorCode::Unavailable, "berth-helper " + uplinkAdvice(reply.detail));
    }
}

} // namespace

Result<> examineHelper(const std::string &path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) < 0)
        return fail(ErrorCode::Unavailable, std::format("{} is missing; install the package berth-helper", path));
    struct statvfs system = {};
    if (::statvfs(path.c_str(), &system) == 0 && (system.f_flag & ST_NOSUID))
        return fail(ErrorCode::Unavailable,
            std::format("{} is on a file system mounted nosuid; mount it without that option, or install "
                        "Berth elsewhere",
                path));
    if (status.st_uid != 0 && isInUserNamespace())
        return fail(ErrorCode::Unavailable, insideSandbox);
    if (status.st_uid != 0 || !(status.st_mode & S_ISUID))
        return fail(ErrorCode::Unavailable,
            std::format("{} is not set-uid root; run 'sudo chown root:berth {} && sudo chmod 4750 {}'", path, path, path));
    if (::access(path.c_str(), X_OK) < 0)
        return fail(ErrorCode::PermissionDenied, std::format("user {} may not run {}; {}", userName(), path, joinGroup()));
    if (::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
        return fail(ErrorCode::Unavailable,
            "this program was started with no_new_privs (a sandbox or a hardened service), so "
            "berth-helper can do nothing; start it outside of that");
    return {};
}

Error helperProblem(const helper::Reply &reply)
{
    using enum helper::Status;
    const helper::Status status{reply.status};
    switch (status) {
    case NoSubuidRange:
    case NoSubgidRange:
    case SubidUnusable:
    case SubidCollision: return subidProblem(status, reply);
    case NotPrivileged:
    case PolicyUnusable:
    case NotAllowed:
    case RootGroup:
    case NamespacesRefused:
    case HolderMissing:
    case HolderFailed:
    case StateUnusable: return hostProblem(status, reply);
    case ForeignNamespace:
    case NoAddresses:
    case UplinkRefused: return uplinkProblem(status, reply);
    case Busy:
    case RateLimited: return problem(ErrorCode::Unavailable, "berth-helper is asked too often; try again in a few seconds");
    case QuotaExceeded:
        return problem(ErrorCode::NoSpace,
            std::format("user {} already has {} {}, which is the limit of /etc/berth/helper.conf", userName(), reply.detail,
                helper::Operation{reply.header.operation} == helper::Operation::UplinkEnsure ? "links to the network"
                                                                                             : "holders"));
    case NoResources: return problem(ErrorCode::NoSpace, "the machine has no memory or processes left for a holder");
    case HasSystemd:
    case NoCgroup: return problem(ErrorCode::Unavailable, "this host delegates no cgroup through berth-helper");
    case UnsupportedVersion:
    case UnknownOperation:
        return problem(ErrorCode::Unavailable, "berth-helper is of another version than this program; install Berth again");
    default: return problem(ErrorCode::Internal, std::format("berth-helper failed with code {}", reply.status));
    }
}

} // namespace berth
