// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "holder/holderlinks.h"
#include "network/insidesocket.h"

#include <cerrno>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#define VERIFY_RESULT(result) QVERIFY2(result, (result) ? "" : (result).error().detail.c_str())

namespace berth {

// Connects from inside of the holder's network; gives what the peer says first, or why it said nothing.
inline std::string greetingFrom(const HolderLinks &links, const char *address, int port, int seconds = 2)
{
    const SocketKind kind{AF_INET, SOCK_STREAM, 0};
    const auto sockets = openInside(links, {&kind, 1});
    if (!sockets)
        return sockets.error().detail;
    const int socket = sockets->front().get();
    const timeval patience{seconds, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in peer{};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(std::uint16_t(port));
    ::inet_pton(AF_INET, address, &peer.sin_addr);
    char text[64] = {};
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&peer), sizeof peer) < 0
        || ::recv(socket, text, sizeof text - 1, 0) <= 0)
        return std::string("nothing: ") + std::strerror(errno);
    return text;
}

inline bool reachesLan(const HolderLinks &links, int seconds = 2)
{
    return greetingFrom(links, "192.0.2.2", 7001, seconds) == "192.0.2.1\n";
}

} // namespace berth
