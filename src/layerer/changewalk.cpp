// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/changewalk.h"

#include "base/tarheader.h"
#include "layerer/layertree.h"

#include <algorithm>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace berth {
namespace {

// Of the folders that are open at a time; four million entries in one of them are some 100 MiB.
constexpr std::size_t maxNamesSize = 512UL << 20;
constexpr std::size_t maxOpenFolders = 200; // deeper in, the ones above are opened again when needed

struct Level {
    std::string path;
    UniqueFd folder;
    std::vector<std::string> names;
    std::size_t next = 0;
    std::size_t namesSize = 0;
    MergedLower::Entry lower;
    bool isHiddenBelow = false;
};

class Walk {
public:
    Walk(int upper, const LowerTrees &lower, const std::set<std::string> &hidden, ChangeVisitor &visitor)
        : m_upper(upper), m_lower(lower), m_hidden(hidden), m_visitor(visitor)
    {
    }

    Result<> run();

private:
    Result<> step();
    Result<> enter(ChangedEntry entry);
    Result<> leave();
    Result<> list(Level &level, bool &hasHidden);
    Result<> reopen(Level &level);

    int m_upper;
    MergedLower m_lower;
    const std::set<std::string> &m_hidden;
    ChangeVisitor &m_visitor;
    std::vector<Level> m_levels;
    std::size_t m_namesSize = 0;
};

Result<> Walk::list(Level &level, bool &hasHidden)
{
    // A descriptor of its own: closedir(3) closes it.
    auto fd = openBeneath(level.folder.get(), ".", O_RDONLY | O_DIRECTORY);
    if (!fd)
        return std::unexpected(fd.error());
    const std::unique_ptr<DIR, int (*)(DIR *)> listing(::fdopendir(fd->get()), &::closedir);
    if (!listing)
        return failErrno("cannot list " + printableName(level.path));
    (void)fd->release();
    while (const dirent *entry = ::readdir(listing.get())) {
        const std::string name = entry->d_name;
        if (name == "." || name == "..")
            continue;
        if (m_hidden.contains(level.path.empty() ? name : level.path + '/' + name)) {
            hasHidden = true;
            continue;
        }
        level.namesSize += sizeof(std::string) + name.size();
        if (m_namesSize + level.namesSize > maxNamesSize)
            return fail(ErrorCode::Corrupt, "the folder " + printableName(level.path) + " has too many entries");
        level.names.push_back(name);
    }
    std::ranges::sort(level.names);
    m_namesSize += level.namesSize;
    return {};
}

Result<> Walk::enter(ChangedEntry entry)
{
    auto folder = openBeneath(m_upper, entry.path, O_RDONLY | O_DIRECTORY);
    struct stat status = {};
    if (!folder && entry.parent >= 0
        && (::fstatat(entry.parent, entry.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISDIR(status.st_mode)))
        return {}; // gone, or something else this very moment
    if (!folder)
        return std::unexpected(folder.error());
    if (::fstat(folder->get(), &entry.status) < 0)
        return failErrno("cannot examine " + printableName(entry.path));
    entry.isOpaque = isOpaqueFolder(folder->get());
    entry.isHiddenBelow = entry.isHiddenBelow || entry.isOpaque;
    Level level{.path = entry.path,
        .folder = std::move(*folder),
        .names = {},
        .lower = entry.lower,
        .isHiddenBelow = entry.isHiddenBelow};
    if (auto listed = list(level, entry.hasHidden); !listed)
        return listed;
    entry.folder = level.folder.get();
    if (auto visited = m_visitor.visit(entry); !visited)
        return visited;
    m_levels.push_back(std::move(level));
    if (m_levels.size() > maxOpenFolders)
        m_levels[m_levels.size() - maxOpenFolders - 1].folder.reset();
    return {};
}

Result<> Walk::leave()
{
    const auto path = std::move(m_levels.back().path);
    m_namesSize -= m_levels.back().namesSize;
    m_levels.pop_back();
    return m_visitor.leave(path);
}

Result<> Walk::reopen(Level &level)
{
    if (level.folder)
        return {};
    auto folder = openBeneath(m_upper, level.path, O_RDONLY | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    level.folder = std::move(*folder);
    return {};
}

Result<> Walk::step()
{
    Level &level = m_levels.back();
    if (level.next == level.names.size())
        return leave();
    if (auto reopened = reopen(level); !reopened) {
        level.next = level.names.size();
        return reopened.error().code == ErrorCode::NotFound ? Result<>() : reopened;
    }
    ChangedEntry entry;
    entry.name = std::move(level.names[level.next++]);
    entry.path = level.path.empty() ? entry.name : level.path + '/' + entry.name;
    entry.parent = level.folder.get();
    entry.isHiddenBelow = level.isHiddenBelow;
    if (entry.path.size() > LayerTree::maxPathLength)
        return fail(ErrorCode::Corrupt, printableName(entry.path) + " is too deep for an image");
    if (::fstatat(entry.parent, entry.name.c_str(), &entry.status, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? Result<>() : failErrno("cannot examine " + printableName(entry.path));
    entry.isWhiteout = S_ISCHR(entry.status.st_mode) && entry.status.st_rdev == makedev(0, 0);
    auto lower = m_lower.find(level.lower.trees, entry.path);
    if (!lower)
        return std::unexpected(lower.error());
    entry.lower = std::move(*lower);
    if (S_ISDIR(entry.status.st_mode)) {
        // A folder in place of a file has nothing below it.
        if (entry.lower.exists && !S_ISDIR(entry.lower.status.st_mode))
            entry.lower.trees.clear();
        return enter(std::move(entry));
    }
    return m_visitor.visit(entry);
}

Result<> Walk::run()
{
    ChangedEntry root;
    root.lower = m_lower.root();
    if (auto entered = enter(std::move(root)); !entered)
        return entered;
    while (!m_levels.empty()) {
        if (auto stepped = step(); !stepped)
            return stepped;
    }
    return {};
}

} // namespace

Result<> walkChanges(int upper, const LowerTrees &lower, const std::set<std::string> &hidden, ChangeVisitor &visitor)
{
    return Walk(upper, lower, hidden, visitor).run();
}

} // namespace berth
