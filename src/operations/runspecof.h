// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"
#include "wire/runspec.h"

namespace berth {

// What the monitor is told about this container. Only values that the person or the engine chose:
// nothing that an image says reaches a field that grants anything.
Result<RunSpec> runSpecOf(const Store &store, const ContainerInfo &container);

// policy: one that checkRestartPolicy accepts.
// How the monitor is told.
ResourceSpec resourceSpec(const Resources &resources);
RestartSpec restartSpec(const RestartPolicy &policy);

} // namespace berth
