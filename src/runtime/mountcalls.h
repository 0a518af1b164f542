// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <cstdint>
#include <initializer_list>
#include <string>

namespace berth {

// The kernel's mount interface by descriptors (fsopen(2), open_tree(2), move_mount(2),
// mount_setattr(2)). No function here takes a path, so none can be led astray by a link.

struct FilesystemOption {
    const char *name;
    std::string value; // empty: a flag without a value
};

// A new file system of this type, not attached anywhere. attributes: MOUNT_ATTR_*.
Result<UniqueFd> newFilesystem(const char *type, std::initializer_list<FilesystemOption> options, std::uint64_t attributes);

// A detached copy of what fd shows. Recursive copies take the mounts below along; a copy that is
// not recursive fails when the kernel locked mounts below it.
Result<UniqueFd> cloneTree(int fd, bool recursive);

Result<> setMountAttributes(int mount, std::uint64_t set, bool recursive);

// Attaches a detached mount on the file or folder that target shows.
Result<> attachMount(int mount, int target);

} // namespace berth
