// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/mountcalls.h"

#include <fcntl.h>
#include <sys/mount.h>

namespace berth {

Result<UniqueFd> newFilesystem(const char *type, std::initializer_list<FilesystemOption> options, std::uint64_t attributes)
{
    const std::string what = std::string("cannot make a new ") + type + " file system";
    const UniqueFd context(::fsopen(type, FSOPEN_CLOEXEC));
    // The source is only a word, but mount(8) and df(1) show it.
    if (!context || ::fsconfig(context.get(), FSCONFIG_SET_STRING, "source", type, 0) < 0)
        return failErrno(what);
    for (const auto &option : options) {
        const bool isFlag = option.value.empty();
        if (::fsconfig(context.get(), isFlag ? FSCONFIG_SET_FLAG : FSCONFIG_SET_STRING, option.name,
                isFlag ? nullptr : option.value.c_str(), 0)
            < 0)
            return failErrno(what + " with the option " + option.name);
    }
    if (::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) < 0)
        return failErrno(what);
    UniqueFd mount(::fsmount(context.get(), FSMOUNT_CLOEXEC, static_cast<unsigned>(attributes)));
    if (!mount)
        return failErrno(what);
    return mount;
}

Result<UniqueFd> cloneTree(int fd, bool recursive)
{
    const unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0U);
    UniqueFd tree(::open_tree(fd, "", flags));
    if (!tree)
        return failErrno("cannot copy a mount");
    return tree;
}

Result<> setMountAttributes(int mount, std::uint64_t set, bool recursive)
{
    mount_attr attributes{};
    attributes.attr_set = set;
    if (::mount_setattr(mount, "", AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0U), &attributes, sizeof attributes) < 0)
        return failErrno("cannot change the attributes of a mount");
    return {};
}

Result<> attachMount(int mount, int target)
{
    if (::move_mount(mount, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) < 0)
        return failErrno("cannot attach a mount");
    return {};
}

} // namespace berth
