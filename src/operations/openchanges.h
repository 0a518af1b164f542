// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/newlayer.h"

namespace berth {

// The folders that hold what the container changed in its image. Nothing when it was never started.
Result<std::optional<ContainerChanges>> openChanges(const Store &store, const ContainerInfo &container, const ImageInfo &image);

} // namespace berth
