// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "wire/monitormessage.h"

#include <deque>
#include <string>
#include <vector>

namespace berth {

// One connection to the monitor. What it cannot take at once waits here; how much that may become is
// the monitor's business (isBehind).
class Client {
public:
    Client(int clientNumber, UniqueFd socket) : number(clientNumber), m_socket(std::move(socket)) {}

    const int number;          // never reused, so that an answer cannot reach a later client
    monitor::Hello wants;
    bool isExecuting = false;  // its Exec has not been answered
    bool holdsPause = false;   // the container is paused for as long as this client stays

    [[nodiscard]] int fd() const { return m_socket.get(); }
    [[nodiscard]] bool isClosed() const { return !m_socket.isValid(); }
    void close();

    // Sends now what the socket takes, keeps the rest. A peer that has gone closes the connection.
    void send(const monitor::Message &message, std::vector<UniqueFd> fds = {});
    void flush();
    [[nodiscard]] bool isBehind() const { return !m_waiting.empty(); }

private:
    struct Packet {
        std::string bytes;
        std::vector<UniqueFd> fds;
    };
    // false: the socket takes nothing now.
    bool transmit(const Packet &packet);

    UniqueFd m_socket;
    std::deque<Packet> m_waiting;
};

// Whether the process at the other end of a connected socket belongs to our own user.
[[nodiscard]] bool isOwnPeer(int socket);

} // namespace berth
