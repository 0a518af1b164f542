// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"

#include <QByteArray>
#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

// Sockets on the loopback for tests of what carries bytes.
namespace berth::test {

inline constexpr std::uint32_t loopback = 0x7f000001;

inline sockaddr_in addressOf(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(loopback);
    return address;
}

inline std::uint16_t portOf(const UniqueFd &socket)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&address), &size);
    return ntohs(address.sin_port);
}

// Bound to a free port, and listening when it is a stream.
inline UniqueFd serverSocket(int type)
{
    UniqueFd socket(::socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const auto address = addressOf(0);
    ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address);
    if (type == SOCK_STREAM)
        ::listen(socket.get(), 4096);
    return socket;
}

inline UniqueFd clientSocket(int type, std::uint16_t port)
{
    UniqueFd socket(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
    const auto address = addressOf(port);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) < 0)
        socket.reset();
    if (socket)
        ::fcntl(socket.get(), F_SETFL, O_NONBLOCK);
    return socket;
}

// What is there now; "(end)" at the end, "(reset)" when it was broken off, empty when there is nothing.
inline QByteArray readNow(const UniqueFd &socket)
{
    QByteArray bytes(65536, Qt::Uninitialized);
    const ssize_t size = ::recv(socket.get(), bytes.data(), std::size_t(bytes.size()), MSG_DONTWAIT);
    if (size < 0)
        return errno == EAGAIN ? QByteArray() : "(reset)";
    return size == 0 ? QByteArray("(end)") : bytes.first(size);
}

inline ssize_t say(const UniqueFd &socket, const QByteArray &bytes)
{
    return ::send(socket.get(), bytes.constData(), std::size_t(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
}

inline UniqueFd accepted(const UniqueFd &server)
{
    return UniqueFd(::accept4(server.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

inline int descriptors()
{
    int count = 0;
    for (int fd = 0; fd < 65536; ++fd)
        count += ::fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
    return count;
}

} // namespace berth::test
