// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <string>
#include <string_view>

namespace berth {

// Reads and writes below a procfs that the caller holds by descriptor. The walk may not leave that
// mount nor follow magic links, so nothing that is mounted over a part of /proc can receive a
// write meant for the kernel (CVE-2019-16884, CVE-2025-52881).
Result<UniqueFd> openProcFile(int proc, const std::string &name, int flags);
Result<std::string> readProcFile(int proc, const std::string &name);
Result<> writeProcFile(int proc, const std::string &name, std::string_view value);

// The host's procfs as the calling process sees it; fails unless it is the root of a procfs.
Result<UniqueFd> openHostProc();

} // namespace berth
