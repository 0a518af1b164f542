// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <cstdint>

namespace berth {

// A character device of the host, proven by its number to be what it is called (CVE-2025-31133).
// O_PATH. kind: "null", "zero", "full", "random", "urandom", "tty".
Result<UniqueFd> openHostDevice(const char *kind);

// Shows the node on the file that target shows.
Result<> attachDevice(int device, int target);

// Puts a new tmpfs on /dev of root and fills it: device nodes of the host, links, devpts, shm of
// shmSize bytes, mqueue. /dev of the image must be a real folder or absent. Gives the new /dev.
Result<UniqueFd> mountDevices(int root, std::uint64_t shmSize, bool hasTtyGroup);

// A new pseudo terminal of the devpts at dev/pts, of this size (0: 80x24).
struct Terminal {
    UniqueFd master;
    UniqueFd peer; // the container's end
};
Result<Terminal> openTerminal(int dev, std::uint16_t columns, std::uint16_t rows);

// Shows the terminal as /dev/console, as Docker does for process 1.
Result<> mountConsole(int dev, const Terminal &terminal);

} // namespace berth
