// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/netlink.h"

#include <cerrno>
#include <format>

#include <libmnl/libmnl.h>

namespace berth {
namespace {

// What a table of links can grow to by somebody else's doing; beyond it something is wrong.
constexpr std::size_t answersLimit = std::size_t{64} << 20;
constexpr int mostTries = 10;

std::unexpected<Error> refused(std::string_view action, const NetlinkSocket &socket, int error)
{
    auto failure = failErrno(action, error);
    if (error == ENODEV)
        failure.error().code = ErrorCode::NotFound;
    if (*socket.refusal() != '\0')
        failure.error().detail += std::format(" ({})", socket.refusal());
    return failure;
}

} // namespace

Result<Netlink> Netlink::open(int protocol)
{
    auto socket = std::make_unique<NetlinkSocket>();
    const int error = socket->open(protocol);
    if (error != 0)
        return failErrno("cannot speak to the kernel's network side", error);
    return Netlink(std::move(socket));
}

Netlink Netlink::adopt(UniqueFd fd)
{
    auto socket = std::make_unique<NetlinkSocket>();
    socket->adopt(std::move(fd));
    return Netlink(std::move(socket));
}

Result<> Netlink::request(std::string_view action, NetlinkMessage &message)
{
    const int error = m_socket->request(message);
    if (error != 0)
        return refused(action, *m_socket, error);
    return {};
}

Result<std::string> Netlink::ask(std::string_view action, NetlinkMessage &message)
{
    for (int tries = 0;; ++tries) {
        std::string answers;
        const int error = m_socket->ask(message, [&answers](const nlmsghdr &answer) {
            if (answers.size() + answer.nlmsg_len > answersLimit)
                return EFBIG;
            answers.append(reinterpret_cast<const char *>(&answer), answer.nlmsg_len);
            answers.resize(MNL_ALIGN(answers.size()));
            return 0;
        });
        if (error == EINTR && tries < mostTries)
            continue;
        if (error != 0)
            return refused(action, *m_socket, error);
        return answers;
    }
}

NetlinkAnswers::Iterator::Iterator(const char *at, const char *end) : m_at(at), m_end(end) { check(); }

void NetlinkAnswers::Iterator::check()
{
    if (!mnl_nlmsg_ok(reinterpret_cast<const nlmsghdr *>(m_at), static_cast<int>(m_end - m_at)))
        m_at = m_end;
}

NetlinkAnswers::Iterator &NetlinkAnswers::Iterator::operator++()
{
    const auto length = reinterpret_cast<const nlmsghdr *>(m_at)->nlmsg_len;
    m_at = m_end - m_at < static_cast<std::ptrdiff_t>(MNL_ALIGN(length)) ? m_end : m_at + MNL_ALIGN(length);
    check();
    return *this;
}

} // namespace berth
