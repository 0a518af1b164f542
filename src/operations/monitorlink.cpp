// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/monitorlink.h"

#include "base/io.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace berth {
namespace {

std::unexpected<Error> noMonitor(const QString &containerId)
{
    return fail(ErrorCode::Unavailable,
                "container " + containerId.left(12).toStdString() + " has no monitor that can be reached");
}

// Anybody may have left a socket there, were the folder ever open to others.
bool isOwnMonitor(int socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::getuid();
}

} // namespace

Result<MonitorLink> MonitorLink::connect(const EnginePaths &paths, const QString &containerId)
{
    auto folder = openFile(AT_FDCWD, paths.runtime.toStdString(), O_PATH | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    // Through the descriptor: the folder's own path may be longer than a socket address.
    const std::string path = "/proc/self/fd/" + std::to_string(folder->get()) + '/'
        + monitorSocketName(containerId.toStdString());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(ErrorCode::Internal, "the name of the monitor's socket is too long");
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    if (!socket)
        return failErrno("cannot make a socket");
    int result = 0;
    do {
        result = ::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address);
    } while (result < 0 && errno == EINTR);
    if (result < 0 && errno != ENOENT && errno != ECONNREFUSED)
        return failErrno("cannot connect to the monitor");
    if (result < 0 || !isOwnMonitor(socket.get()))
        return noMonitor(containerId);
    return MonitorLink(std::move(socket));
}

Result<> MonitorLink::send(const monitor::Message &message)
{
    return sendMessage(m_socket.get(), monitor::encode(message));
}

Result<MonitorLink::Received> MonitorLink::receive()
{
    auto received = receiveMessage(m_socket.get());
    if (!received)
        return std::unexpected(received.error());
    if (received->bytes.empty())
        return fail(ErrorCode::Unavailable, "the container's monitor closed the connection");
    auto message = monitor::decode(received->bytes);
    if (!message)
        return std::unexpected(message.error());
    return Received{std::move(*message), std::move(received->fds)};
}

Result<> MonitorLink::request(const monitor::Message &message)
{
    if (auto sent = send(message); !sent)
        return sent;
    for (;;) {
        auto answer = receive();
        if (!answer)
            return std::unexpected(answer.error());
        if (std::holds_alternative<monitor::Done>(answer->message))
            return {};
        if (const auto *failed = std::get_if<monitor::Failed>(&answer->message))
            return std::unexpected(failed->error);
        if (std::holds_alternative<monitor::Exited>(answer->message))
            return fail(ErrorCode::WrongState, "the container has ended");
    }
}

} // namespace berth
