// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "runtime/storefolder.h"
#include "wire/runspec.h"

#include <vector>

namespace berth {

// Mounts what the person asked for, parents before what lies below them, then the container's own
// /etc/hosts, /etc/hostname and /etc/resolv.conf where nobody asked for another. Sources are looked up
// in the caller's present root, with the rights of the user.
// hostFiles: the folder with hosts, hostname and resolv.conf when that is not the container's own.
Result<> mountForUser(int root, const StoreFolder &folder, std::vector<MountSpec> mounts, int hostFiles = -1);

} // namespace berth
