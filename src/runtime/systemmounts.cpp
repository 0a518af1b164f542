// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/systemmounts.h"

#include "base/io.h"
#include "base/rootpath.h"
#include "runtime/mountcalls.h"
#include "runtime/mountpoint.h"

#include <utility>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::uint64_t closed = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
constexpr std::uint64_t closedReadOnly = closed | MOUNT_ATTR_RDONLY;

Result<> copyOver(int tree, int target)
{
    auto copy = cloneTree(tree, false);
    if (!copy)
        return std::unexpected(copy.error());
    return attachMount(copy->get(), target);
}

// One empty file system for all folders. It is attached itself before it is copied, because kernels before 6.15
// copy no mount that is attached nowhere.
struct EmptyFolder {
    UniqueFd mount;
    bool isAttached = false;

    Result<> cover(int target)
    {
        if (std::exchange(isAttached, true))
            return copyOver(mount.get(), target);
        return attachMount(mount.get(), target);
    }
};

// A folder disappears behind the empty one, a file behind the null device.
Result<> mask(int root, const std::string &path, EmptyFolder &empty, int nullDevice)
{
    auto target = openInRoot(root, path, O_PATH | O_NOFOLLOW);
    if (!target)
        return target.error().code == ErrorCode::NotFound ? Result<>() : std::unexpected(target.error());
    struct stat status = {};
    if (::fstat(target->get(), &status) < 0)
        return failErrno("cannot examine " + path);
    if (auto done = S_ISDIR(status.st_mode) ? empty.cover(target->get()) : copyOver(nullDevice, target->get()); !done)
        return wrap("cannot hide " + path, done.error());
    return {};
}

Result<> makeReadOnly(int root, const std::string &path)
{
    auto target = openInRoot(root, path, O_PATH | O_NOFOLLOW);
    if (!target)
        return target.error().code == ErrorCode::NotFound ? Result<>() : std::unexpected(target.error());
    auto copy = cloneTree(target->get(), false);
    if (!copy)
        return std::unexpected(copy.error());
    if (auto set = setMountAttributes(copy->get(), closedReadOnly, false); !set)
        return wrap("cannot protect " + path, set.error());
    return attachMount(copy->get(), target->get());
}

Result<> hideSecrets(int root, int nullDevice)
{
    auto made = newFilesystem("tmpfs", {{"size", "4k"}, {"nr_inodes", "2"}}, closedReadOnly);
    if (!made)
        return std::unexpected(made.error());
    EmptyFolder empty{std::move(*made)};
    for (const auto &path : maskedPaths()) {
        if (auto done = mask(root, path, empty, nullDevice); !done)
            return done;
    }
    for (long cpu = 0; cpu < ::sysconf(_SC_NPROCESSORS_CONF); ++cpu) {
        const std::string path = "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/thermal_throttle";
        if (auto done = mask(root, path, empty, nullDevice); !done)
            return done;
    }
    for (const auto &path : readOnlyPaths()) {
        if (auto done = makeReadOnly(root, path); !done)
            return done;
    }
    return {};
}

} // namespace

const std::vector<std::string> &maskedPaths()
{
    static const std::vector<std::string> paths{"/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys",
        "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats",
        "/sys/devices/virtual/powercap", "/sys/firmware"};
    return paths;
}

const std::vector<std::string> &readOnlyPaths()
{
    static const std::vector<std::string> paths{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"};
    return paths;
}

Result<UniqueFd> newProc()
{
    auto proc = newFilesystem("proc", {}, closed);
    if (!proc && proc.error().code == ErrorCode::PermissionDenied)
        return fail(ErrorCode::Unsupported,
            "the kernel refuses a new /proc, because a part of the host's /proc is hidden "
            "(is this inside another container?)");
    return proc;
}

namespace {

Result<UniqueFd> copyOfSys()
{
    const auto host = openFile(AT_FDCWD, "/sys", O_PATH | O_DIRECTORY);
    if (!host)
        return std::unexpected(host.error());
    auto sys = cloneTree(host->get(), true);
    if (!sys)
        return sys;
    if (auto set = setMountAttributes(sys->get(), closedReadOnly, true); !set)
        return std::unexpected(set.error());
    return sys;
}

} // namespace

Result<UniqueFd> newSys() { return newFilesystem("sysfs", {}, closedReadOnly); }

Result<SystemMounts> newSystemMounts(bool ownsNetwork, int made)
{
    SystemMounts mounts;
    auto sys = made >= 0 ? Result<UniqueFd>(UniqueFd(::fcntl(made, F_DUPFD_CLOEXEC, 3))) : ownsNetwork ? newSys() : copyOfSys();
    if (!sys)
        return std::unexpected(sys.error());
    auto cgroup = newFilesystem("cgroup2", {}, closedReadOnly);
    if (!cgroup)
        return std::unexpected(cgroup.error());
    mounts.sys = std::move(*sys);
    mounts.cgroup = std::move(*cgroup);
    return mounts;
}

Result<> attachSystemMounts(int root, const SystemMounts &mounts, int nullDevice)
{
    auto proc = openSystemFolder(root, "proc");
    if (!proc)
        return std::unexpected(proc.error());
    if (auto done = attachMount(mounts.proc.get(), proc->get()); !done)
        return wrap("/proc", done.error());
    auto sys = openSystemFolder(root, "sys");
    if (!sys)
        return std::unexpected(sys.error());
    if (auto done = attachMount(mounts.sys.get(), sys->get()); !done)
        return wrap("/sys", done.error());
    auto cgroup = openInRoot(root, "/sys/fs/cgroup", O_PATH | O_DIRECTORY);
    if (!cgroup)
        return std::unexpected(cgroup.error());
    if (auto done = attachMount(mounts.cgroup.get(), cgroup->get()); !done)
        return wrap("/sys/fs/cgroup", done.error());
    return hideSecrets(root, nullDevice);
}

} // namespace berth
