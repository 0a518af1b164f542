// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <string>

#include <sys/types.h>

namespace berth {

// The path layer. Every path that an image, a container or a person names *inside* a root file
// system is resolved here, by openat2(2) with RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS: absolute
// names and links stay below root, /proc magic links are refused. Names with a NUL byte, empty
// names and names of 4096 bytes or more are InvalidArgument.

// Opens path below root. A trailing slash means "must be a directory". flags as open(2);
// close-on-exec is added. For O_CREAT, mode is used.
Result<UniqueFd> openInRoot(int root, const std::string &path, int flags, mode_t mode = 0);

// Opens path for reading only if it is a regular file; never blocks on a FIFO or a device.
Result<UniqueFd> openRegularInRoot(int root, const std::string &path);

// Creates each missing folder of path below root (mode, owned by the caller) and opens the last
// with O_PATH | O_DIRECTORY. Existing links are followed inside root, as a shell in the container would.
Result<UniqueFd> makeDirectoriesInRoot(int root, const std::string &path, mode_t mode = 0755);

// Like makeDirectoriesInRoot for the parent, then an empty regular file when nothing is there.
// The result is opened with O_PATH. Used for the targets of bind mounts.
Result<UniqueFd> makeFileInRoot(int root, const std::string &path, mode_t mode = 0644);

// Opens the parent folder of path (O_PATH) without creating anything; name gets the last
// component. "/", "." and ".." as the last component are InvalidArgument.
Result<UniqueFd> openParentInRoot(int root, const std::string &path, std::string &name);

} // namespace berth
