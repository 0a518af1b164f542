// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forwarder/flowtable.h"
#include "forwarder/targetsocket.h"

#include <functional>
#include <vector>

namespace berth::forwarder {

// Datagrams to the container and its answers back. Each client has a socket of its own towards the container, so
// that answers find their way, for as long as one of the two says something.
class UdpForwarder {
public:
    using Clock = std::function<std::int64_t()>; // milliseconds

    UdpForwarder(EventLoop &loop, std::size_t maxFlows, Clock clock);

    // socket: bound, non-blocking.
    Result<> add(UniqueFd socket, std::uint16_t containerPort);
    // As TcpForwarder's; forgets all clients.
    void setTarget(const Target &target);
    void expire() { m_flows.expire(m_clock()); }
    [[nodiscard]] int timeout() const;
    [[nodiscard]] std::size_t flows() const { return m_flows.size(); }

private:
    struct Listener final : EventTarget {
        Listener(UdpForwarder &whole, UniqueFd fd, std::uint16_t port)
            : forwarder(whole), socket(std::move(fd)), containerPort(port)
        {
        }
        void handle(std::uint32_t) override { forwarder.receive(*this); }

        UdpForwarder &forwarder;
        UniqueFd socket;
        std::uint16_t containerPort;
    };

    void receive(Listener &listener);
    void answer(Flow &flow);
    Flow *flowOf(const Listener &listener, const msghdr &header);
    Flow *newFlow(const Listener &listener, const FlowKey &key);

    EventLoop &m_loop;
    Clock m_clock;
    FlowTable m_flows;
    Target m_target;
    std::vector<std::unique_ptr<Listener>> m_listeners;
};

} // namespace berth::forwarder
