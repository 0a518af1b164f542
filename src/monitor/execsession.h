// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "runtime/launch.h"

#include <optional>
#include <string>
#include <vector>

namespace berth {

// One more process in the container, from the request to its end.
struct ExecSession {
    std::string id; // 64 hexadecimal digits, for events
    int client = 0; // 0: nobody, it asks whether the container is well
    bool detached = false;
    Launch launch;
    bool executing = false;
    bool failed = false;
    std::optional<int> waitStatus;
    std::vector<UniqueFd> clientEnds;
    pid_t pid = 0;
};

} // namespace berth
