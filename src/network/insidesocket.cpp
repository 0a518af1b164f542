// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/insidesocket.h"

#include "base/io.h"
#include "holder/clonechild.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t mostSockets = 8;

// In the child: no memory is taken, since another thread may have held the heap's lock. The answer is errno
// in the message's bytes, and the sockets beside it.
[[noreturn]] void openAndSend(const HolderLinks &links, std::span<const SocketKind> kinds, int channel)
{
    std::array<int, mostSockets> fds{};
    int error = 0;
    std::size_t count = 0;
    if (::setns(links.userNamespace.get(), CLONE_NEWUSER) < 0 || ::setns(links.networkNamespace.get(), CLONE_NEWNET) < 0)
        error = errno;
    while (error == 0 && count < kinds.size()) {
        const SocketKind &kind = kinds[count];
        fds[count] = ::socket(kind.family, kind.type | SOCK_CLOEXEC, kind.protocol);
        if (fds[count] < 0)
            error = errno;
        else
            ++count;
    }
    iovec part{&error, sizeof error};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fds)] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (error == 0) {
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        std::memcpy(CMSG_DATA(header), fds.data(), count * sizeof(int));
    }
    ::_exit(::sendmsg(channel, &message, MSG_NOSIGNAL) == sizeof error ? 0 : 1);
}

} // namespace

Result<std::vector<UniqueFd>> openInside(const HolderLinks &links, std::span<const SocketKind> kinds)
{
    if (kinds.empty() || kinds.size() > mostSockets)
        return fail(ErrorCode::Internal, "no such number of sockets can be opened at once");
    auto pair = socketPair();
    if (!pair)
        return std::unexpected(pair.error());
    const auto child = cloneChild([&, channel = pair->second.get()] { openAndSend(links, kinds, channel); });
    if (!child)
        return std::unexpected(child.error());
    pair->second.reset();
    auto message = receiveMessage(pair->first.get());
    const auto ended = waitForProgram(child->get());
    if (!message)
        return std::unexpected(message.error());
    if (!ended)
        return std::unexpected(ended.error());
    int failure = 0;
    if (message->bytes.size() != sizeof failure)
        return fail(ErrorCode::Unavailable, "cannot enter the holder's network");
    std::memcpy(&failure, message->bytes.data(), sizeof failure);
    if (failure != 0)
        return failErrno("cannot open a socket in the holder's network", failure);
    if (message->fds.size() != kinds.size())
        return fail(ErrorCode::Corrupt, "sockets of the holder's network were lost on their way");
    return std::move(message->fds);
}

Result<Netlink> openNetlinkInside(const HolderLinks &links, int protocol)
{
    const SocketKind kind{AF_NETLINK, SOCK_RAW, protocol};
    auto sockets = openInside(links, {&kind, 1});
    if (!sockets)
        return std::unexpected(sockets.error());
    return Netlink::adopt(std::move(sockets->front()));
}

} // namespace berth
