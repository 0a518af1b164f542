// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/mergedlower.h"

#include "base/tarheader.h"

#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace berth {
namespace {

bool isWhiteoutStatus(const struct stat &status) { return S_ISCHR(status.st_mode) && status.st_rdev == makedev(0, 0); }

} // namespace

Result<UniqueFd> openBeneath(int folder, const std::string &path, int flags)
{
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags | O_NOFOLLOW | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
    const long fd = ::syscall(SYS_openat2, folder, path.empty() ? "." : path.c_str(), &how, sizeof how);
    if (fd < 0)
        return failErrno("cannot open " + printableName(path));
    return UniqueFd(static_cast<int>(fd));
}

bool isOpaqueFolder(int folder)
{
    char value = 0;
    return ::fgetxattr(folder, "user.overlay.opaque", &value, 1) == 1 && value == 'y';
}

MergedLower::Entry MergedLower::root() const
{
    Entry entry;
    for (std::size_t tree = 0; tree < m_trees.size(); ++tree) {
        if (!entry.exists)
            entry.exists = ::fstat(m_trees[tree].get(), &entry.status) == 0;
        entry.trees.push_back(tree);
    }
    return entry;
}

Result<MergedLower::Entry> MergedLower::find(const std::vector<std::size_t> &parentTrees, const std::string &path) const
{
    Entry entry;
    for (const std::size_t tree : parentTrees) {
        const auto found = openBeneath(m_trees[tree].get(), path, O_PATH);
        if (!found) {
            if (found.error().code == ErrorCode::NotFound)
                continue;
            return std::unexpected(found.error());
        }
        struct stat status = {};
        if (::fstat(found->get(), &status) < 0)
            return failErrno("cannot examine " + printableName(path) + " of a lower layer");
        const bool isFolder = S_ISDIR(status.st_mode);
        // A file below a folder counts for nothing, and ends what shows through like a whiteout does.
        if (isWhiteoutStatus(status) || (entry.exists && !isFolder))
            break;
        if (!entry.exists)
            entry.status = status;
        entry.exists = true;
        entry.trees.push_back(tree);
        if (!isFolder)
            break;
        const auto folder = openBeneath(m_trees[tree].get(), path, O_RDONLY | O_DIRECTORY);
        if (!folder)
            return std::unexpected(folder.error());
        if (isOpaqueFolder(folder->get()))
            break;
    }
    return entry;
}

Result<std::set<std::string>> MergedLower::names(
    const std::vector<std::size_t> &trees, const std::string &path, std::size_t &remaining) const
{
    std::set<std::string> names;
    std::set<std::string> gone;
    for (const std::size_t tree : trees) {
        auto folder = openBeneath(m_trees[tree].get(), path, O_RDONLY | O_DIRECTORY);
        if (!folder)
            return std::unexpected(folder.error());
        const std::unique_ptr<DIR, int (*)(DIR *)> listing(::fdopendir(folder->get()), &::closedir);
        if (!listing)
            return failErrno("cannot list " + printableName(path) + " of a lower layer");
        (void)folder->release();
        while (const dirent *entry = ::readdir(listing.get())) {
            const std::string name = entry->d_name;
            if (name == "." || name == "..")
                continue;
            if (remaining < name.size())
                return fail(ErrorCode::Corrupt, printableName(path) + " has too many entries");
            remaining -= name.size();
            struct stat status = {};
            if (::fstatat(::dirfd(listing.get()), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) < 0)
                continue;
            if (isWhiteoutStatus(status))
                gone.insert(name);
            else if (!gone.contains(name))
                names.insert(name);
        }
    }
    return names;
}

Result<UniqueFd> MergedLower::open(const Entry &entry, const std::string &path) const
{
    return openBeneath(m_trees[entry.trees.front()].get(), path, O_RDONLY | O_NONBLOCK);
}

} // namespace berth
