// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "wire/helpermessage.h"

#include <cstdint>

#include <sys/resource.h>
#include <sys/types.h>

// The stages that every request passes, in this order: enter, restrict, receive, and at the end
// reply and dropForever. Nothing here takes memory from the heap.
namespace berth::helper {

// ---- entry.cpp: leave nothing of the caller's environment in force ------------------------------

// The caller's limits, which a child that ends as the caller's process must get back.
struct Limits {
    rlimit of[RLIM_NLIMITS] = {};
};

// False: this is not an invocation that the engine would make; the program must end at once.
bool enterSafely(int argumentCount, Limits &limits);

// What the kernel says about the caller, read once.
struct Caller {
    uid_t user = 0;
    gid_t group = 0;
    int groupCount = 0; // supplementary groups
    const gid_t *groups = nullptr;
    bool isElevated = false; // the set-uid bit took effect, for somebody who is not root

    [[nodiscard]] bool isInGroup(gid_t wanted) const;
};
Caller identifyCaller();

// Every resource of a child is at most what the caller had, and at most what a sleeping process needs.
bool limitChild(const Limits &callers);

// ---- privilege.cpp -----------------------------------------------------------------------------

// All capabilities but the few that the operations need, empty bounding, ambient and inheritable
// sets, and the program's own system call filter.
bool restrictPrivileges(bool isElevated);

// Lowers the permitted set to what this operation needs. For Probe that is nothing at all.
bool narrowFor(Operation operation, const Caller &caller);

// Real, effective and saved ids 0, no supplementary groups: from here on the caller can neither stop
// nor kill this process.
bool becomeRoot();

// Effective ids of the caller with the capabilities still effective, so that a namespace made now
// belongs to the caller; and back.
bool actAsCaller(const Caller &caller);
bool actAsRoot();

// Gives up everything for good and asks the kernel whether it is so.
bool dropForever(const Caller &caller);

// ---- request.cpp -------------------------------------------------------------------------------

// Descriptors that came beside the request; nothing is known of them yet.
struct RequestFds {
    UniqueFd userNamespace, networkNamespace;
    std::size_t count = 0;
};

// One datagram from fd 3, examined. NoReply: fd 3 is not our kind of socket.
enum class Received { NoReply, Reply, Perform };
Received receiveRequest(const Caller &caller, Request &request, RequestFds &fds, Status &status);

// Descriptors that go beside the reply; closed with it.
struct ReplyFds {
    static constexpr std::size_t capacity = spawnHolderFds;
    UniqueFd fds[capacity];
    std::size_t count = 0;

    void add(UniqueFd fd) { fds[count++] = static_cast<UniqueFd &&>(fd); }
};
bool sendReply(const Request &request, Status status, Reply &reply, const ReplyFds &fds);

// ---- the operations: spawnholder.cpp, cgroupensure.cpp, uplink.cpp -------------------------------

struct Task {
    const Caller &caller;
    const Limits &limits;
    MapProfile profile = MapProfile::None;
    std::uint32_t maximum = 0; // from the policy
    const RequestFds &namespaces;
    Reply &reply;
    ReplyFds &fds;
};
Status spawnHolder(Task &task);
Status ensureCgroup(Task &task);
Status ensureUplink(Task &task);
Status releaseUplink(Task &task);

// The leaf of the caller's delegated cgroup for the holder, made when missing. Invalid when the caller
// has no delegated cgroup, which is no error.
UniqueFd openHolderCgroup(const Caller &caller);

// /proc, proven to be a procfs.
UniqueFd openProc();

} // namespace berth::helper
