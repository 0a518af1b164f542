// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "forwarder/connection.h"

#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace berth::forwarder {
namespace {

constexpr std::size_t chunk = 64 * 1024; // what a pipe holds by default
constexpr int maxRounds = 16;            // of one direction, before others have their turn

ssize_t move(int from, int to, std::size_t size)
{
    ssize_t moved = 0;
    do
        moved = ::splice(from, nullptr, to, nullptr, size, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    while (moved < 0 && errno == EINTR);
    return moved;
}

void setOption(int socket, int level, int name, int value) { ::setsockopt(socket, level, name, &value, sizeof value); }

// Nagle's delay would come on top of the sender's own. A peer that vanished is noticed after some minutes.
void tune(int socket)
{
    setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, 120);
    setOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, 30);
    setOption(socket, IPPROTO_TCP, TCP_KEEPCNT, 4);
}

bool hasError(int socket)
{
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) < 0 || error != 0;
}

} // namespace

void resetConnection(UniqueFd socket)
{
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

Connection::Connection(ConnectionOwner &owner, EventLoop &loop, PipePool &pipes, UniqueFd client, UniqueFd container)
    : m_owner(owner), m_loop(loop), m_pipes(pipes), m_client(*this, std::move(client)), m_container(*this, std::move(container))
{
}

Connection::~Connection()
{
    if (m_client.fd)
        m_loop.remove(m_client.fd.get(), m_client);
    if (m_container.fd)
        m_loop.remove(m_container.fd.get(), m_container);
}

Result<> Connection::start()
{
    for (Side *side : {&m_client, &m_container}) {
        tune(side->fd.get());
        if (auto added = m_loop.add(side->fd.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, *side); !added)
            return added;
    }
    return {};
}

void Connection::Side::handle(std::uint32_t events)
{
    // What an error is, the next read or write says.
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        isReadable = true;
    if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR))
        isWritable = true;
    connection.pump();
}

void Connection::pump()
{
    if (m_hasEnded)
        return;
    if (!m_isConnected) {
        if (!m_container.isWritable)
            return;
        if (hasError(m_container.fd.get())) {
            end(true);
            return;
        }
        m_isConnected = true;
    }
    const Step in = transfer(m_client, m_container, m_in);
    const Step out = in == Step::Broken ? in : transfer(m_container, m_client, m_out);
    if (out == Step::Broken)
        end(true);
    else if (m_in.isDone && m_out.isDone)
        end(false);
    else if (in == Step::HasMore || out == Step::HasMore)
        m_owner.noteMore(*this);
}

Connection::Step Connection::empty(Side &to, Direction &direction)
{
    while (direction.held > 0) {
        if (!to.isWritable)
            return Step::Waits;
        const ssize_t moved = move(direction.pipe.out.get(), to.fd.get(), direction.held);
        if (moved > 0)
            direction.held -= static_cast<std::size_t>(moved);
        else if (moved < 0 && errno == EAGAIN)
            to.isWritable = false;
        else
            return Step::Broken;
    }
    return Step::HasMore;
}

// That side takes nothing more. What it has sent itself may still be on its way to the other.
void Connection::giveUp(Direction &direction)
{
    direction.pipe = {};
    direction.held = 0;
    direction.isRead = direction.isDone = true;
}

Connection::Step Connection::transfer(Side &from, Side &to, Direction &direction)
{
    for (int round = 0; !direction.isDone; ++round) {
        const Step emptied = empty(to, direction);
        if (emptied == Step::Broken)
            giveUp(direction);
        if (emptied != Step::HasMore)
            return Step::Waits;
        if (direction.isRead || !from.isReadable) {
            m_pipes.giveBack(std::move(direction.pipe));
            direction.pipe = {};
            if (direction.isRead) {
                ::shutdown(to.fd.get(), SHUT_WR);
                direction.isDone = true;
            }
            return Step::Waits;
        }
        if (round == maxRounds)
            return Step::HasMore;
        if (!direction.pipe)
            direction.pipe = m_pipes.take();
        if (!direction.pipe)
            return Step::Broken;
        const ssize_t moved = move(from.fd.get(), direction.pipe.in.get(), chunk);
        if (moved > 0)
            direction.held = static_cast<std::size_t>(moved);
        else if (moved == 0)
            direction.isRead = true;
        else if (errno == EAGAIN)
            from.isReadable = false;
        else
            return Step::Broken;
    }
    return Step::Waits;
}

void Connection::end(bool broken)
{
    m_hasEnded = true;
    for (Side *side : {&m_client, &m_container}) {
        m_loop.remove(side->fd.get(), *side);
        if (broken)
            resetConnection(std::move(side->fd));
        else
            side->fd.reset();
    }
    m_in.pipe = {};
    m_out.pipe = {};
    m_owner.noteEnd(*this);
}

} // namespace berth::forwarder
