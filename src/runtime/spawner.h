// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/launch.h"

namespace berth {

// The child that Launch forks. It reports over channel and returns; the process it made reports over
// the same channel until it executes the program:
//   Started{pid}, {pidfd}                            from the spawner
//   Done, {namespaces…, terminal master, peer}       from the new process, ready to execute
//   Failed                                           from either, instead of any of these
void spawnContainer(const ContainerLaunch &launch, int channel);
void spawnExec(const ExecLaunch &launch, int channel);

// Reports over channel, ignoring that nobody may be listening any more.
void reportFailure(int channel, const Error &error);

} // namespace berth
