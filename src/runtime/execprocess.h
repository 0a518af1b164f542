// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/idmap.h"
#include "runtime/launch.h"

namespace berth {

// An additional process of a running container, already inside all its namespaces: becomes the user
// and executes. What it finds there was made by the container and is trusted with nothing.
[[noreturn]] void runExecProcess(const ExecLaunch &launch, const IdMaps &maps, int channel);

} // namespace berth
