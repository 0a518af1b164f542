// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <string>
#include <vector>

namespace berth {

// The kernel's own file systems of a container, made while the host's are still visible (the kernel
// allows a procfs or sysfs in a user namespace only then) and detached until they are attached.
struct SystemMounts {
    UniqueFd proc;
    UniqueFd sys;
    UniqueFd cgroup;
};

// A procfs of the calling process's pid namespace, attached nowhere. What is written through it
// reaches the kernel and nothing else.
Result<UniqueFd> newProc();

// sys and cgroup (proc stays empty); both read-only. The kernel gives a new sysfs only to whoever has power over
// its network namespace; else it is a copy of the host's, with everything that is mounted in it.
// made: a sysfs that somebody with that power has made, or -1.
Result<SystemMounts> newSystemMounts(bool ownsNetwork, int made = -1);
// A sysfs of the network namespace that the caller is in.
Result<UniqueFd> newSys();

// Attaches all three to root, then hides what tells of the host and protects what would change it.
// nullDevice: a proven /dev/null of the host.
Result<> attachSystemMounts(int root, const SystemMounts &mounts, int nullDevice);

// What is hidden and what is read-only, relative to the root; thermal_throttle stands for one folder
// per processor. The lists follow moby's (daemon/pkg/oci/defaults.go), which grows with each side
// channel that is found.
const std::vector<std::string> &maskedPaths();
const std::vector<std::string> &readOnlyPaths();

} // namespace berth
