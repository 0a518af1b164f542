// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forwarder/connection.h"
#include "forwarder/targetsocket.h"

#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

namespace berth::forwarder {

// Accepts on the machine's ports and connects to the container's. Sockets to the container are made in the network
// namespace that the caller is in.
class TcpForwarder final : public ConnectionOwner {
public:
    // maxConnections: with so many nobody is accepted, and new ones wait in the kernel's queue, until some have
    // ended.
    TcpForwarder(EventLoop &loop, std::size_t maxConnections) : m_loop(loop), m_maxConnections(maxConnections) {}

    // listener: bound and listening, non-blocking.
    Result<> add(UniqueFd listener, std::uint16_t containerPort);
    // Without an address nobody is there, and clients are sent away at once.
    void setTarget(const Target &target) { m_target = target; }

    // What could not be done at once. To be called after each step of the loop. now: monotonic milliseconds.
    void work(std::int64_t now);
    // Milliseconds until work() has something to do; -1: never, 0: now.
    [[nodiscard]] int timeout() const;
    [[nodiscard]] std::size_t connections() const { return m_connections.size(); }

    void noteEnd(Connection &connection) override;
    void noteMore(Connection &connection) override { m_unfinished.push_back(&connection); }

private:
    struct Listener final : EventTarget {
        Listener(TcpForwarder &whole, UniqueFd fd, std::uint16_t port)
            : forwarder(whole), socket(std::move(fd)), containerPort(port)
        {
        }
        void handle(std::uint32_t) override { forwarder.accept(*this); }

        TcpForwarder &forwarder;
        UniqueFd socket;
        std::uint16_t containerPort;
    };

    void accept(Listener &listener);
    void begin(UniqueFd client, std::uint16_t containerPort);
    void pause();
    void resume();

    EventLoop &m_loop;
    PipePool m_pipes;
    const std::size_t m_maxConnections;
    Target m_target;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::unordered_map<Connection *, std::unique_ptr<Connection>> m_connections;
    std::vector<std::unique_ptr<Connection>> m_ended; // somebody up the stack may still be one of them
    std::vector<Connection *> m_unfinished;
    bool m_isPaused = false;
    bool m_lacksDescriptors = false; // of the whole system, perhaps
    std::int64_t m_retryAt = 0;
};

} // namespace berth::forwarder
