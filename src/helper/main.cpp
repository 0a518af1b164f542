// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"
#include "helper/stages.h"

#include <unistd.h>

// The setuid helper. It reads one request, does one of five fixed things, replies and is gone; nothing
// that runs with the caller's ids can ask it for anything afterwards. It reads no environment and no
// argument, takes no path, mounts nothing, executes nothing but the holder in namespaces of its own.
namespace berth::helper {
namespace {

constexpr int exitReplied = 0, exitRefused = 64;

Feature featureOf(Operation operation)
{
    switch (operation) {
    case Operation::SpawnHolder: return HolderFeature;
    case Operation::CgroupEnsure: return CgroupFeature;
    default: return UplinkFeature;
    }
}

Status probe(const Caller &caller, Reply &reply)
{
    reply.effectiveUser = caller.isElevated ? 0 : caller.user;
    std::uint32_t maximum = 0;
    for (const Feature feature : {HolderFeature, CgroupFeature, UplinkFeature}) {
        const Status status = authorise(caller, feature, maximum, reply.detail);
        if (status == Status::Ok)
            reply.features |= feature;
        else if (status != Status::NotAllowed)
            return status;
    }
    return Status::Ok;
}

Status perform(
    const Caller &caller, const Limits &limits, const Request &request, const RequestFds &namespaces, Reply &reply, ReplyFds &fds)
{
    const Operation operation{request.header.operation};
    if (!caller.isElevated && operation != Operation::Probe)
        return Status::NotPrivileged;
    if (!narrowFor(operation, caller))
        return Status::Internal;
    if (operation == Operation::Probe)
        return probe(caller, reply);
    Task task{caller, limits, MapProfile{request.profile}, 0, namespaces, reply, fds};
    const Status allowed = authorise(caller, featureOf(operation), task.maximum, reply.detail);
    if (allowed != Status::Ok)
        return allowed;
    if (!becomeRoot())
        return Status::Internal;
    if (operation == Operation::CgroupEnsure)
        return ensureCgroup(task);
    // Out of the caller's session; only the operation before needs to be in it until it is done.
    setsid();
    if (operation == Operation::SpawnHolder)
        return spawnHolder(task);
    return operation == Operation::UplinkEnsure ? ensureUplink(task) : releaseUplink(task);
}

} // namespace
} // namespace berth::helper

int main(int argumentCount, char **)
{
    using namespace berth::helper;
    Limits limits;
    if (!enterSafely(argumentCount, limits))
        return exitRefused;
    const Caller caller = identifyCaller();
    if (!restrictPrivileges(caller.isElevated))
        return exitRefused;
    Request request;
    RequestFds namespaces;
    Status status = Status::Ok;
    const Received received = receiveRequest(caller, request, namespaces, status);
    if (received == Received::NoReply)
        return exitRefused;
    Reply reply;
    ReplyFds fds;
    if (received == Received::Perform)
        status = perform(caller, limits, request, namespaces, reply, fds);
    const bool isSent = sendReply(request, status, reply, fds);
    const bool isDropped = dropForever(caller);
    return isSent && isDropped ? exitReplied : exitRefused;
}
