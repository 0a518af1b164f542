// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/client.h"

#include "base/io.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <unistd.h>

namespace berth {

void Client::close()
{
    m_socket.reset();
    m_waiting.clear();
}

void Client::send(const monitor::Message &message, std::vector<UniqueFd> fds)
{
    if (isClosed())
        return;
    Packet packet{monitor::encode(message), std::move(fds)};
    if (!m_waiting.empty() || !transmit(packet))
        m_waiting.push_back(std::move(packet));
}

void Client::flush()
{
    while (!m_waiting.empty() && !isClosed() && transmit(m_waiting.front())) {
        if (!m_waiting.empty()) // transmit closes and forgets all when the peer has gone
            m_waiting.pop_front();
    }
}

bool Client::transmit(const Packet &packet)
{
    iovec part{const_cast<char *>(packet.bytes.data()), packet.bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(maxMessageFds * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (!packet.fds.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(packet.fds.size() * sizeof(int));
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(packet.fds.size() * sizeof(int));
        for (std::size_t i = 0; i < packet.fds.size(); ++i) {
            const int fd = packet.fds[i].get();
            std::memcpy(CMSG_DATA(header) + i * sizeof(int), &fd, sizeof fd);
        }
    }
    for (;;) {
        if (::sendmsg(m_socket.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
            return true;
        if (errno == EINTR)
            continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return false;
        close();
        return true;
    }
}

bool isOwnPeer(int socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::getuid();
}

} // namespace berth
