// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/spawner.h"

#include "base/io.h"
#include "runtime/containerprocess.h"
#include "runtime/execprocess.h"
#include "runtime/idmap.h"
#include "runtime/networklinks.h"
#include "runtime/processstate.h"
#include "runtime/procfiles.h"
#include "runtime/systemmounts.h"
#include "wire/monitormessage.h"

#include <csignal>
#include <cstdint>
#include <optional>

#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {
namespace {

struct Child {
    pid_t pid = 0; // 0: this is the child
    UniqueFd pidfd;
};

// A sibling of the calling process: its parent is the monitor, which reaps it.
Result<Child> cloneSibling(std::uint64_t newNamespaces, int cgroup)
{
    int pidfd = -1;
    clone_args arguments{};
    arguments.flags = CLONE_PARENT | CLONE_PIDFD | newNamespaces;
    arguments.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
    if (cgroup >= 0) {
        arguments.flags |= CLONE_INTO_CGROUP;
        arguments.cgroup = static_cast<std::uint64_t>(cgroup);
    }
    const long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
    if (pid < 0)
        return failErrno("cannot create the container's process");
    return Child{static_cast<pid_t>(pid), UniqueFd(pid == 0 ? -1 : pidfd)};
}

Result<> enter(int namespaceFd, int kind, const char *what)
{
    if (::setns(namespaceFd, kind) < 0)
        return failErrno(std::string("cannot enter the ") + what);
    return {};
}

Result<> reportBirth(int channel, const Child &child)
{
    const int fds[] = {child.pidfd.get()};
    return sendMessage(channel, monitor::encode(monitor::Message(monitor::Started{child.pid})), fds);
}

// Inherited by everything that is born from here.
Result<> setOomScore(int hostProc, std::int32_t adjustment)
{
    if (adjustment == 0)
        return {};
    const auto written = writeProcFile(hostProc, "self/oom_score_adj", std::to_string(adjustment));
    if (!written && written.error().code == ErrorCode::PermissionDenied)
        return fail(ErrorCode::PermissionDenied,
            "cannot set --oom-score-adj " + std::to_string(adjustment)
                + ": only an administrator may have processes killed later than your own are");
    return written;
}

constexpr std::uint64_t containerNamespaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;

// Before the birth: an own network is made beside the router, where its interfaces begin; another container's is
// entered by the holder's root, who has power over all of them; the host's is where we are.
Result<> enterNetwork(const ContainerLaunch &launch)
{
    switch (launch.spec.networkKind) {
    case NetworkKind::Own: return enter(launch.holderNetworkNamespace, CLONE_NEWNET, "holder's network");
    case NetworkKind::Shared: return enter(launch.sharedNetworkNamespace, CLONE_NEWNET, "other container's network");
    case NetworkKind::Host: return {};
    }
    return fail(ErrorCode::InvalidArgument, "an unknown kind of network");
}

Result<> makeLinks(const RunSpec &spec, pid_t child)
{
    std::optional<Netlink> router;
    for (const auto &network : spec.networks) {
        if (!network.hasInterface())
            continue;
        if (!router) {
            auto opened = Netlink::open();
            if (!opened)
                return std::unexpected(opened.error());
            router = std::move(*opened);
        }
        if (auto made = makeLink(*router, network, {.process = child, .networkNamespace = -1}); !made)
            return made;
    }
    return {};
}

Result<> tryContainer(const ContainerLaunch &launch, int channel)
{
    const StandardStreams &streams = launch.streams;
    keepDescriptors(
        {channel, launch.storeFolder, launch.holderUserNamespace, launch.holderMountNamespace, launch.holderNetworkNamespace,
            launch.sharedNetworkNamespace, launch.payloadCgroup, launch.hostProc, streams[0], streams[1], streams[2]});
    if (auto set = setOomScore(launch.hostProc, launch.spec.oomScoreAdjust); !set)
        return set;
    if (auto entered = enter(launch.holderUserNamespace, CLONE_NEWUSER, "holder's users"); !entered)
        return entered;
    if (auto entered = enter(launch.holderMountNamespace, CLONE_NEWNS, "holder's mounts"); !entered)
        return entered;
    if (auto entered = enterNetwork(launch); !entered)
        return entered;
    auto maps = readIdMaps(launch.hostProc);
    if (!maps)
        return std::unexpected(maps.error());
    // The id maps of a process that may not be traced belong to the host's root. The new process
    // closes itself before it meets anything that a container made.
    if (::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) < 0)
        return failErrno("cannot become dumpable");
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0)
        return failErrno("cannot make a pipe");
    UniqueFd waiting(ends[0]);
    UniqueFd release(ends[1]);
    const bool ownsNetwork = launch.spec.networkKind == NetworkKind::Own;
    // The new process will have no power over a network that is not its own, and the kernel would give it no sysfs.
    const auto sharedSys = launch.spec.networkKind == NetworkKind::Shared ? newSys() : Result<UniqueFd>();
    if (!sharedSys)
        return std::unexpected(sharedSys.error());
    ContainerLaunch inside = launch;
    inside.sharedSys = sharedSys->get();
    auto child = cloneSibling(containerNamespaces | (ownsNetwork ? CLONE_NEWNET : 0), launch.payloadCgroup);
    if (!child)
        return std::unexpected(child.error());
    if (child->pid == 0) {
        release.reset();
        runContainerProcess(inside, *maps, channel, std::move(waiting)); // does not return
    }
    if (auto reported = reportBirth(channel, *child); !reported)
        return reported;
    if (auto written = writeNestedMaps(launch.hostProc, child->pid, *maps); !written)
        return written; // the child sees the pipe close without a byte and ends
    if (ownsNetwork) {
        if (auto made = makeLinks(launch.spec, child->pid); !made)
            return made;
    }
    return writeAll(release.get(), "1");
}

// The container's own root has no power over a network that is not its own.
Result<> enterSharedNetwork(const ExecLaunch &launch)
{
    if (launch.container.networkKind != NetworkKind::Shared)
        return {};
    if (auto entered = enter(launch.holderUserNamespace, CLONE_NEWUSER, "holder's users"); !entered)
        return entered;
    return enter(launch.namespaces[networkNamespace].get(), CLONE_NEWNET, "other container's network");
}

Result<> tryExec(const ExecLaunch &launch, int channel)
{
    // While we are like any process of the user, whose own files of /proc are his.
    if (auto set = setOomScore(launch.hostProc, launch.container.oomScoreAdjust); !set)
        return set;
    // Closed before any namespace of the container is entered: its root must not trace us, nor what
    // we are about to make (CVE-2016-9962).
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return failErrno("cannot become untraceable");
    if (launch.namespaces.size() != namespaceCount)
        return fail(ErrorCode::WrongState, "the container is not running");
    const StandardStreams &streams = launch.streams;
    std::vector<int> kept{
        channel, launch.holderUserNamespace, launch.payloadCgroup, launch.hostProc, streams[0], streams[1], streams[2]};
    for (const auto &space : launch.namespaces)
        kept.push_back(space.get());
    keepDescriptors(kept);
    if (auto entered = enterSharedNetwork(launch); !entered)
        return entered;
    for (std::size_t i = 0; i < namespaceCount; ++i) {
        // The new process enters that one itself, from its own control group: where namespaces are borders of delegation
        // (nsdelegate, as systemd mounts cgroup2) nobody reaches over them, and who makes it stands outside.
        if (i == cgroupNamespace)
            continue;
        if (i == networkNamespace && launch.container.networkKind != NetworkKind::Own)
            continue;
        if (auto entered = enter(launch.namespaces[i].get(), 0, "container"); !entered)
            return entered;
    }
    auto maps = readIdMaps(launch.hostProc);
    if (!maps)
        return std::unexpected(maps.error());
    auto child = cloneSibling(0, launch.payloadCgroup);
    if (!child)
        return std::unexpected(child.error());
    if (child->pid == 0)
        runExecProcess(launch, *maps, channel); // does not return
    return reportBirth(channel, *child);
}

} // namespace

void reportFailure(int channel, const Error &error)
{
    (void)sendMessage(channel, monitor::encode(monitor::Message(monitor::Failed{error})));
}

void spawnContainer(const ContainerLaunch &launch, int channel)
{
    if (auto done = tryContainer(launch, channel); !done)
        reportFailure(channel, done.error());
}

void spawnExec(const ExecLaunch &launch, int channel)
{
    if (auto done = tryExec(launch, channel); !done)
        reportFailure(channel, done.error());
}

} // namespace berth
