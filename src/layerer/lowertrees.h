// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/tarreader.h"
#include "base/uniquefd.h"

#include <cstdint>
#include <string>
#include <vector>

namespace berth {

// The trees of the layers below one that is unpacked, topmost first.
using LowerTrees = std::vector<UniqueFd>;

// Copies what the lower layers show at path to (folder, name), with owner, mode, time and attributes:
// for a hard link whose target is not in its own layer. NotFound when there is no such file.
Result<> copyFromLowerTrees(const LowerTrees &lower, const std::string &path, int folder, const std::string &name);

// The extended attributes of an open file or folder that belong into an image: no marks of overlay, no
// labels of this machine's policy.
Result<std::vector<TarAttribute>> readExtended(int fd);

// Copies an open regular file, contents and attributes.
Result<> copyRegularFile(int source, int folder, const std::string &name);

} // namespace berth
