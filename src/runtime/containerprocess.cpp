// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/containerprocess.h"

#include "base/io.h"
#include "runtime/devices.h"
#include "runtime/mountcalls.h"
#include "runtime/networklinks.h"
#include "runtime/overlayroot.h"
#include "runtime/procfiles.h"
#include "runtime/program.h"
#include "runtime/rootlock.h"
#include "runtime/spawner.h"
#include "runtime/systemmounts.h"
#include "runtime/userdevices.h"
#include "runtime/usermounts.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr const char *namespaceFiles[namespaceCount] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup"};
constexpr std::uint32_t ttyGroup = 5;

Result<> waitUntilMapped(UniqueFd mapped)
{
    auto byte = readAll(mapped.get(), 1);
    if (!byte)
        return std::unexpected(byte.error());
    if (byte->empty())
        return fail(ErrorCode::Internal, "the ids of the container were not mapped");
    // From here on nobody of the container's own user namespace may look into this process.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return failErrno("cannot become untraceable");
    if (::setresgid(0, 0, 0) < 0 || ::setresuid(0, 0, 0) < 0)
        return failErrno("cannot become root of the container");
    return {};
}

Result<> setKernelValues(const ContainerLaunch &launch, const IdMaps &maps, int proc)
{
    const std::string &name = launch.spec.hostname;
    if (!name.empty() && ::sethostname(name.data(), name.size()) < 0)
        return failErrno("cannot set the host name " + name);
    const std::string &domain = launch.spec.domainname;
    if (!domain.empty() && ::setdomainname(domain.data(), domain.size()) < 0)
        return failErrno("cannot set the domain name " + domain);
    if (auto set = writeProcFile(proc, "sys/user/max_user_namespaces", "0"); !set)
        return set;
    if (launch.spec.networkKind != NetworkKind::Own)
        return {}; // whose it is has set it up
    if (auto up = configureLinks(launch.spec.networks, proc); !up)
        return up;
    // Echo sockets for every group, so that ping needs no capability, and low ports for every user:
    // the network namespace is the container's own. Groups beyond the map do not exist here.
    const IdRange &last = maps.groups.back();
    const std::string groups = "0 " + std::to_string(last.first + last.count - 1);
    if (auto written = writeProcFile(proc, "sys/net/ipv4/ping_group_range", groups); !written)
        return written;
    return writeProcFile(proc, "sys/net/ipv4/ip_unprivileged_port_start", "0");
}

Result<> leaveHostFilesystem(int root)
{
    // Both on the same folder: the old root ends up on top of the new one and is taken off, which
    // needs no folder inside the container.
    if (::fchdir(root) < 0 || ::syscall(SYS_pivot_root, ".", ".") < 0)
        return failErrno("cannot change to the container's root");
    if (::umount2(".", MNT_DETACH) < 0 || ::chdir("/") < 0)
        return failErrno("cannot leave the host's file system");
    return {};
}

struct BuiltRoot {
    UniqueFd root;
    UniqueFd lock; // closed by execve
    std::optional<Terminal> terminal;
};

Result<BuiltRoot> buildRoot(const ContainerLaunch &launch, const IdMaps &maps, SystemMounts &mounts)
{
    const RunSpec &spec = launch.spec;
    auto folder = openStoreFolder(launch.storePath, launch.storeFolder, spec.containerId);
    if (!folder)
        return std::unexpected(folder.error());
    auto hostFiles = spec.hostFilesOf.empty() ? Result<StoreFolder>()
                                              : openStoreFolder(launch.storePath, launch.storeFolder, spec.hostFilesOf);
    if (!hostFiles)
        return std::unexpected(hostFiles.error());
    auto null = openHostDevice("null");
    if (!null)
        return std::unexpected(null.error());
    auto lock = lockRoot(folder->container.get());
    if (!lock)
        return std::unexpected(lock.error());
    auto root = mountOverlayRoot(*folder, spec.layers, spec.autoRemove, mounts.proc.get());
    if (!root)
        return std::unexpected(root.error());
    auto dev = mountDevices(root->get(), spec.shmSize, contains(maps.groups, ttyGroup));
    if (!dev)
        return std::unexpected(dev.error());
    BuiltRoot built{.root = {}, .lock = std::move(*lock), .terminal = std::nullopt};
    if (spec.terminal) {
        auto terminal = openTerminal(dev->get(), spec.columns, spec.rows);
        if (!terminal)
            return std::unexpected(terminal.error());
        if (auto shown = mountConsole(dev->get(), *terminal); !shown)
            return wrap("/dev/console", shown.error());
        built.terminal = std::move(*terminal);
    }
    if (auto attached = attachSystemMounts(root->get(), mounts, null->get()); !attached)
        return std::unexpected(attached.error());
    if (auto mounted = mountForUser(root->get(), *folder, spec.mounts, hostFiles->container.get()); !mounted)
        return std::unexpected(mounted.error());
    if (auto shown = showUserDevices(root->get(), dev->get(), spec.devices); !shown) // last: it gives up groups
        return std::unexpected(shown.error());
    built.root = std::move(*root);
    return built;
}

Result<std::vector<UniqueFd>> openNamespaces(int proc)
{
    std::vector<UniqueFd> namespaces;
    auto folder = openProcFile(proc, "self/ns", O_PATH | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    for (const char *name : namespaceFiles) {
        auto space = openFile(folder->get(), name, O_RDONLY);
        if (!space)
            return std::unexpected(space.error());
        namespaces.push_back(std::move(*space));
    }
    return namespaces;
}

Result<> prepareAndExecute(const ContainerLaunch &launch, const IdMaps &maps, int channel, UniqueFd mapped)
{
    if (auto waited = waitUntilMapped(std::move(mapped)); !waited)
        return waited;
    ::umask(022); // the monitor's own would close the places of mounts to the container's users
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0)
        return failErrno("cannot make the mounts private");
    ::umask(022); // the monitor's hides everything; folders that are made for mounts and -w are for all
    if (::unshare(CLONE_NEWCGROUP) < 0) // now that the process is where its cgroup root shall be
        return failErrno("cannot make a cgroup namespace");
    auto proc = newProc();
    if (!proc)
        return std::unexpected(proc.error());
    auto mounts = newSystemMounts(launch.spec.networkKind == NetworkKind::Own, launch.sharedSys);
    if (!mounts)
        return std::unexpected(mounts.error());
    mounts->proc = std::move(*proc);
    if (auto set = setKernelValues(launch, maps, mounts->proc.get()); !set)
        return set;
    auto namespaces = openNamespaces(mounts->proc.get());
    if (!namespaces)
        return std::unexpected(namespaces.error());
    auto built = buildRoot(launch, maps, *mounts);
    if (!built)
        return std::unexpected(built.error());
    if (auto left = leaveHostFilesystem(built->root.get()); !left)
        return left;

    const RunSpec &spec = launch.spec;
    Program program{.arguments = spec.arguments,
        .environment = spec.environment,
        .user = spec.user,
        .extraGroups = spec.extraGroups,
        .workingDirectory = spec.workingDirectory,
        .capabilities = spec.capabilities,
        .limits = spec.limits,
        .noNewPrivileges = spec.noNewPrivileges,
        .streams = launch.streams,
        .terminal = std::move(built->terminal),
        .readOnlyRoot = spec.readOnlyRoot,
        .reaper = spec.init};
    return executeProgram(std::move(program), std::move(*namespaces), maps, launch.hostProc, channel);
}

} // namespace

void runContainerProcess(const ContainerLaunch &launch, const IdMaps &maps, int channel, UniqueFd mapped)
{
    const auto done = prepareAndExecute(launch, maps, channel, std::move(mapped));
    reportFailure(channel, done.error());
    ::_exit(125);
}

} // namespace berth
