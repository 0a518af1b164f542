// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/runrequest.h"
#include "core/containerinfo.h"
#include "core/containername.h"
#include "store/store.h"

namespace berth {

// Makes the container that run or create asks for, and writes its id to the cid file. A missing
// image is said on standard error first, in Docker's words. reservation, id: see createContainer().
Result<ContainerInfo> makeContainer(
    Store &store, const RunRequest &request, UniqueFd *reservation = nullptr, const QString &id = randomContainerId());

} // namespace berth
