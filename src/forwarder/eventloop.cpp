// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "forwarder/eventloop.h"

#include <span>

namespace berth::forwarder {

Result<EventLoop> EventLoop::make()
{
    UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
    if (!epoll)
        return failErrno("cannot wait for connections");
    return EventLoop(std::move(epoll));
}

Result<> EventLoop::add(int fd, std::uint32_t events, EventTarget &target)
{
    epoll_event event{.events = events, .data = {.ptr = &target}};
    if (::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event) < 0)
        return failErrno("cannot wait for a descriptor");
    return {};
}

void EventLoop::change(int fd, std::uint32_t events, EventTarget &target)
{
    epoll_event event{.events = events, .data = {.ptr = &target}};
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, fd, &event);
}

void EventLoop::remove(int fd, const EventTarget &target)
{
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
    for (auto &event : std::span(m_events).first(m_count)) {
        if (event.data.ptr == &target)
            event.data.ptr = nullptr;
    }
}

void EventLoop::step(int timeout)
{
    const int ready = ::epoll_wait(m_epoll.get(), m_events.data(), static_cast<int>(m_events.size()), timeout);
    m_count = ready > 0 ? static_cast<std::size_t>(ready) : 0;
    for (std::size_t i = 0; i < m_count; ++i) {
        if (auto *target = static_cast<EventTarget *>(m_events[i].data.ptr))
            target->handle(m_events[i].events);
    }
    m_count = 0;
}

} // namespace berth::forwarder
