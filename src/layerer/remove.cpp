// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "base/tarheader.h"
#include "layerer/work.h"

#include <memory>
#include <optional>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

// A container can make folders far deeper than descriptors or the stack allow, so a folder at this
// depth is first moved up to the top and emptied from there.
constexpr std::size_t maxDepth = 200;

using Listing = std::unique_ptr<DIR, int (*)(DIR *)>;

struct Level {
    Listing listing;
    std::string name;    // in the level above
};

class Remover {
public:
    explicit Remover(int folder) : m_folder(folder) {}
    Result<> remove(const std::string &name);

private:
    Result<> enter(int parent, const std::string &name);
    Result<> emptyTop();

    int m_folder;
    std::vector<Level> m_levels;
    std::vector<std::string> m_later; // moved up, to be removed afterwards
};

Result<> Remover::enter(int parent, const std::string &name)
{
    UniqueFd fd(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd && errno == ENOENT)
        return {};
    if (!fd && errno == EACCES && ::fchmodat(parent, name.c_str(), 0700, 0) == 0)
        fd.reset(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd)
        return failErrno("cannot open " + printableName(name) + " to delete it");
    DIR *listing = ::fdopendir(fd.get());
    if (!listing)
        return failErrno("cannot list " + printableName(name));
    (void)fd.release();
    m_levels.push_back({Listing(listing, &::closedir), name});
    return {};
}

// Goes on in the deepest open folder until it has met a folder in it or is done with it.
Result<> Remover::emptyTop()
{
    const std::size_t depth = m_levels.size();
    DIR *listing = m_levels.back().listing.get();
    const int fd = ::dirfd(listing);
    while (const dirent *entry = ::readdir(listing)) {
        const std::string name = entry->d_name;
        if (name == "." || name == "..")
            continue;
        if (entry->d_type != DT_DIR) {
            if (::unlinkat(fd, name.c_str(), 0) == 0 || errno == ENOENT)
                continue;
            if (errno != EISDIR)
                return failErrno("cannot delete " + printableName(name));
        }
        if (::unlinkat(fd, name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT)
            continue;
        if (depth < maxDepth)
            return enter(fd, name);
        const std::string moved = ".deep-" + std::to_string(::getpid()) + '-' + std::to_string(m_later.size());
        if (::renameat(fd, name.c_str(), m_folder, moved.c_str()) < 0)
            return failErrno("cannot move " + printableName(name) + " to delete it");
        m_later.push_back(moved);
    }
    const Level done = std::move(m_levels.back());
    m_levels.pop_back();
    const int parent = m_levels.empty() ? m_folder : ::dirfd(m_levels.back().listing.get());
    // Another remover may be at work on the same tree; what it left half done is its own to finish.
    if (::unlinkat(parent, done.name.c_str(), AT_REMOVEDIR) < 0 && errno != ENOENT && errno != ENOTEMPTY)
        return failErrno("cannot delete the folder " + printableName(done.name));
    return {};
}

Result<> Remover::remove(const std::string &name)
{
    m_later.push_back(name);
    for (std::size_t next = 0; next < m_later.size(); ++next) {
        const std::string current = m_later[next];
        if (::unlinkat(m_folder, current.c_str(), 0) == 0 || errno == ENOENT)
            continue;
        if (auto entered = enter(m_folder, current); !entered)
            return entered;
        while (!m_levels.empty()) {
            if (auto emptied = emptyTop(); !emptied) {
                m_levels.clear();
                return emptied;
            }
        }
    }
    return {};
}

} // namespace

Result<> removeTrees(int folder, const std::vector<std::string> &names)
{
    Result<> result;
    for (const auto &name : names) {
        if (name.empty() || name == "." || name == ".." || name.contains('/'))
            return fail(ErrorCode::InvalidArgument, printableName(name) + " is not an entry of a folder");
        // One that resists must not keep the others.
        if (auto removed = Remover(folder).remove(name); !removed && result)
            result = removed;
    }
    return result;
}

} // namespace berth
