// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"

#include <array>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace berth {
namespace {

template<typename Call> auto retry(Call call)
{
    decltype(call()) result;
    do {
        result = call();
    } while (result < 0 && errno == EINTR);
    return result;
}

} // namespace

Result<UniqueFd> openFile(int directory, const std::string &name, int flags, mode_t mode)
{
    UniqueFd fd(retry([&] { return ::openat(directory, name.c_str(), flags | O_CLOEXEC, mode); }));
    if (!fd)
        return failErrno("cannot open " + name);
    return fd;
}

Result<UniqueFd> makeDirectory(int directory, const std::string &name, mode_t mode)
{
    if (::mkdirat(directory, name.c_str(), mode) < 0 && errno != EEXIST)
        return failErrno("cannot create the folder " + name);
    return openFile(directory, name, O_RDONLY | O_DIRECTORY);
}

Result<std::string> readAll(int fd, std::size_t limit)
{
    std::string bytes;
    struct stat status = {};
    if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) <= limit)
        bytes.reserve(static_cast<std::size_t>(status.st_size) + 1);
    std::array<char, 16384> buffer;
    for (;;) {
        const ssize_t count = retry([&] { return ::read(fd, buffer.data(), buffer.size()); });
        if (count < 0)
            return failErrno("cannot read");
        if (count == 0)
            return bytes;
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
        if (bytes.size() > limit)
            return fail(ErrorCode::Corrupt, "more than " + std::to_string(limit) + " bytes where fewer are allowed");
    }
}

Result<std::string> readSmallFile(int directory, const std::string &name, std::size_t limit)
{
    auto fd = openFile(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!fd)
        return std::unexpected(fd.error());
    auto bytes = readAll(fd->get(), limit);
    if (!bytes)
        return wrap(name, bytes.error());
    return bytes;
}

Result<> writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = retry([&] { return ::write(fd, bytes.data(), bytes.size()); });
        if (count < 0)
            return failErrno("cannot write");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Result<> writeFileAtomically(int directory, const std::string &name, std::string_view bytes, mode_t mode)
{
    // The process id keeps two writers apart; the later rename wins, which is the meaning of a
    // replacement.
    const std::string temporary = "." + name + "." + std::to_string(::getpid());
    auto fd = openFile(directory, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode);
    if (!fd)
        return std::unexpected(fd.error());
    auto written = writeAll(fd->get(), bytes);
    if (written && ::fsync(fd->get()) < 0)
        written = failErrno("cannot sync");
    if (written && ::renameat(directory, temporary.c_str(), directory, name.c_str()) < 0)
        written = failErrno("cannot rename");
    if (!written) {
        ::unlinkat(directory, temporary.c_str(), 0);
        return wrap("cannot write " + name, written.error());
    }
    return {};
}

Result<> sendMessage(int socket, std::string_view bytes, std::span<const int> fds)
{
    if (bytes.size() > maxMessageSize || fds.size() > maxMessageFds)
        return fail(ErrorCode::InvalidArgument, "message too large to send");
    iovec part{const_cast<char *>(bytes.data()), bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(maxMessageFds * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (!fds.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(fds.size_bytes());
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(fds.size_bytes());
        std::memcpy(CMSG_DATA(header), fds.data(), fds.size_bytes());
    }
    if (retry([&] { return ::sendmsg(socket, &message, MSG_NOSIGNAL); }) < 0)
        return failErrno("cannot send a message");
    return {};
}

Result<ReceivedMessage> receiveMessage(int socket)
{
    ReceivedMessage received;
    // MSG_PEEK | MSG_TRUNC gives the real length first, so that small messages stay cheap.
    const ssize_t length = retry([&] {
        char probe;
        return ::recv(socket, &probe, 1, MSG_PEEK | MSG_TRUNC);
    });
    if (length < 0)
        return failErrno("cannot receive a message");
    if (static_cast<std::size_t>(length) > maxMessageSize)
        return fail(ErrorCode::Corrupt, "a message is longer than allowed");
    received.bytes.resize(static_cast<std::size_t>(length));
    iovec part{received.bytes.data(), received.bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(maxMessageFds * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t count = retry([&] { return ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC); });
    if (count < 0)
        return failErrno("cannot receive a message");
    received.bytes.resize(static_cast<std::size_t>(count));
    for (cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t size = header->cmsg_len - CMSG_LEN(0);
        for (std::size_t offset = 0; offset < size; offset += sizeof(int)) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(header) + offset, sizeof fd);
            received.fds.emplace_back(fd);
        }
    }
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
        return fail(ErrorCode::Corrupt, "a message was truncated");
    return received;
}

Result<std::pair<UniqueFd, UniqueFd>> socketPair()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return failErrno("cannot create a socket pair");
    return std::pair(UniqueFd(ends[0]), UniqueFd(ends[1]));
}

} // namespace berth
