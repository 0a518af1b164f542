// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/runspec.h"

#include <vector>

namespace berth {

// Shows these device nodes of the host in the container, whose root and new /dev are given. Nobody may make device
// nodes in a user namespace, so what is shown is the host's own node, with the host's own permissions: it has to be
// one that its user may read and write without the help of a group, because a container keeps none of the host's
// groups. Of a folder those are shown that he may. The process loses its supplementary groups here.
Result<> showUserDevices(int root, int dev, const std::vector<DeviceSpec> &devices);

} // namespace berth
