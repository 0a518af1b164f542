// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace berth {

// An empty volume takes over what the image has at the place where it is mounted, with owners, modes,
// times and extended attributes, as Docker's volumes do. Two containers that start at once on the same
// volume fill it once (a lock on the folder); after a crash in the middle the next start finishes.
// data: the folder below volume that the container sees.
Result<> seedVolume(int root, const std::string &target, int volume, int data);

} // namespace berth
