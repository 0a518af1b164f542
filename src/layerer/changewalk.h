// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layerer/mergedlower.h"

#include <set>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace berth {

// One entry of a container's upper folder.
struct ChangedEntry {
    std::string path;                   // below the upper folder; "" is the folder itself
    std::string name;
    int parent = -1;                    // the open folder that has it; not for the root
    int folder = -1;                    // the entry itself, opened for reading, when it is a folder
    struct stat status = {};
    MergedLower::Entry lower;           // what was at path before, also where it is hidden
    bool isWhiteout = false;
    bool isOpaque = false;              // a folder that hides what lower layers have below it
    bool isHiddenBelow = false;         // so does it or a folder above it
    bool hasHidden = false;             // a folder with an entry that the walk leaves out
};

class ChangeVisitor {
public:
    virtual ~ChangeVisitor() = default;
    // Every entry, a folder before what is in it.
    virtual Result<> visit(const ChangedEntry &entry) = 0;
    // After the last entry of the folder at path.
    virtual Result<> leave(const std::string &path) = 0;
};

// Walks a container's upper folder (overlay with userxattr), sorted by name, without following a link. Its
// program may be changing it meanwhile: what vanishes is as if it had not been there. Memory is bounded;
// Corrupt where a path is longer than an image can hold or a folder is too large.
Result<> walkChanges(int upper, const LowerTrees &lower, const std::set<std::string> &hidden, ChangeVisitor &visitor);

} // namespace berth
