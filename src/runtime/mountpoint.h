// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <string>

namespace berth {

// /dev, /proc or /sys of an image (name without a slash): a real folder, made when it is missing. A
// link of that name is refused, because everything mounted or made below would land at its target
// (CVE-2019-19921, CVE-2026-41579).
Result<UniqueFd> openSystemFolder(int root, const std::string &name);

// Where a person's mount goes: the folder or file at path in root, made when it is missing. Refuses
// the root, and everything in /proc, /sys and our /dev but /dev/shm, by path and by what is really
// there when links have been followed.
Result<UniqueFd> openMountTarget(int root, const std::string &path, bool isFolder);

} // namespace berth
