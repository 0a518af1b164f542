// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "operations/monitorlink.h"

#include <string>
#include <vector>

namespace berth {

struct RelayOptions {
    bool forwardsStdin = false;
    bool isTerminal = false;      // the process in the container has one
    bool proxiesSignals = false;  // signals that reach us go to process 1 of the container
    std::string detachKeys{"\x10\x11"}; // ctrl-p ctrl-q
};

// How a session ended, and what the caller's exit code is made of.
struct RelayEnd {
    enum class Reason {
        Exited,       // the process ended: status
        Detached,     // the detach keys were typed
        Signalled,    // we were told to end: signal
        OutputClosed, // nobody reads our standard output any more: error
    };
    Reason reason = Reason::Exited;
    ExitStatus status;
    int signal = 0; // or the errno of the lost output
};

// Carries bytes between our standard streams and a container until its process ends, or until we
// leave. The terminal is raw meanwhile and is put back on every way out.
Result<RelayEnd> relayContainer(MonitorLink &link, const RelayOptions &options);

// The same for a process that exec started. fds came beside ExecStarted: {pty master}, or {stdin (when
// forwardsStdin), stdout, stderr}.
Result<RelayEnd> relayExec(MonitorLink &link, std::vector<UniqueFd> fds, const RelayOptions &options);

// The exit code for an end: the process's own, 0 after detaching, 128+n for a signal. Dies of that
// signal itself where that is what the caller's shell should see.
int finish(const RelayEnd &end);

} // namespace berth
