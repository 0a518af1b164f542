// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/mountpoint.h"

#include "base/io.h"
#include "base/rootpath.h"

#include <string_view>
#include <vector>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace berth {
namespace {

// "/a//b/../c/" is "a", "c": what Docker's path cleaning gives.
std::vector<std::string_view> cleanComponents(std::string_view path)
{
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const auto end = path.find('/');
        const auto part = path.substr(0, end);
        if (part == "..") {
            if (!parts.empty())
                parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        if (end == std::string_view::npos)
            break;
        path.remove_prefix(end + 1);
    }
    return parts;
}

std::unexpected<Error> refused(const std::string &path)
{
    return fail(ErrorCode::InvalidArgument, "cannot mount on " + path + ": the container's own system files live there");
}

// Judged by what the descriptor shows: a link in the image may have led anywhere in the container.
Result<> checkKind(int fd, int root, const std::string &path, bool isShm)
{
    struct statfs filesystem = {};
    struct stat status = {};
    struct stat rootStatus = {};
    if (::fstatfs(fd, &filesystem) < 0 || ::fstat(fd, &status) < 0 || ::fstat(root, &rootStatus) < 0)
        return failErrno("cannot examine " + path);
    if (status.st_dev == rootStatus.st_dev && status.st_ino == rootStatus.st_ino)
        return fail(ErrorCode::InvalidArgument, "invalid mount target " + path + ": it is the root of the container");
    switch (filesystem.f_type) {
    case PROC_SUPER_MAGIC:
    case SYSFS_MAGIC:
    case CGROUP2_SUPER_MAGIC:
    case DEVPTS_SUPER_MAGIC: return refused(path);
    default: break;
    }
    if (isShm)
        return {};
    auto dev = openInRoot(root, "/dev", O_PATH | O_DIRECTORY);
    struct stat devStatus = {};
    // Without a file system of ours on it, as where a container is mounted for a copy, /dev is a folder of the image.
    const bool hasDevices = dev && ::fstat(dev->get(), &devStatus) == 0 && devStatus.st_dev != rootStatus.st_dev;
    if (hasDevices && devStatus.st_dev == status.st_dev)
        return refused(path);
    return S_ISCHR(status.st_mode) ? refused(path) : Result<>();
}

// The name of the file that a link at path finally stands for; a link that leads nowhere gives the
// place that it names, so that it can be made there, inside root.
Result<std::string> followLinks(int root, std::string path)
{
    constexpr int maxLinks = 40; // the kernel's own limit
    for (int i = 0; i < maxLinks; ++i) {
        std::string name;
        auto parent = openParentInRoot(root, path, name);
        if (!parent)
            return parent.error().code == ErrorCode::NotFound ? Result<std::string>(path) : std::unexpected(parent.error());
        char target[4096];
        const ssize_t size = ::readlinkat(parent->get(), name.c_str(), target, sizeof target);
        if (size < 0)
            return path; // not a link
        std::string next(target, static_cast<std::size_t>(size));
        path = next.starts_with('/') ? next : path.substr(0, path.rfind('/') + 1) + next;
    }
    return fail(ErrorCode::InvalidArgument, path + " has too many levels of links");
}

} // namespace

Result<UniqueFd> openSystemFolder(int root, const std::string &name)
{
    if (::mkdirat(root, name.c_str(), 0755) < 0 && errno != EEXIST)
        return failErrno("cannot create /" + name + " in the container");
    auto folder = openFile(root, name, O_PATH | O_NOFOLLOW);
    if (!folder)
        return folder;
    struct stat status = {};
    if (::fstat(folder->get(), &status) < 0)
        return failErrno("cannot examine /" + name);
    if (!S_ISDIR(status.st_mode))
        return fail(ErrorCode::InvalidArgument, "/" + name + " of the image is not a folder");
    return folder;
}

Result<UniqueFd> openMountTarget(int root, const std::string &path, bool isFolder)
{
    const auto parts = cleanComponents(path);
    if (!path.starts_with('/'))
        return fail(ErrorCode::InvalidArgument, "invalid mount target " + path + ": it must be absolute");
    if (parts.empty())
        return fail(ErrorCode::InvalidArgument, "invalid mount target " + path + ": it is the root of the container");
    const bool isShm = parts[0] == "dev" && parts.size() > 1 && parts[1] == "shm";
    if (parts[0] == "proc" || parts[0] == "sys" || (parts[0] == "dev" && !isShm))
        return refused(path);
    std::string clean;
    for (const auto part : parts)
        clean.append("/").append(part);
    auto place = followLinks(root, clean);
    if (!place)
        return std::unexpected(place.error());
    auto target = isFolder ? makeDirectoriesInRoot(root, *place) : makeFileInRoot(root, *place);
    if (!target)
        return wrap("cannot mount on " + path, target.error());
    if (auto allowed = checkKind(target->get(), root, path, isShm); !allowed)
        return std::unexpected(allowed.error());
    return target;
}

} // namespace berth
