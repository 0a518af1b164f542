// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/removetree.h"

#include "base/io.h"

#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace berth {

Result<> removeTree(int folder, const std::string &name)
{
    if (::unlinkat(folder, name.c_str(), 0) == 0 || errno == ENOENT)
        return {};
    if (errno != EISDIR && errno != EPERM)
        return failErrno("cannot delete " + name);
    if (::unlinkat(folder, name.c_str(), AT_REMOVEDIR) == 0)
        return {};
    auto inside = openFile(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!inside) {
        // overlay's work folder has no permissions at all
        if (::fchmodat(folder, name.c_str(), 0700, AT_SYMLINK_NOFOLLOW) < 0)
            return std::unexpected(inside.error());
        inside = openFile(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        if (!inside)
            return std::unexpected(inside.error());
    }
    const int listed = inside->release();
    const std::unique_ptr<DIR, int (*)(DIR *)> entries(::fdopendir(listed), ::closedir);
    if (!entries)
        return failErrno("cannot list " + name);
    while (const dirent *entry = ::readdir(entries.get())) {
        const std::string child = entry->d_name;
        if (child == "." || child == "..")
            continue;
        if (auto removed = removeTree(::dirfd(entries.get()), child); !removed)
            return removed;
    }
    if (::unlinkat(folder, name.c_str(), AT_REMOVEDIR) < 0)
        return failErrno("cannot delete the folder " + name);
    return {};
}

} // namespace berth
