// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

namespace berth {

// The user's holder as seen by the engine: descriptors of its namespaces. They keep the namespaces
// alive even when the holder is killed, so running containers survive it.
struct HolderLinks {
    UniqueFd userNamespace;
    UniqueFd mountNamespace;
    UniqueFd networkNamespace;
    pid_t pid = 0;
};

// Finds the running holder through its record in runtimeFolder, proves that it is ours and alive, or
// has the helper make one. Two programs that start at once share one holder (a lock beside the record).
// When it cannot be had, the error is one sentence that says which of: helper absent, not setuid, on a
// nosuid mount, blocked by no_new_privs, refused by policy, no subuid range; and how to mend it.
Result<HolderLinks> ensureHolder(const std::string &runtimeFolder);

// Ends the holder on record, if there is one, and forgets it. Running containers keep the namespaces.
Result<> stopHolder(const std::string &runtimeFolder);

// Moves the calling process, the monitor of that container, to a control group that it may manage: where
// systemd runs, a scope berth-<id>.scope of the user's instance; elsewhere the helper's subtree for the user.
// Gives the folder descriptor of the delegated cgroup and its path below the cgroup2 mount; the *calling
// process* is in its "entry" child. Unavailable, with a sentence that says what is missing, when this machine
// gives none: the caller then goes on without a cgroup. The caller must lead its session or its process group
// (a monitor does setsid(2)), because that keeps its process id from being reused under the helper's hands.
struct DelegatedCgroup {
    UniqueFd folder;
    std::string path;
};
Result<DelegatedCgroup> enterDelegatedCgroup(const std::string &containerId);
// Removes the control groups there in which no monitor is any more, because it was killed, with everything that still
// runs in them; waits for that up to a second each. None is no error. Groups that systemd made it takes away itself.
void removeLeftCgroups();

// Starts program (absolute path) as root of the holder: user and mount namespace of links, fd 3 =
// channel, fds 4… = extra in order, stdin/stdout/stderr = /dev/null (stderr kept), empty environment,
// killed when the calling thread ends. Gives a pidfd; the caller waits with waitForProgram.
Result<UniqueFd> spawnInHolder(
    const HolderLinks &links, const std::string &program, int channel, std::span<const int> extra = {});
// Waits for the end; the raw wait status (WIFEXITED …).
Result<int> waitForProgram(int pidfd);

} // namespace berth
