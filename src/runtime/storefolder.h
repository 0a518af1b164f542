// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <string>

namespace berth {

// The engine's data folder, and one container's folder in it, reached in the mount namespace of the
// calling process. (A descriptor that was opened in another mount namespace cannot be mounted from.)
struct StoreFolder {
    UniqueFd store;
    UniqueFd container;
};

// Opens path and proves by device and inode number that it is the folder that expected shows.
Result<StoreFolder> openStoreFolder(const std::string &path, int expected, const std::string &containerId);

// 64 hex digits: the only ids that become file names.
[[nodiscard]] bool isContainerId(const std::string &id);

// A name from a message is one component: no slash, no NUL, not "." or "..".
Result<> checkComponent(const std::string &name);
Result<UniqueFd> openComponent(int directory, const std::string &name, int flags);

} // namespace berth
