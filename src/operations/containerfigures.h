// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/figures.h"
#include "store/store.h"

namespace berth {

// What these containers use, in their order, read within milliseconds of each other; two such lists, a while apart,
// give rates (core/figures.h). One that is gone or does not run has a sample that says so. Ids are whole.
// Takes no privilege and starts nothing: the control group and /proc of the container's first process.
QList<FigureSample> sampleContainers(const Store &store, const QStringList &ids);

// What the kernel has counted in a control group. folder: the group of the container's processes. group: the one
// above, which may have the limit; -1: none. proc: where process ids are looked up, for machines whose memory controller
// is not there: the sum of the processes' proportional shares then, or nothing if one of them may not be read.
// machineMemory: the limit where no lower one is set, in bytes.
void readControlGroup(int folder, int group, int proc, qint64 machineMemory, FigureSample &sample);

} // namespace berth
