// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "forwarder/eventloop.h"

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>

#include <netinet/in.h>
#include <sys/socket.h>

namespace berth::forwarder {

// Who a datagram is from, and to which of the machine's ports.
struct FlowKey {
    int listener = 0;             // descriptor
    std::uint16_t port = 0;       // of the client
    in6_addr address{};           // IPv4 in the first four bytes

    friend bool operator<(const FlowKey &a, const FlowKey &b);
};

// One client of a container: a socket whose answers are the client's.
struct Flow : EventTarget {
    FlowKey key;
    UniqueFd socket;
    sockaddr_storage client{};
    socklen_t clientSize = 0;
    in6_pktinfo reached6{};       // by which of the machine's addresses: answers come from there
    in_pktinfo reached4{};
    std::int64_t usedAt = 0;
    std::list<Flow *>::iterator place;
    std::function<void(Flow &)> answer; // the container has sent something

    void handle(std::uint32_t) override { answer(*this); }
};

// The clients of the last while; the one that was quiet for longest makes room for a new one. Times in
// milliseconds, of whatever clock the caller has.
class FlowTable {
public:
    FlowTable(std::size_t maxFlows, std::int64_t quietTime) : m_maxFlows(maxFlows), m_quietTime(quietTime) {}

    // Told of each flow before it goes.
    std::function<void(Flow &)> onEnd;

    Flow *find(const FlowKey &key);
    // key is not there yet.
    Flow &add(const FlowKey &key, std::int64_t now);
    void touch(Flow &flow, std::int64_t now);
    void remove(Flow &flow);
    void expire(std::int64_t now);
    void clear();
    // Milliseconds until expire() has something to do; -1: never.
    [[nodiscard]] std::int64_t timeout(std::int64_t now) const;
    [[nodiscard]] std::size_t size() const { return m_flows.size(); }

private:
    const std::size_t m_maxFlows;
    const std::int64_t m_quietTime;
    std::map<FlowKey, std::unique_ptr<Flow>> m_flows;
    std::list<Flow *> m_order;    // the one that was quiet for longest first
};

} // namespace berth::forwarder
