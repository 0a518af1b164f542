// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/usermounts.h"

#include "base/io.h"
#include "base/rootpath.h"
#include "runtime/mountcalls.h"
#include "runtime/mountpoint.h"
#include "runtime/seedvolume.h"

#include <algorithm>
#include <cstdio>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr const char *volumeDataName = "data"; // Store::addVolume makes it
constexpr const char *ownFiles[] = {"hosts", "hostname", "resolv.conf"};

bool isFolder(int fd)
{
    struct stat status = {};
    return ::fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
}

Result<> attachCopy(int root, int source, const std::string &target, bool readOnly)
{
    auto place = openMountTarget(root, target, isFolder(source));
    if (!place)
        return std::unexpected(place.error());
    auto tree = cloneTree(source, true);
    if (!tree)
        return std::unexpected(tree.error());
    if (readOnly) {
        if (auto set = setMountAttributes(tree->get(), MOUNT_ATTR_RDONLY, true); !set)
            return set;
    }
    return attachMount(tree->get(), place->get());
}

Result<> mountBind(int root, const MountSpec &mount)
{
    auto source = openFile(AT_FDCWD, mount.source, O_PATH);
    if (!source)
        return source.error().code == ErrorCode::NotFound
            ? fail(ErrorCode::NotFound, "bind source path does not exist: " + mount.source)
            : Result<>(std::unexpected(source.error()));
    return attachCopy(root, source->get(), mount.target, mount.readOnly);
}

Result<> mountVolume(int root, int store, const MountSpec &mount)
{
    auto volumes = makeDirectory(store, "volumes");
    if (!volumes)
        return std::unexpected(volumes.error());
    if (auto valid = checkComponent(mount.source); !valid)
        return valid;
    // volumes/<name>/data is what the container sees; its owner and mode become those of the image's folder.
    ::mkdirat(volumes->get(), mount.source.c_str(), 0700);
    auto volume = openComponent(volumes->get(), mount.source, O_RDONLY | O_DIRECTORY);
    if (!volume)
        return wrap("volume", volume.error());
    const bool isNew = ::mkdirat(volume->get(), volumeDataName, 0755) == 0;
    auto data = openComponent(volume->get(), volumeDataName, O_RDONLY | O_DIRECTORY);
    if (!data)
        return wrap("volume", data.error());
    if (isNew && ::fchmod(data->get(), 0755) < 0)
        return failErrno("cannot set the mode of a volume");
    if (!mount.noCopy) {
        if (auto seeded = seedVolume(root, mount.target, volume->get(), data->get()); !seeded)
            return wrap("cannot fill the volume " + mount.source + " from the image", seeded.error());
    }
    return attachCopy(root, data->get(), mount.target, mount.readOnly);
}

Result<> mountTmpfs(int root, const MountSpec &mount)
{
    auto place = openMountTarget(root, mount.target, true);
    if (!place)
        return std::unexpected(place.error());
    char mode[8];
    std::snprintf(mode, sizeof mode, "%o", mount.mode & 07777U);
    const std::uint64_t attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | (mount.executable ? 0U : MOUNT_ATTR_NOEXEC)
        | (mount.readOnly ? MOUNT_ATTR_RDONLY : 0U);
    auto tree = mount.size == 0 ? newFilesystem("tmpfs", {{"mode", mode}}, attributes)
                                : newFilesystem("tmpfs", {{"mode", mode}, {"size", std::to_string(mount.size)}}, attributes);
    if (!tree)
        return std::unexpected(tree.error());
    return attachMount(tree->get(), place->get());
}

// Docker makes this link, and old programs look for their mounts there. An image without /etc, or one that
// has the file, stays as it is.
void linkMountTable(int root)
{
    if (const auto etc = openInRoot(root, "/etc", O_PATH | O_DIRECTORY))
        (void)::symlinkat("/proc/mounts", etc->get(), "mtab");
}

Result<> mountOne(int root, int store, const MountSpec &mount)
{
    switch (mount.kind) {
    case MountKind::Bind: return mountBind(root, mount);
    case MountKind::Volume: return mountVolume(root, store, mount);
    case MountKind::Tmpfs: return mountTmpfs(root, mount);
    }
    return fail(ErrorCode::InvalidArgument, "an unknown kind of mount");
}

std::size_t depthOf(const std::string &path)
{
    std::size_t depth = 0;
    for (std::size_t i = 0; i < path.size(); ++i)
        depth += path[i] == '/' && i + 1 < path.size() && path[i + 1] != '/';
    return depth;
}

} // namespace

Result<> mountForUser(int root, const StoreFolder &folder, std::vector<MountSpec> mounts, int hostFiles)
{
    std::ranges::stable_sort(mounts, {}, [](const MountSpec &mount) { return depthOf(mount.target); });
    linkMountTable(root); // in the image's /etc, not in one that is mounted over it
    for (const auto &mount : mounts) {
        if (auto mounted = mountOne(root, folder.store.get(), mount); !mounted)
            return wrap("mount " + mount.target, mounted.error());
    }
    for (const char *name : ownFiles) {
        const std::string target = std::string("/etc/") + name;
        if (std::ranges::contains(mounts, target, &MountSpec::target))
            continue;
        auto file = openFile(hostFiles >= 0 ? hostFiles : folder.container.get(), name, O_PATH | O_NOFOLLOW);
        if (!file)
            continue; // the engine made none for this container
        if (auto shown = attachCopy(root, file->get(), target, false); !shown)
            return wrap(target, shown.error());
    }
    return {};
}

} // namespace berth
