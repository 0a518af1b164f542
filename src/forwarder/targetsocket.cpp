// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "forwarder/targetsocket.h"

#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace berth::forwarder {
namespace {

constexpr int connectTries = 4; // of TCP's own: half a minute for a container that answers nothing

} // namespace

UniqueFd connectTo(const Target &target, std::uint16_t port, int type)
{
    UniqueFd socket(target.address != 0 ? ::socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0) : -1);
    if (!socket)
        return socket;
    const auto &interface = target.interface; // unprivileged since Linux 5.7, and the routes do not decide
    if (!interface.empty()
        && ::setsockopt(socket.get(), SOL_SOCKET, SO_BINDTODEVICE, interface.data(), static_cast<socklen_t>(interface.size()))
            < 0)
        return {};
    if (type == SOCK_STREAM)
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_SYNCNT, &connectTries, sizeof connectTries);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(target.address);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&to), sizeof to) < 0 && errno != EINPROGRESS)
        socket.reset();
    return socket;
}

} // namespace berth::forwarder
