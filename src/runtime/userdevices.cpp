// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/userdevices.h"

#include "base/io.h"
#include "base/listfolder.h"
#include "runtime/devices.h"
#include "runtime/mountpoint.h"
#include "runtime/storefolder.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr int mostFolders = 8; // one in another; /dev has three

struct Device {
    UniqueFd node;
    std::string source, target;
    bool isOfFolder = false; // may be left out
};

std::unexpected<Error> refuse(const std::string &source, const std::string &why, ErrorCode code = ErrorCode::InvalidArgument)
{
    return fail(code, "error gathering device information while adding custom device \"" + source + "\": " + why);
}

bool mayUse(const Device &device) { return ::faccessat(device.node.get(), "", R_OK | W_OK, AT_EACCESS | AT_EMPTY_PATH) == 0; }

mode_t kindOf(int fd)
{
    struct stat status = {};
    return ::fstat(fd, &status) == 0 ? status.st_mode & S_IFMT : 0;
}

// File systems of their own in /dev, of which the container has its own.
bool isApart(const std::string &name) { return name == "pts" || name == "shm" || name == "mqueue"; }

// Links of a folder are other names of what is in it, mostly.
void collectFolder(const Device &folder, int depth, std::vector<Device> &found)
{
    const auto opened = openFile(folder.node.get(), ".", O_RDONLY | O_DIRECTORY);
    const auto names = opened ? listFolder(opened->get()) : std::unexpected(opened.error());
    if (!names || depth == mostFolders)
        return;
    for (const std::string &name : *names) {
        auto node = openFile(opened->get(), name, O_PATH | O_NOFOLLOW);
        if (!node)
            continue;
        Device entry{.node = std::move(*node),
            .source = folder.source + '/' + name,
            .target = folder.target + '/' + name,
            .isOfFolder = true};
        const mode_t kind = kindOf(entry.node.get());
        if (kind == S_IFDIR && !isApart(name))
            collectFolder(entry, depth + 1, found);
        else if (kind == S_IFCHR || kind == S_IFBLK)
            found.push_back(std::move(entry));
    }
}

Result<std::vector<Device>> collect(const std::vector<DeviceSpec> &specs)
{
    std::vector<Device> devices;
    for (const DeviceSpec &spec : specs) {
        auto node = openFile(AT_FDCWD, spec.source, O_PATH);
        if (!node)
            return node.error().code == ErrorCode::NotFound ? refuse(spec.source, "no such file or directory")
                                                            : std::unexpected(node.error());
        Device device{.node = std::move(*node), .source = spec.source, .target = spec.target};
        const mode_t kind = kindOf(device.node.get());
        const std::size_t before = devices.size();
        if (kind == S_IFDIR)
            collectFolder(device, 0, devices);
        else if (kind == S_IFCHR || kind == S_IFBLK)
            devices.push_back(std::move(device));
        if (devices.size() == before)
            return refuse(spec.source, kind == S_IFDIR ? "no device node is in it" : "not a device node");
    }
    return devices;
}

// Our own /dev is new and holds what we put there; anywhere else the image may have laid links.
Result<UniqueFd> openTarget(int root, int dev, const std::string &target)
{
    constexpr std::string_view devices = "/dev/";
    if (!target.starts_with(devices))
        return openMountTarget(root, target, false);
    UniqueFd folder(::fcntl(dev, F_DUPFD_CLOEXEC, 3));
    std::string_view rest = std::string_view(target).substr(devices.size());
    for (;;) {
        const auto slash = rest.find('/');
        const std::string name(rest.substr(0, slash));
        if (auto valid = checkComponent(name); !valid)
            return std::unexpected(valid.error());
        if (slash == std::string_view::npos) {
            auto there = openFile(folder.get(), name, O_PATH | O_NOFOLLOW);
            return there ? std::move(there) : openFile(folder.get(), name, O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
        }
        if (::mkdirat(folder.get(), name.c_str(), 0755) < 0 && errno != EEXIST)
            return failErrno("cannot make the folder of " + target);
        auto next = openComponent(folder.get(), name, O_RDONLY | O_DIRECTORY);
        if (!next)
            return next;
        folder = std::move(*next);
        rest.remove_prefix(slash + 1);
    }
}

} // namespace

Result<> showUserDevices(int root, int dev, const std::vector<DeviceSpec> &specs)
{
    if (specs.empty())
        return {};
    auto devices = collect(specs);
    if (!devices)
        return std::unexpected(devices.error());
    std::vector<bool> withGroups;
    for (const Device &device : *devices)
        withGroups.push_back(mayUse(device));
    // As the container's processes will be: what is asked now is what they will find.
    if (::setgroups(0, nullptr) < 0)
        return failErrno("cannot give up the supplementary groups");
    std::size_t shown = 0;
    for (std::size_t i = 0; i < devices->size(); ++i) {
        const Device &device = (*devices)[i];
        if (!mayUse(device)) {
            if (device.isOfFolder)
                continue;
            return refuse(device.source,
                withGroups[i] ? "only its group may use it, and a container keeps none of your groups; have an administrator "
                                "give it to you by name (setfacl -m u:NAME:rw)"
                              : "you may not read and write it yourself",
                ErrorCode::PermissionDenied);
        }
        auto target = openTarget(root, dev, device.target);
        if (!target)
            return wrap("device " + device.target, target.error());
        if (auto attached = attachDevice(device.node.get(), target->get()); !attached)
            return wrap("device " + device.target, attached.error());
        ++shown;
    }
    if (shown == 0)
        return refuse(specs.front().source, "you may not read and write anything in it yourself", ErrorCode::PermissionDenied);
    return {};
}

} // namespace berth
