// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/io.h"
#include "helper/helpercall.h"
#include "holder/holderlinks.h"

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

namespace berth {

// A holder of this test's own, as the helper makes it, on no record of the engine's.
class UserHolder {
public:
    UserHolder()
    {
        auto answer = helper::askPatiently(helper::makeRequest(helper::Operation::SpawnHolder, helper::MapProfile::Subid));
        if (answer.status() != helper::Status::Ok || answer.fds.size() != helper::spawnHolderFds)
            return;
        const UniqueFd channel = std::move(answer.fds[4]);
        char word = 0;
        if (::recv(channel.get(), &word, 1, 0) != 1 || word != 'r' || ::send(channel.get(), "k", 1, MSG_NOSIGNAL) != 1)
            return;
        links.pid = answer.reply->pid;
        links.userNamespace = std::move(answer.fds[1]);
        links.mountNamespace = std::move(answer.fds[2]);
        links.networkNamespace = std::move(answer.fds[3]);
    }
    ~UserHolder() { end(); }
    UserHolder(const UserHolder &) = delete;
    UserHolder &operator=(const UserHolder &) = delete;

    [[nodiscard]] bool isMade() const { return links.networkNamespace.isValid(); }
    // The process goes; the namespaces stay while we have their descriptors.
    void end()
    {
        if (links.pid > 0)
            ::kill(links.pid, SIGKILL);
        links.pid = 0;
    }

    HolderLinks links;
};

// One request about an uplink, by hand; what a moment may mend is asked again.
inline helper::Answer askForUplink(helper::Operation operation, const std::vector<int> &fds)
{
    const helper::Request request = helper::makeRequest(operation);
    for (int tries = 0;; ++tries) {
        helper::Call call;
        call.send(helper::bytesOf(request), fds);
        helper::Answer answer = call.finish();
        if (!answer.reply || !helper::isRetryable(answer.status()) || tries == 100)
            return answer;
        ::usleep(100'000);
    }
}
inline helper::Answer askForUplink(helper::Operation operation, const HolderLinks &links)
{
    return askForUplink(operation, {links.userNamespace.get(), links.networkNamespace.get()});
}

} // namespace berth
