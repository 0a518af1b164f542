// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "monitor/health.h"
#include "runtime/launch.h"

#include <optional>
#include <string>
#include <vector>

namespace berth {

// One more process in the container, from the request to its end.
struct ExecSession {
    std::string id; // 64 hexadecimal digits, for events
    int client = 0; // 0: ours, it asks whether the container is well
    bool detached = false;
    Launch launch;
    bool executing = false;
    bool failed = false;
    std::optional<int> waitStatus;
    std::vector<UniqueFd> clientEnds;
    pid_t pid = 0;
};

// The question to the container that has not been answered yet.
struct Probe {
    std::string exec;  // id of its session
    std::string start; // RFC 3339
    std::int64_t asked = 0;
    std::int64_t deadline = 0; // monotonic milliseconds, as asked
    bool isTooSlow = false;
    UniqueFd output;
    ProbeOutput text;
};

// What poll(2) is asked for.
enum class WatchKind { Signals, Listener, Launch, Input, Output, Client, Exec, Probe, Memory };
struct Watch {
    WatchKind kind;
    int number = 0; // index of the output, number of the client, descriptor of the exec
};

} // namespace berth
