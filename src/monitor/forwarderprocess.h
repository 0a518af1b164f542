// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "wire/forwardermessage.h"

#include <vector>

#include <sys/types.h>

namespace berth {

// The process that carries what comes to the container's published ports. A child of the monitor.
class ForwarderProcess {
public:
    // Waits until the ports are taken, or refused with the reason. name: of the container, by which others are told
    // whose a port is.
    static Result<ForwarderProcess> start(
        const std::string &name, const forwarder::Publish &publish, int holderUserNamespace, int holderNetworkNamespace);
    ForwarderProcess(ForwarderProcess &&) noexcept;
    ForwarderProcess &operator=(ForwarderProcess &&) = delete;
    // When it is over, nothing listens there any more.
    ~ForwarderProcess();

    [[nodiscard]] pid_t pid() const { return m_pid; }
    [[nodiscard]] const std::vector<PublishedPort> &ports() const { return m_ports; }
    [[nodiscard]] std::int64_t startedAt() const { return m_startedAt; } // monotonic milliseconds
    void retarget(const forwarder::Target &target);
    // It has ended by itself and somebody has waited for it.
    void forget() { m_pid = 0; }

private:
    ForwarderProcess() = default;

    UniqueFd m_channel;
    pid_t m_pid = 0;
    std::int64_t m_startedAt = 0;
    std::vector<PublishedPort> m_ports;
};

} // namespace berth
