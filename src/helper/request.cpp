// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/stages.h"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/uio.h>

namespace berth::helper {
namespace {

bool hasOption(int name, int expected)
{
    int value = 0;
    socklen_t size = sizeof value;
    return getsockopt(requestFd, SOL_SOCKET, name, &value, &size) == 0 && value == expected;
}

bool isMadeBy(uid_t user)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return getsockopt(requestFd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && size == sizeof peer && peer.uid == user;
}

// Nothing, or exactly the namespaces that an operation takes. Credentials, a pidfd, another number of
// descriptors: whatever else was sent or asked for beside the bytes refuses the request. What is refused
// needs no closing, since the program only replies and ends.
bool takeFds(msghdr &message, RequestFds &fds)
{
    const cmsghdr *header = CMSG_FIRSTHDR(&message);
    fds.count = 0;
    if (!header)
        return !(message.msg_flags & MSG_CTRUNC);
    int numbers[uplinkRequestFds];
    if ((message.msg_flags & MSG_CTRUNC) || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS
        || header->cmsg_len != CMSG_LEN(sizeof numbers) || CMSG_NXTHDR(&message, const_cast<cmsghdr *>(header)))
        return false;
    memcpy(numbers, CMSG_DATA(header), sizeof numbers);
    fds.userNamespace.reset(numbers[0]);
    fds.networkNamespace.reset(numbers[1]);
    fds.count = uplinkRequestFds;
    return true;
}

bool hasSecondRequest()
{
    char byte = 0;
    const ssize_t size = recv(requestFd, &byte, 1, MSG_PEEK | MSG_DONTWAIT | MSG_TRUNC);
    return size > 0; // 0: the peer shut its side down, or sent an empty datagram, which asks for nothing
}

} // namespace

Received receiveRequest(const Caller &caller, Request &request, RequestFds &fds, Status &status)
{
    if (!hasOption(SO_DOMAIN, AF_UNIX) || !hasOption(SO_TYPE, SOCK_SEQPACKET))
        return Received::NoReply;
    // One byte more than a request, so that a longer one is seen even without MSG_TRUNC.
    char bytes[sizeof request + 1] = {};
    iovec part{bytes, sizeof bytes};
    alignas(cmsghdr) char control[CMSG_SPACE(uplinkRequestFds * sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t size = -1;
    do {
        size = recvmsg(requestFd, &message, MSG_CMSG_CLOEXEC);
    } while (size < 0 && errno == EINTR);
    if (size < 0)
        return Received::NoReply;
    const auto length = static_cast<std::size_t>(size);
    memcpy(&request, bytes, length < sizeof request ? length : sizeof request);
    if (!isMadeBy(caller.user))
        status = Status::PeerMismatch;
    else if ((message.msg_flags & MSG_TRUNC) || !takeFds(message, fds) || hasSecondRequest())
        status = Status::BadRequest;
    else
        status = examine(request, length);
    if (status == Status::Ok && fds.count != requestFds(Operation{request.header.operation}))
        status = Status::BadRequest;
    return status == Status::Ok ? Received::Perform : Received::Reply;
}

bool sendReply(const Request &request, Status status, Reply &reply, const ReplyFds &fds)
{
    const std::size_t fdCount = status == Status::Ok ? fds.count : 0;
    reply.header = Header{};
    reply.header.operation = request.header.operation;
    reply.header.totalSize = sizeof reply;
    reply.header.nonce = request.header.nonce;
    reply.status = static_cast<std::uint16_t>(status);
    reply.retryable = isRetryable(status) ? 1 : 0;
    reply.fdCount = static_cast<std::uint8_t>(fdCount);
    iovec part{&reply, sizeof reply};
    alignas(cmsghdr) char control[CMSG_SPACE(ReplyFds::capacity * sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (fdCount != 0) {
        int numbers[ReplyFds::capacity];
        for (std::size_t i = 0; i < fdCount; ++i)
            numbers[i] = fds.fds[i].get();
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(fdCount * sizeof(int));
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(fdCount * sizeof(int));
        memcpy(CMSG_DATA(header), numbers, fdCount * sizeof(int));
    }
    // A caller that does not read must not keep us: the descriptors die with us, and the holder ends
    // when its channel does.
    return sendmsg(requestFd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof reply;
}

} // namespace berth::helper
