// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "base/tarheader.h"
#include "layerer/work.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

// A container can make folders deeper than descriptors last. At this depth a folder is put aside, and its
// tree is measured as one of its own afterwards.
constexpr std::size_t maxDepth = 200;
// So many may be put aside at once; only a tree that was made to be a nuisance has more, and its depths
// then do not count.
constexpr std::size_t maxAside = 500;

using Listing = std::unique_ptr<DIR, int (*)(DIR *)>;

Result<> checkName(const std::string &name)
{
    if (name.empty() || name == "." || name == ".." || name.contains('/'))
        return fail(ErrorCode::InvalidArgument, printableName(name) + " is not an entry of a folder");
    return {};
}

// No name of the tree is followed: a link counts with its own length.
class Meter {
public:
    explicit Meter(Reporter &reporter) : m_reporter(reporter) {}
    Result<std::uint64_t> measure(UniqueFd top);

private:
    void enter(UniqueFd folder);
    void enterOrPutAside(int parent, const char *name);
    void count(const struct stat &status);
    void goOn();

    Reporter &m_reporter;
    std::vector<Listing> m_levels;
    std::vector<UniqueFd> m_aside;
    std::set<std::pair<dev_t, ino_t>> m_seen; // of files with several names
    std::uint64_t m_size = 0;
};

void Meter::enter(UniqueFd folder)
{
    DIR *listing = ::fdopendir(folder.get());
    if (!listing)
        return;
    (void)folder.release();
    m_levels.emplace_back(listing, &::closedir);
}

void Meter::enterOrPutAside(int parent, const char *name)
{
    UniqueFd folder(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder)
        return;
    if (m_levels.size() < maxDepth)
        enter(std::move(folder));
    else if (m_aside.size() < maxAside)
        m_aside.push_back(std::move(folder));
}

void Meter::count(const struct stat &status)
{
    if (status.st_size <= 0 || S_ISDIR(status.st_mode))
        return;
    if (status.st_nlink > 1 && !m_seen.emplace(status.st_dev, status.st_ino).second)
        return;
    m_size += static_cast<std::uint64_t>(status.st_size);
}

// In the deepest open folder, until it has met a folder in it or is done with it.
void Meter::goOn()
{
    const std::size_t depth = m_levels.size();
    const int fd = ::dirfd(m_levels.back().get());
    while (const dirent *entry = ::readdir(m_levels.back().get())) {
        const std::string_view name = entry->d_name;
        if (name == "." || name == "..")
            continue;
        struct stat status = {};
        if (entry->d_type != DT_DIR && ::fstatat(fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
            continue;
        if (entry->d_type != DT_DIR && !S_ISDIR(status.st_mode)) {
            count(status);
            continue;
        }
        enterOrPutAside(fd, entry->d_name);
        if (m_levels.size() > depth)
            return;
    }
    m_levels.pop_back();
}

Result<std::uint64_t> Meter::measure(UniqueFd top)
{
    m_aside.push_back(std::move(top));
    while (!m_aside.empty()) {
        UniqueFd next = std::move(m_aside.back());
        m_aside.pop_back();
        enter(std::move(next));
        while (!m_levels.empty()) {
            goOn();
            if (auto heard = m_reporter.report(m_size); !heard)
                return std::unexpected(heard.error());
        }
    }
    return m_size;
}

// The folder <name>/<inside>; none when it is not there.
Result<UniqueFd> openTree(int folder, const std::string &name, const std::string &inside)
{
    if (auto valid = checkName(name); !valid)
        return std::unexpected(valid.error());
    UniqueFd tree(::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (tree && !inside.empty())
        tree.reset(::openat(tree.get(), inside.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    return tree;
}

// Of a file that is not to count; 0 when it is not there.
std::uint64_t ownSize(int tree, const std::string &path)
{
    const auto slash = path.find('/');
    if (slash == std::string::npos)
        return 0;
    const UniqueFd folder(::openat(tree, path.substr(0, slash).c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status = {};
    if (!folder || ::fstatat(folder.get(), path.substr(slash + 1).c_str(), &status, AT_SYMLINK_NOFOLLOW) < 0
        || S_ISDIR(status.st_mode))
        return 0;
    return static_cast<std::uint64_t>(status.st_size);
}

Result<std::uint64_t> measureTree(const layerer::Measure &request, UniqueFd tree, Reporter &reporter)
{
    if (!tree)
        return 0;
    std::uint64_t own = 0;
    for (const auto &path : request.without)
        own += ownSize(tree.get(), path);
    const auto size = Meter(reporter).measure(std::move(tree));
    return size ? Result<std::uint64_t>(*size - std::min(*size, own)) : size;
}

} // namespace

Result<layerer::Measured> measureTrees(const layerer::Measure &request, int folder, Reporter &reporter)
{
    if (!request.inside.empty()) {
        if (auto valid = checkName(request.inside); !valid)
            return std::unexpected(valid.error());
    }
    layerer::Measured measured;
    for (const auto &name : request.names) {
        auto tree = openTree(folder, name, request.inside);
        if (!tree)
            return std::unexpected(tree.error());
        const auto size = measureTree(request, std::move(*tree), reporter);
        if (!size)
            return std::unexpected(size.error());
        measured.sizes.push_back(*size);
    }
    return measured;
}

} // namespace berth
