// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layerer/lowertrees.h"

#include <set>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace berth {

// What the lower layers show together, without a mount: whiteouts and opaque folders are honoured as the
// kernel does (overlayfs.rst), no link is followed.
class MergedLower {
public:
    explicit MergedLower(const LowerTrees &trees) : m_trees(trees) {}

    struct Entry {
        bool exists = false;
        struct stat status = {};          // of the topmost one
        std::vector<std::size_t> trees;   // a folder is merged from these, topmost first; which holds a file
    };
    [[nodiscard]] Entry root() const;
    // The entry at path, whose parent folder is merged from parentTrees.
    [[nodiscard]] Result<Entry> find(const std::vector<std::size_t> &parentTrees, const std::string &path) const;
    // The names in a folder that is merged from trees. remaining counts down with each byte of a name; below
    // zero it is Corrupt.
    [[nodiscard]] Result<std::set<std::string>> names(
        const std::vector<std::size_t> &trees, const std::string &path, std::size_t &remaining) const;
    // Opens the regular file that find() gave, for reading.
    [[nodiscard]] Result<UniqueFd> open(const Entry &entry, const std::string &path) const;

private:
    const LowerTrees &m_trees;
};

// Opens path beneath folder; no link is followed, no file system is left. "" is the folder itself.
Result<UniqueFd> openBeneath(int folder, const std::string &path, int flags);

// Whether an open folder hides what lower layers have at its path.
bool isOpaqueFolder(int folder);

} // namespace berth
