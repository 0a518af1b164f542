// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "core/runoptions.h"

namespace berth {

// The files of containers/<id>/ that the container sees as /etc/hosts, /etc/hostname and /etc/resolv.conf.
// Makes those that are missing or empty and leaves the others, which the container may have changed. They are
// not synced: what a power loss leaves of them is made again at the next start.
Result<> makeHostFiles(int folder, const RunOptions &options);

} // namespace berth
