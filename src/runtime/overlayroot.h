// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "runtime/storefolder.h"

#include <string>
#include <vector>

namespace berth {

// Mounts the container's root file system: its layers (names below layers/, topmost first) under its
// own writable layer, in the mount namespace of the calling process. volatileUpper leaves out the sync
// at the end, for a container whose files nobody will see again. proc: a procfs of the caller's pid
// namespace, which turns descriptors into names for overlayfs. The result shows the mounted root.
Result<UniqueFd> mountOverlayRoot(
    const StoreFolder &folder, const std::vector<std::string> &layers, bool volatileUpper, int proc);

} // namespace berth
