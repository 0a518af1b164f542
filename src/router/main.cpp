// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the holder's network namespace a router, and takes bridges out of it. Root of the holder, which means
// nothing outside of it; started by the engine once for each holder and for each network that goes.
#include "base/io.h"
#include "router/router.h"
#include "wire/routermessage.h"

#include <cstdlib>

#include <sched.h>

namespace {

using namespace berth;

constexpr int channel = 3, networkNamespace = 4;

Result<> obey(const router::Request &request)
{
    if (::setns(networkNamespace, CLONE_NEWNET) < 0)
        return failErrno("cannot enter the holder's network");
    if (request.prepares) {
        if (auto set = router::setValues(); !set)
            return set;
        if (auto loaded = router::loadRules(); !loaded)
            return loaded;
    }
    for (const auto &bridge : request.removedBridges) {
        auto removed = router::removeBridge(bridge);
        if (!removed && removed.error().code != ErrorCode::NotFound)
            return removed;
    }
    return {};
}

} // namespace

int main()
{
    const auto received = receiveMessage(channel);
    if (!received || received->bytes.empty())
        return EXIT_FAILURE;
    const auto request = router::decodeRequest(received->bytes);
    const auto done = request ? obey(*request) : std::unexpected(request.error());
    router::Answer answer{.isDone = done.has_value()};
    if (!done)
        answer.error = done.error();
    return sendMessage(channel, router::encode(answer)) ? EXIT_SUCCESS : EXIT_FAILURE;
}
