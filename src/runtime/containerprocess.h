// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/idmap.h"
#include "runtime/launch.h"

namespace berth {

// The life of a container's first process from its birth to execve: waits until its ids are mapped
// (one byte from mapped), builds the root file system, leaves the host's, becomes the user, executes.
[[noreturn]] void runContainerProcess(const ContainerLaunch &launch, const IdMaps &maps, int channel, UniqueFd mapped);

} // namespace berth
