// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/layertree.h"

#include "base/io.h"
#include "layerer/record.h"

#include <deque>

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr int maxLinks = 40;     // followed in one path, as the kernel allows
// Paths and attributes of folders, and paths of what was replaced. A distribution's layer has some 10 MiB of
// them; four million long names would be 16 GiB.
constexpr std::size_t maxRememberedBytes = 512UL << 20;
constexpr std::size_t maxParts = 8192; // of one path with its links expanded; a link's target has at most 4095 bytes

std::deque<std::string> partsOf(const std::string &path)
{
    std::deque<std::string> parts;
    for (std::size_t begin = 0; begin < path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        if (end > begin && path.compare(begin, end - begin, ".") != 0)
            parts.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

bool isWhiteoutStatus(const struct stat &status) { return S_ISCHR(status.st_mode) && status.st_rdev == makedev(0, 0); }

Result<std::string> readLink(int link, const std::string &path)
{
    std::string target(4096, '\0');
    const ssize_t size = ::readlinkat(link, "", target.data(), target.size());
    if (size < 0)
        return failErrno("cannot read the link " + printableName(path));
    target.resize(static_cast<std::size_t>(size));
    return target;
}

void dropLastPart(std::string &path)
{
    const auto slash = path.rfind('/');
    path.resize(slash == std::string::npos ? 0 : slash);
}

} // namespace

bool isWhiteout(int folder, const std::string &name)
{
    struct stat status = {};
    return ::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && isWhiteoutStatus(status);
}

LayerTree::LayerTree(int layerFolder, UniqueFd root) : m_layerFolder(layerFolder), m_root(std::move(root)) { m_folders[""]; }

Result<LayerTree> LayerTree::create(int layerFolder)
{
    if (::mkdirat(layerFolder, treeName, 0755) < 0)
        return failErrno("cannot create the tree of the layer");
    auto root = openFile(layerFolder, treeName, O_PATH | O_DIRECTORY | O_NOFOLLOW);
    if (!root)
        return std::unexpected(root.error());
    return LayerTree(layerFolder, std::move(*root));
}

Result<UniqueFd> LayerTree::openReal(const std::string &path, int flags) const
{
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags | O_DIRECTORY | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
    const long fd = ::syscall(SYS_openat2, m_root.get(), path.empty() ? "." : path.c_str(), &how, sizeof how);
    if (fd < 0)
        return failErrno("cannot open the folder " + printableName(path));
    return UniqueFd(static_cast<int>(fd));
}

FolderPlace LayerTree::remember(const std::string &path, std::string realPath, UniqueFd fd)
{
    auto &slot = m_open[m_oldest];
    m_oldest = (m_oldest + 1) % m_open.size();
    slot = {path, std::move(realPath), std::move(fd)};
    return {slot.fd.get(), slot.realPath};
}

Result<> LayerTree::remembered(std::size_t bytes)
{
    m_rememberedBytes += bytes;
    if (m_rememberedBytes <= maxRememberedBytes)
        return {};
    return fail(ErrorCode::Corrupt,
        "the folders of the layer up to here need more than " + std::to_string(maxRememberedBytes >> 20) + " MiB of memory");
}

Result<FolderPlace> LayerTree::folder(const std::string &path, Missing missing)
{
    if (path.empty())
        return FolderPlace{m_root.get(), {}};
    for (std::size_t i = 0; i < m_open.size(); ++i) {
        const auto &slot = m_open[i];
        if (!slot.fd || slot.path != path)
            continue;
        // The next remember() must not close what is about to be used.
        if (i == m_oldest)
            m_oldest = (m_oldest + 1) % m_open.size();
        return FolderPlace{slot.fd.get(), slot.realPath};
    }
    if (auto fd = openReal(path, O_PATH))
        return remember(path, path, std::move(*fd));
    return walk(path, missing);
}

// The slow way, for links in the path and for folders that had no entry.
Result<FolderPlace> LayerTree::walk(const std::string &path, Missing missing)
{
    auto parts = partsOf(path);
    std::string realPath;
    auto current = openReal("", O_PATH);
    if (!current)
        return std::unexpected(current.error());
    for (int links = 0; !parts.empty();) {
        const std::string part = parts.front();
        parts.pop_front();
        if (part == "..") { // from a link; above the root there is the root
            dropLastPart(realPath);
            current = openReal(realPath, O_PATH);
            if (!current)
                return std::unexpected(current.error());
            continue;
        }
        const std::string partPath = realPath.empty() ? part : realPath + '/' + part;
        UniqueFd entry(::openat(current->get(), part.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
        struct stat status = {};
        if (entry && ::fstat(entry.get(), &status) < 0)
            return failErrno("cannot examine " + printableName(partPath));
        if (!entry && errno != ENOENT)
            return failErrno("cannot open " + printableName(partPath));
        const bool whiteout = entry && isWhiteoutStatus(status);
        if (!entry || whiteout) {
            if (missing == Missing::Refuse)
                return fail(ErrorCode::NotFound, printableName(partPath) + " does not exist");
            auto made = enterMissing(current->get(), part, partPath, whiteout);
            if (!made)
                return std::unexpected(made.error());
            current = std::move(made);
            realPath = partPath;
        } else if (S_ISDIR(status.st_mode)) {
            current = std::move(entry);
            realPath = partPath;
        } else if (S_ISLNK(status.st_mode)) {
            auto target = readLink(entry.get(), partPath);
            if (!target)
                return std::unexpected(target.error());
            auto expanded = partsOf(*target);
            if (++links > maxLinks || expanded.size() + parts.size() > maxParts)
                return fail(ErrorCode::Corrupt, "too many links in " + printableName(path));
            parts.insert(parts.begin(), expanded.begin(), expanded.end());
            if (target->starts_with('/')) {
                realPath.clear();
                current = openReal("", O_PATH);
                if (!current)
                    return std::unexpected(current.error());
            }
        } else {
            return fail(ErrorCode::Corrupt, printableName(partPath) + " is not a folder");
        }
    }
    return remember(path, std::move(realPath), std::move(*current));
}

Result<UniqueFd> LayerTree::enterMissing(int parent, const std::string &name, const std::string &realPath, bool isWhiteout)
{
    if (realPath.size() > maxPathLength)
        return fail(ErrorCode::Corrupt, printableName(realPath) + " is too deep");
    if (auto counted = remembered(realPath.size() + sizeof(Folder)); !counted)
        return std::unexpected(counted.error());
    if (isWhiteout && ::unlinkat(parent, name.c_str(), 0) < 0)
        return failErrno("cannot remove the whiteout of " + printableName(realPath));
    if (::mkdirat(parent, name.c_str(), 0755) < 0)
        return failErrno("cannot create the folder " + printableName(realPath));
    // A whiteout with new entries below it: the old ones stay hidden, the new ones show.
    m_folders[realPath].isOpaque = isWhiteout;
    return openFile(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW);
}

Result<> LayerTree::addFolder(const FolderPlace &parent, const std::string &name, Attributes attributes, std::uint64_t ordinal)
{
    const std::string path = parent.child(name);
    if (path.size() > maxPathLength)
        return fail(ErrorCode::Corrupt, "it is too deep");
    std::size_t bytes = path.size() + sizeof(Folder);
    for (const auto &attribute : attributes.extended)
        bytes += sizeof attribute + attribute.name.size() + attribute.value.size();
    if (auto counted = remembered(bytes); !counted)
        return counted;
    const auto make = [&] { return ::mkdirat(parent.fd, name.c_str(), attributes.mode & ~specialBits); };
    const bool existed = m_folders.contains(path);
    bool hidesLower = false;
    if (!existed && make() < 0) {
        if (errno != EEXIST)
            return failErrno("cannot create the folder");
        hidesLower = isWhiteout(parent.fd, name);
        if (auto replaced = replace(parent, name, ordinal); !replaced)
            return replaced;
        if (make() < 0)
            return failErrno("cannot create the folder");
    }
    auto &folder = m_folders[path];
    folder.attributes = std::move(attributes);
    folder.isExplicit = true;
    folder.isOpaque = folder.isOpaque || hidesLower;
    folder.hasOtherMode = existed;
    return {};
}

void LayerTree::setRootAttributes(Attributes attributes)
{
    auto &folder = m_folders[""];
    folder.attributes = std::move(attributes);
    folder.isExplicit = true;
    folder.hasOtherMode = true;
}

Result<> LayerTree::addWhiteout(const FolderPlace &parent, const std::string &name)
{
    m_hasWhiteouts = true;
    if (::mknodat(parent.fd, name.c_str(), S_IFCHR, makedev(0, 0)) == 0)
        return {};
    if (errno != EEXIST)
        return failErrno("cannot create the whiteout");
    // Only a folder lets anything of the layers below show through.
    if (const auto folder = m_folders.find(parent.child(name)); folder != m_folders.end())
        folder->second.isOpaque = true;
    return {};
}

void LayerTree::setOpaque(const FolderPlace &folder) { m_folders[folder.path].isOpaque = true; }

Result<int> LayerTree::aside()
{
    if (!m_aside) {
        auto folder = makeDirectory(m_layerFolder, asideName, 0700);
        if (!folder)
            return std::unexpected(folder.error());
        m_aside = std::move(*folder);
    }
    return m_aside.get();
}

Result<> LayerTree::replace(const FolderPlace &parent, const std::string &name, std::uint64_t ordinal)
{
    struct stat status = {};
    if (::fstatat(parent.fd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) < 0)
        return failErrno("cannot examine what is there");
    const std::string path = parent.child(name);
    if (S_ISDIR(status.st_mode)) {
        m_folders.erase(path);
        const auto first = m_folders.lower_bound(path + '/');
        m_folders.erase(first, m_folders.lower_bound(path + '0')); // '0' follows '/' in ASCII
    }
    const bool hasContents = (S_ISREG(status.st_mode) && status.st_size > 0) || S_ISDIR(status.st_mode);
    if (!hasContents && ::unlinkat(parent.fd, name.c_str(), 0) < 0)
        return failErrno("cannot replace it");
    if (hasContents) {
        const auto folder = aside();
        if (!folder)
            return std::unexpected(folder.error());
        if (::renameat(parent.fd, name.c_str(), *folder, std::to_string(ordinal).c_str()) < 0)
            return failErrno("cannot replace it");
        m_moved.push_back({ordinal, path});
        if (auto counted = remembered(path.size() + sizeof(MovedAside)); !counted)
            return counted;
    }
    // Open descriptors may stand for paths that now lead elsewhere; parent itself was not replaced.
    if (S_ISDIR(status.st_mode) || S_ISLNK(status.st_mode)) {
        for (auto &slot : m_open) {
            if (slot.fd.get() != parent.fd)
                slot = {};
        }
    }
    return {};
}

Result<> LayerTree::finishFolder(const std::string &path, Folder &folder, std::uint32_t &changedOwners)
{
    if (!folder.isExplicit && !folder.isOpaque)
        return {};
    auto fd = openReal(path, O_RDONLY);
    if (!fd)
        return std::unexpected(fd.error());
    // Before the owner is given away and the times are set: both could hinder or be changed by it.
    if (folder.isOpaque && ::fsetxattr(fd->get(), "user.overlay.opaque", "y", 1, 0) < 0)
        return failErrno("cannot mark the folder " + printableName(path)
            + " as opaque (the file system of the store must support user attributes)");
    if (folder.hasOtherMode && ::fchmod(fd->get(), folder.attributes.mode & ~specialBits) < 0)
        return failErrno("cannot set the mode of the folder " + printableName(path));
    if (auto applied = applyAttributes(fd->get(), folder.attributes, changedOwners); !applied)
        return wrap(printableName(path), applied.error());
    return {};
}

bool LayerTree::isHidden(std::string path) const
{
    for (;;) {
        const auto folder = m_folders.find(path);
        if (folder != m_folders.end() && folder->second.isOpaque)
            return true;
        if (path.empty())
            return false;
        dropLastPart(path);
    }
}

// In an opaque folder nothing of the lower layers shows, and a whiteout there would itself be shown.
Result<> LayerTree::dropHiddenWhiteouts()
{
    for (const auto &[path, folder] : m_folders) {
        if (!isHidden(path))
            continue;
        auto fd = openReal(path, O_RDONLY);
        if (!fd)
            return std::unexpected(fd.error());
        DIR *listing = ::fdopendir(fd->release());
        if (!listing)
            return failErrno("cannot list the folder " + printableName(path));
        while (const dirent *entry = ::readdir(listing)) {
            const bool candidate = entry->d_type == DT_CHR || entry->d_type == DT_UNKNOWN;
            if (candidate && isWhiteout(::dirfd(listing), entry->d_name))
                ::unlinkat(::dirfd(listing), entry->d_name, 0);
        }
        ::closedir(listing);
    }
    return {};
}

Result<std::uint32_t> LayerTree::finish()
{
    for (auto &slot : m_open)
        slot = {};
    if (m_hasWhiteouts) {
        if (auto dropped = dropHiddenWhiteouts(); !dropped)
            return std::unexpected(dropped.error());
    }
    std::uint32_t changedOwners = 0;
    // Backwards: the times of a folder are set after everything in it is done.
    for (auto folder = m_folders.rbegin(); folder != m_folders.rend(); ++folder) {
        if (auto finished = finishFolder(folder->first, folder->second, changedOwners); !finished)
            return std::unexpected(finished.error());
    }
    return changedOwners;
}

} // namespace berth
