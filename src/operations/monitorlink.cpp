// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/monitorlink.h"

#include "base/io.h"

#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace berth {

Result<MonitorLink> MonitorLink::connect(const EnginePaths &paths, const QString &containerId)
{
    const std::string runtime = paths.runtime.toStdString();
    const auto folder = openFile(AT_FDCWD, runtime, O_PATH | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    if (!socket)
        return failErrno("cannot make a socket");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    // Through the folder's descriptor: a socket's path may have only 107 bytes, a home may be longer.
    const std::string path = "/proc/self/fd/" + std::to_string(folder->get()) + '/'
        + monitorSocketName(containerId.toStdString());
    if (path.size() >= sizeof address.sun_path)
        return fail(ErrorCode::Internal, "the name of the monitor's socket is too long");
    std::memcpy(address.sun_path, path.c_str(), path.size());
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) < 0)
        return fail(ErrorCode::Unavailable, "container " + containerId.first(12).toStdString() + " has no living monitor");
    return MonitorLink(std::move(socket));
}

void MonitorLink::removeSocket(const EnginePaths &paths, const QString &containerId)
{
    const std::string path = paths.runtime.toStdString() + '/' + monitorSocketName(containerId.toStdString());
    ::unlink(path.c_str());
}

Result<> MonitorLink::send(const monitor::Message &message) { return sendMessage(m_socket.get(), monitor::encode(message)); }

Result<MonitorLink::Received> MonitorLink::receive()
{
    auto received = receiveMessage(m_socket.get());
    if (!received)
        return std::unexpected(received.error());
    if (received->bytes.empty())
        return fail(ErrorCode::Unavailable, "the container's monitor has gone");
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
        const auto received = receive();
        if (!received)
            return std::unexpected(received.error());
        if (std::holds_alternative<monitor::Done>(received->message))
            return {};
        if (const auto *failed = std::get_if<monitor::Failed>(&received->message))
            return std::unexpected(failed->error);
        if (std::holds_alternative<monitor::Exited>(received->message))
            return fail(ErrorCode::WrongState, "the container has ended");
    }
}

} // namespace berth
