// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "forwarder/eventloop.h"
#include "forwarder/pipepool.h"

#include <cstddef>
#include <cstdint>

namespace berth::forwarder {

class Connection;

// What a connection asks of whoever keeps it.
class ConnectionOwner {
public:
    ConnectionOwner() = default;
    ConnectionOwner(const ConnectionOwner &) = delete;
    ConnectionOwner &operator=(const ConnectionOwner &) = delete;
    virtual ~ConnectionOwner() = default;
    virtual void noteEnd(Connection &connection) = 0;  // may delete it, but not before this call is over
    virtual void noteMore(Connection &connection) = 0; // pump() is to be called again soon, others first
};

// One client and the container, by splice(2). Each direction ends by itself: what one side sends after the other
// has said its last word still arrives. A side that is slow stops the other; at most a pipe's worth waits here.
class Connection {
public:
    // Both non-blocking; container may still be connecting.
    Connection(ConnectionOwner &owner, EventLoop &loop, PipePool &pipes, UniqueFd client, UniqueFd container);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    Result<> start();
    void pump();

private:
    struct Side final : EventTarget {
        Side(Connection &whole, UniqueFd socket) : connection(whole), fd(std::move(socket)) {}
        void handle(std::uint32_t events) override;

        Connection &connection;
        UniqueFd fd;
        bool isReadable = false, isWritable = false;
    };
    struct Direction {
        Pipe pipe;
        std::size_t held = 0;     // bytes in the pipe
        bool isRead = false;      // to the end
        bool isDone = false;      // and the other side knows
    };
    enum class Step { Waits, HasMore, Broken };

    Step transfer(Side &from, Side &to, Direction &direction);
    // Of the pipe's bytes to that side. Step::HasMore: all of them went.
    static Step empty(Side &to, Direction &direction);
    void giveUp(Direction &direction);
    void end(bool broken);

    ConnectionOwner &m_owner;
    EventLoop &m_loop;
    PipePool &m_pipes;
    Side m_client, m_container;
    Direction m_in, m_out;        // to the container, from it
    bool m_isConnected = false;
    bool m_hasEnded = false;
};

// A client that is told so: RST instead of an orderly end.
void resetConnection(UniqueFd socket);

} // namespace berth::forwarder
