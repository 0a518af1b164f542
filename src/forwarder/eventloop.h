// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include <sys/epoll.h>

namespace berth::forwarder {

// Whoever has to do with a descriptor.
class EventTarget {
public:
    EventTarget() = default;
    EventTarget(const EventTarget &) = delete;
    EventTarget &operator=(const EventTarget &) = delete;
    virtual ~EventTarget() = default;
    virtual void handle(std::uint32_t events) = 0; // EPOLLIN and so on
};

// epoll(7), with the promise that a target hears nothing any more once it was removed.
class EventLoop {
public:
    static Result<EventLoop> make();

    // The target outlives its place here.
    Result<> add(int fd, std::uint32_t events, EventTarget &target);
    void change(int fd, std::uint32_t events, EventTarget &target);
    void remove(int fd, const EventTarget &target);
    // Waits for at most so many milliseconds (-1: for ever), then tells those whose descriptors have something.
    void step(int timeout);

private:
    explicit EventLoop(UniqueFd epoll) : m_epoll(std::move(epoll)) {}

    UniqueFd m_epoll;
    std::array<epoll_event, 256> m_events{};
    std::size_t m_count = 0;      // of those that are being told now
};

} // namespace berth::forwarder
