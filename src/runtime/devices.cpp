// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/devices.h"

#include "base/io.h"
#include "base/rootpath.h"
#include "runtime/mountcalls.h"
#include "runtime/mountpoint.h"

#include <cstring>

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

namespace berth {
namespace {

struct DeviceNumber {
    const char *name;
    unsigned major;
    unsigned minor;
};

constexpr DeviceNumber devices[] = {
    {"null", 1, 3}, {"zero", 1, 5}, {"full", 1, 7}, {"random", 1, 8}, {"urandom", 1, 9}, {"tty", 5, 0}};

struct Link {
    const char *name;
    const char *target;
};

constexpr Link links[] = {{"fd", "/proc/self/fd"}, {"stdin", "/proc/self/fd/0"}, {"stdout", "/proc/self/fd/1"},
    {"stderr", "/proc/self/fd/2"}, {"ptmx", "pts/ptmx"}, {"core", "/proc/kcore"}};

constexpr std::uint64_t plain = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
constexpr std::uint64_t noDevices = plain | MOUNT_ATTR_NODEV;

bool isDevice(int fd, unsigned major, unsigned minor)
{
    struct stat status = {};
    return ::fstat(fd, &status) == 0 && S_ISCHR(status.st_mode) && status.st_rdev == makedev(major, minor);
}

// An empty file of the new /dev to mount on.
Result<UniqueFd> makeTarget(int dev, const char *name)
{
    return openFile(dev, name, O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
}

Result<> showDevice(int dev, const char *name)
{
    auto device = openHostDevice(name);
    if (!device)
        return std::unexpected(device.error());
    auto target = makeTarget(dev, name);
    if (!target)
        return std::unexpected(target.error());
    return attachDevice(device->get(), target->get());
}

Result<> attachBelow(int dev, const char *name, Result<UniqueFd> mount)
{
    if (!mount)
        return std::unexpected(mount.error());
    auto folder = makeDirectory(dev, name, 0755);
    if (!folder)
        return std::unexpected(folder.error());
    return attachMount(mount->get(), folder->get());
}

Result<> attachFilesystems(int dev, std::uint64_t shmSize, bool hasTtyGroup)
{
    auto terminals = hasTtyGroup ? newFilesystem("devpts", {{"ptmxmode", "0666"}, {"mode", "0620"}, {"gid", "5"}}, plain)
                                 : newFilesystem("devpts", {{"ptmxmode", "0666"}, {"mode", "0620"}}, plain);
    if (auto done = attachBelow(dev, "pts", std::move(terminals)); !done)
        return done;
    if (auto done = attachBelow(dev, "mqueue", newFilesystem("mqueue", {}, noDevices)); !done)
        return done;
    return attachBelow(dev, "shm", newFilesystem("tmpfs", {{"mode", "1777"}, {"size", std::to_string(shmSize)}}, noDevices));
}

} // namespace

Result<UniqueFd> openHostDevice(const char *kind)
{
    for (const auto &device : devices) {
        if (std::strcmp(device.name, kind) != 0)
            continue;
        auto fd = openFile(AT_FDCWD, std::string("/dev/") + kind, O_PATH | O_NOFOLLOW);
        if (fd && !isDevice(fd->get(), device.major, device.minor))
            return fail(ErrorCode::Unsupported, std::string("/dev/") + kind + " of the host is not the device of that name");
        return fd;
    }
    return fail(ErrorCode::InvalidArgument, std::string("no device is called ") + kind);
}

Result<> attachDevice(int device, int target)
{
    auto tree = cloneTree(device, false);
    if (!tree)
        return std::unexpected(tree.error());
    if (auto set = setMountAttributes(tree->get(), plain, false); !set)
        return set;
    return attachMount(tree->get(), target);
}

Result<UniqueFd> mountDevices(int root, std::uint64_t shmSize, bool hasTtyGroup)
{
    auto target = openSystemFolder(root, "dev");
    if (!target)
        return target;
    auto dev = newFilesystem("tmpfs", {{"mode", "755"}, {"size", "65536k"}}, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC);
    if (!dev)
        return dev;
    // Attached before it is filled: older kernels do not mount below a detached mount.
    if (auto attached = attachMount(dev->get(), target->get()); !attached)
        return std::unexpected(attached.error());
    for (const auto &device : devices) {
        if (auto shown = showDevice(dev->get(), device.name); !shown)
            return wrap(std::string("/dev/") + device.name, shown.error());
    }
    for (const auto &link : links) {
        if (::symlinkat(link.target, dev->get(), link.name) < 0)
            return failErrno(std::string("cannot make the link /dev/") + link.name);
    }
    if (auto attached = attachFilesystems(dev->get(), shmSize, hasTtyGroup); !attached)
        return wrap("/dev", attached.error());
    return dev;
}

Result<Terminal> openTerminal(int dev, std::uint16_t columns, std::uint16_t rows)
{
    open_how how{};
    how.flags = O_RDWR | O_NOCTTY | O_CLOEXEC;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    Terminal terminal;
    terminal.master.reset(static_cast<int>(::syscall(SYS_openat2, dev, "pts/ptmx", &how, sizeof how)));
    if (!terminal.master)
        return failErrno("cannot open the container's terminal multiplexer");
    struct statfs filesystem = {};
    if (::fstatfs(terminal.master.get(), &filesystem) < 0 || filesystem.f_type != DEVPTS_SUPER_MAGIC
        || !isDevice(terminal.master.get(), 5, 2))
        return fail(ErrorCode::PermissionDenied, "/dev/pts/ptmx of the container is not a multiplexer");
    const int unlocked = 0;
    if (::ioctl(terminal.master.get(), TIOCSPTLCK, &unlocked) < 0)
        return failErrno("cannot unlock the terminal");
    // The peer by descriptor, never by its name: the name could be swapped (CVE-2025-52565).
    terminal.peer.reset(::ioctl(terminal.master.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (!terminal.peer)
        return failErrno("cannot open the terminal");
    const winsize size{static_cast<unsigned short>(rows ? rows : 24), static_cast<unsigned short>(columns ? columns : 80), 0, 0};
    if (::ioctl(terminal.master.get(), TIOCSWINSZ, &size) < 0)
        return failErrno("cannot set the size of the terminal");
    return terminal;
}

Result<> mountConsole(int dev, const Terminal &terminal)
{
    auto target = makeTarget(dev, "console");
    if (!target)
        return std::unexpected(target.error());
    auto tree = cloneTree(terminal.peer.get(), false);
    if (!tree)
        return std::unexpected(tree.error());
    return attachMount(tree->get(), target->get());
}

} // namespace berth
