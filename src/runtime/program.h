// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "runtime/devices.h"
#include "runtime/environment.h"
#include "runtime/idmap.h"
#include "runtime/launch.h"

#include <optional>
#include <string>
#include <vector>

namespace berth {

// What a process that stands in a container's root is to execute, and as whom.
struct Program {
    std::vector<std::string> arguments;
    Environment environment;
    std::string user;
    std::vector<std::string> extraGroups;
    std::string workingDirectory;
    std::uint64_t capabilities = 0;
    std::vector<LimitSpec> limits;
    bool noNewPrivileges = false;
    StandardStreams streams{-1, -1, -1};
    std::optional<Terminal> terminal;
    bool readOnlyRoot = false; // applied after the working directory was made
    bool makesWorkingDirectory = true; // else a missing one is an error
    bool reaper = false;       // stay behind as process 1 and reap
};

// Tells the monitor that all is ready (handing it namespaces and the terminal), gives up every right
// and executes. Comes back only with an error.
Result<> executeProgram(Program program, std::vector<UniqueFd> namespaces, const IdMaps &maps, int hostProc, int channel);

} // namespace berth
