// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "runtime/launch.h"
#include "runtime/networklinks.h"
#include "runtime/processstate.h"
#include "runtime/spawner.h"
#include "wire/monitormessage.h"

#include <algorithm>

#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace berth {
namespace {

std::vector<NetworkSpec> networksAfter(const LinkChange &change)
{
    std::vector<NetworkSpec> networks = change.container.networks;
    if (!change.isRemoval)
        networks.push_back(change.network);
    else
        std::erase_if(networks, [&](const NetworkSpec &network) { return network.id == change.network.id; });
    return networks;
}

// The way out as it is after the change: what the kernel took away with an interface comes back through another.
Result<> setUpInside(const LinkChange &change)
{
    if (::setns(change.containerNetworkNamespace, CLONE_NEWNET) < 0)
        return failErrno("cannot enter the container's network");
    if (!change.isRemoval) {
        NetworkSpec alone = change.network;
        alone.internal = true; // its gateway is chosen below
        if (auto done = configureLinks({alone}, change.hostProc); !done)
            return done;
    }
    auto netlink = Netlink::open();
    if (!netlink)
        return std::unexpected(netlink.error());
    return chooseGateway(*netlink, networksAfter(change));
}

Result<> changeInside(const LinkChange &change, int channel)
{
    // Nobody of the container may look into a process that enters it (CVE-2016-9962).
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return failErrno("cannot become untraceable");
    keepDescriptors(
        {channel, change.holderUserNamespace, change.holderNetworkNamespace, change.containerNetworkNamespace, change.hostProc});
    if (::setns(change.holderUserNamespace, CLONE_NEWUSER) < 0 || ::setns(change.holderNetworkNamespace, CLONE_NEWNET) < 0)
        return failErrno("cannot enter the holder's network");
    auto router = Netlink::open();
    if (!router)
        return std::unexpected(router.error());
    if (change.isRemoval) {
        auto removed = removeLink(*router, change.network);
        if (!removed && removed.error().code != ErrorCode::NotFound)
            return removed;
    } else if (auto made = makeLink(
                   *router, change.network, {.process = 0, .networkNamespace = change.containerNetworkNamespace});
        !made) {
        return made;
    }
    auto done = setUpInside(change);
    if (!done && !change.isRemoval)
        (void)removeLink(*router, change.network);
    return done;
}

} // namespace

Result<> changeLink(const LinkChange &change)
{
    auto ends = socketPair();
    if (!ends)
        return std::unexpected(ends.error());
    const pid_t child = ::fork();
    if (child < 0)
        return failErrno("cannot fork");
    if (child == 0) {
        ends->first.reset();
        const int channel = ends->second.get();
        if (auto done = changeInside(change, channel); !done)
            reportFailure(channel, done.error());
        else
            (void)sendMessage(channel, monitor::encode(monitor::Message(monitor::Done{})));
        ::_exit(0);
    }
    ends->second.reset();
    auto received = receiveMessage(ends->first.get());
    if (!received)
        return std::unexpected(received.error());
    auto message = monitor::decode(received->bytes);
    if (!message)
        return fail(ErrorCode::Internal, "the process that was to change the container's network died");
    if (const auto *failed = std::get_if<monitor::Failed>(&*message))
        return std::unexpected(failed->error);
    return {};
}

} // namespace berth
