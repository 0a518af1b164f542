// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "forwarder/tcpforwarder.h"

#include <algorithm>
#include <cerrno>

#include <sys/socket.h>

namespace berth::forwarder {
namespace {

constexpr int batch = 64;           // accepted at once, before others have their turn
constexpr int retryTime = 100;      // milliseconds, when descriptors are short

bool isShortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

} // namespace

Result<> TcpForwarder::add(UniqueFd listener, std::uint16_t containerPort)
{
    auto made = std::make_unique<Listener>(*this, std::move(listener), containerPort);
    if (auto added = m_loop.add(made->socket.get(), EPOLLIN, *made); !added)
        return added;
    m_listeners.push_back(std::move(made));
    return {};
}

void TcpForwarder::accept(Listener &listener)
{
    for (int i = 0; i < batch; ++i) {
        if (m_connections.size() >= m_maxConnections) {
            pause();
            return;
        }
        UniqueFd client(::accept4(listener.socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (client) {
            begin(std::move(client), listener.containerPort);
        } else if (isShortage(errno)) {
            m_lacksDescriptors = true;
            pause();
            return;
        } else if (errno == EAGAIN) {
            return;
        } // else: this one had gone before we saw it
    }
}

void TcpForwarder::begin(UniqueFd client, std::uint16_t containerPort)
{
    auto container = connectTo(m_target, containerPort, SOCK_STREAM);
    if (!container) {
        resetConnection(std::move(client));
        return;
    }
    auto connection = std::make_unique<Connection>(*this, m_loop, m_pipes, std::move(client), std::move(container));
    auto *const key = connection.get();
    m_connections.emplace(key, std::move(connection));
    if (!key->start())
        m_connections.erase(key);
}

void TcpForwarder::noteEnd(Connection &connection)
{
    auto node = m_connections.extract(&connection);
    m_ended.push_back(std::move(node.mapped()));
    std::erase(m_unfinished, &connection);
}

void TcpForwarder::work(std::int64_t now)
{
    const auto unfinished = std::exchange(m_unfinished, {});
    for (auto *connection : unfinished) {
        if (m_connections.contains(connection))
            connection->pump();
    }
    m_ended.clear();
    // A tenth of room, so that it is not turned on and off with each that ends.
    const bool hasRoom = m_connections.size() < m_maxConnections - m_maxConnections / 10;
    if (m_lacksDescriptors && m_retryAt == 0)
        m_retryAt = now + retryTime;
    if (m_isPaused && hasRoom && now >= m_retryAt)
        resume();
}

int TcpForwarder::timeout() const
{
    if (!m_unfinished.empty())
        return 0;
    return m_lacksDescriptors ? retryTime : -1;
}

void TcpForwarder::pause()
{
    if (m_isPaused)
        return;
    m_isPaused = true;
    for (const auto &listener : m_listeners)
        m_loop.change(listener->socket.get(), 0, *listener);
}

void TcpForwarder::resume()
{
    m_isPaused = m_lacksDescriptors = false;
    m_retryAt = 0;
    for (const auto &listener : m_listeners)
        m_loop.change(listener->socket.get(), EPOLLIN, *listener);
}

} // namespace berth::forwarder
