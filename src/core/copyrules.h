// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace berth {

// The rules of `cp`: what is copied where, under which name, and what is refused. They are those of the reference
// page of `docker cp`; no I/O. Paths are bytes. Errors are Docker's sentences.

// CONTAINER:PATH, or a path of the host when it is absolute, begins with a dot or has no colon.
struct CopyArgument {
    std::string container; // empty: of the host
    std::string path;
};
CopyArgument parseCopyArgument(std::string_view argument);

struct CopyRequest {
    bool toContainer = false;
    std::string container;
    std::string containerPath; // as typed
    std::string hostPath;      // as typed; "-" is a stream
};
Result<CopyRequest> parseCopyRequest(std::string_view source, std::string_view target);

// One end of a copy. path keeps the slash or "/." at its end, which both mean "a folder".
struct CopyEnd {
    std::string path;
    bool exists = false;
    bool isFolder = false;
};
// What the source is extracted as: into folder, its top entry called name. "." is its contents alone.
struct CopyPlan {
    std::string folder;
    std::string name;

    friend bool operator==(const CopyPlan &, const CopyPlan &) = default;
};
// sourceName: what the source is called when nothing renames it; see entryName.
Result<CopyPlan> planCopy(bool sourceIsFolder, const std::string &sourceName, const CopyEnd &target);

// A typed path as an absolute one without "..", "." and doubled slashes, but with the slash or "/." that it
// ended in. of: "/" inside a container, else the caller's folder.
std::string absolutePath(std::string_view of, std::string_view path);
// The last part: "b" of "/a/b/", "." of "/a/.", "/" of "/".
std::string entryName(std::string_view path);
// The folder that has it: "/a" of "/a/b/", "/a" of "/a/.", "/" of "/".
std::string entryFolder(std::string_view path);
// Whether it can only name a folder: it ends in a slash or "/.".
bool assertsFolder(std::string_view path);

} // namespace berth
