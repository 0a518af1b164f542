// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/roothand.h"

#include <cstdlib>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace berth {

bool RootHand::isThere() { return std::getenv("BERTH_ROOT_HAND") != nullptr; }

// It may still be starting.
RootHand::RootHand(const std::string &line)
{
    const char *path = std::getenv("BERTH_ROOT_HAND");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path != nullptr)
        std::strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    const std::string text = line + "\n";
    for (int tries = 0; tries < 100; ++tries) {
        m_socket.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::connect(m_socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
            break;
        ::usleep(50'000);
    }
    if (::send(m_socket.get(), text.data(), text.size(), MSG_NOSIGNAL) != ssize_t(text.size()))
        m_socket.reset();
}

RootHand::Answer RootHand::wait()
{
    std::string text;
    char bytes[4096];
    for (;;) {
        const ssize_t size = m_socket ? ::recv(m_socket.get(), bytes, sizeof bytes, 0) : -1;
        if (size <= 0)
            break;
        text.append(bytes, std::size_t(size));
    }
    const auto end = text.find('\n');
    if (end == std::string::npos)
        return {};
    return {std::atoi(text.c_str()), text.substr(end + 1)};
}

} // namespace berth
