// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/netlinkmessage.h"

#include <cerrno>

#include <libmnl/libmnl.h>
#include <sys/socket.h>

namespace berth {

NetlinkMessage &NetlinkMessage::begin(std::uint16_t type, std::uint16_t flags, bool wantsAnswer)
{
    fix();
    m_current = nullptr;
    if (m_isOverflown || m_before + MNL_NLMSG_HDRLEN > capacity) {
        m_isOverflown = true;
        return *this;
    }
    m_current = mnl_nlmsg_put_header(m_bytes + m_before);
    m_current->nlmsg_type = type;
    const bool isAcknowledged = wantsAnswer && (flags & NLM_F_DUMP) != NLM_F_DUMP;
    m_current->nlmsg_flags = static_cast<std::uint16_t>(flags | NLM_F_REQUEST | (isAcknowledged ? NLM_F_ACK : 0));
    return *this;
}

void NetlinkMessage::fix()
{
    if (m_current)
        m_before += MNL_ALIGN(m_current->nlmsg_len);
}

void NetlinkMessage::clear()
{
    m_before = 0;
    m_current = nullptr;
    m_isOverflown = false;
}

std::size_t NetlinkMessage::room() const { return capacity - m_before; }

void *NetlinkMessage::raw(std::size_t size)
{
    if (!m_current || m_isOverflown || m_current->nlmsg_len + MNL_ALIGN(size) > room()) {
        m_isOverflown = true;
        memset(m_sink, 0, sizeof m_sink);
        return m_sink;
    }
    return mnl_nlmsg_put_extra_header(m_current, size);
}

NetlinkMessage &NetlinkMessage::bytes(std::uint16_t type, const void *data, std::size_t size)
{
    constexpr std::size_t longest = 0xffff - sizeof(nlattr);
    static const char none = 0;
    if (!m_current || m_isOverflown || size > longest
        || !mnl_attr_put_check(m_current, room(), type, size, size > 0 ? data : &none))
        m_isOverflown = true;
    return *this;
}

NetlinkMessage &NetlinkMessage::text(std::uint16_t type, const char *value) { return bytes(type, value, strlen(value) + 1); }

NetlinkMessage::Nest NetlinkMessage::nest(std::uint16_t type, bool isMarked)
{
    nlattr *start = nullptr;
    if (m_current && !m_isOverflown && m_current->nlmsg_len + MNL_ATTR_HDRLEN <= room())
        start = mnl_attr_nest_start_check(m_current, room(), type);
    if (!start)
        m_isOverflown = true;
    else if (!isMarked)
        start->nla_type = type;
    return {*this, start};
}

void NetlinkMessage::endNest(nlattr *start)
{
    if (!start || !m_current || m_isOverflown)
        return;
    const auto *end = static_cast<const unsigned char *>(mnl_nlmsg_get_payload_tail(m_current));
    // The length of an attribute has 16 bits (CVE-2021-43784 was one that wrapped).
    if (end - reinterpret_cast<const unsigned char *>(start) > 0xffff)
        m_isOverflown = true;
    else
        mnl_attr_nest_end(m_current, start);
}

int NetlinkSocket::open(int protocol)
{
    UniqueFd fd(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol));
    if (!fd)
        return errno;
    adopt(static_cast<UniqueFd &&>(fd));
    return 0;
}

void NetlinkSocket::adopt(UniqueFd fd)
{
    m_fd = static_cast<UniqueFd &&>(fd);
    // Refusals without a copy of the request, and with a word why. Older kernels have neither.
    const int on = 1;
    setsockopt(m_fd.get(), SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
    setsockopt(m_fd.get(), SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
    // The kernel looks at the fields by which a list is narrowed (one link's addresses), and refuses others.
    setsockopt(m_fd.get(), SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof on);
}

int NetlinkSocket::send(NetlinkMessage &message, std::uint32_t &first, std::uint32_t &last, unsigned &awaited)
{
    m_refusal[0] = '\0';
    if (message.m_isOverflown || message.isEmpty())
        return EMSGSIZE;
    const std::size_t size = message.m_before + MNL_ALIGN(message.m_current->nlmsg_len);
    first = m_sequence + 1;
    awaited = 0;
    for (std::size_t at = 0; at < size;) {
        auto *one = reinterpret_cast<nlmsghdr *>(message.m_bytes + at);
        one->nlmsg_seq = ++m_sequence;
        awaited += one->nlmsg_flags & NLM_F_ACK ? 1 : 0;
        at += MNL_ALIGN(one->nlmsg_len);
    }
    last = m_sequence;
    sockaddr_nl kernel{};
    kernel.nl_family = AF_NETLINK;
    const ssize_t sent = sendto(m_fd.get(), message.m_bytes, size, 0, reinterpret_cast<const sockaddr *>(&kernel), sizeof kernel);
    if (sent < 0)
        return errno;
    return static_cast<std::size_t>(sent) == size ? 0 : EMSGSIZE;
}

int NetlinkSocket::receive(std::size_t &size)
{
    for (;;) {
        sockaddr_nl from{};
        socklen_t length = sizeof from;
        const ssize_t received = recvfrom(
            m_fd.get(), m_answer, sizeof m_answer, MSG_TRUNC, reinterpret_cast<sockaddr *>(&from), &length);
        if (received < 0 && errno == EINTR)
            continue;
        if (received < 0)
            return errno;
        // Anybody may send to a netlink socket whose number he guesses; only number 0 is the kernel.
        if (length != sizeof from || from.nl_pid != 0)
            continue;
        if (static_cast<std::size_t>(received) > sizeof m_answer)
            return EMSGSIZE;
        size = static_cast<std::size_t>(received);
        return 0;
    }
}

int NetlinkSocket::refusalOf(const nlmsghdr &answer)
{
    if (mnl_nlmsg_get_payload_len(&answer) < sizeof(nlmsgerr))
        return EBADMSG;
    const auto *error = static_cast<const nlmsgerr *>(mnl_nlmsg_get_payload(&answer));
    if (error->error == 0)
        return 0;
    if ((answer.nlmsg_flags & (NLM_F_ACK_TLVS | NLM_F_CAPPED)) == (NLM_F_ACK_TLVS | NLM_F_CAPPED)) {
        const char *words = attributeText(findAttribute(answer, sizeof(nlmsgerr), NLMSGERR_ATTR_MSG));
        strncpy(m_refusal, words, sizeof m_refusal - 1);
    }
    return error->error < 0 ? -error->error : EBADMSG;
}

int NetlinkSocket::request(NetlinkMessage &message)
{
    std::uint32_t first = 0, last = 0;
    unsigned awaited = 0;
    int error = send(message, first, last, awaited);
    while (error == 0 && awaited > 0) {
        std::size_t size = 0;
        error = receive(size);
        int left = static_cast<int>(size);
        const auto *answer = reinterpret_cast<const nlmsghdr *>(m_answer);
        for (; error == 0 && awaited > 0 && mnl_nlmsg_ok(answer, left); answer = mnl_nlmsg_next(answer, &left)) {
            // What an earlier refusal left unread has an earlier number.
            if (answer->nlmsg_type != NLMSG_ERROR || answer->nlmsg_seq - first > last - first)
                continue;
            error = refusalOf(*answer);
            --awaited;
        }
    }
    return error;
}

int NetlinkSocket::ask(NetlinkMessage &message, Take take, void *context)
{
    std::uint32_t first = 0, last = 0;
    unsigned awaited = 0;
    int error = send(message, first, last, awaited);
    bool isInterrupted = false, isComplete = false;
    while (error == 0 && !isComplete) {
        std::size_t size = 0;
        error = receive(size);
        int left = static_cast<int>(size);
        const auto *answer = reinterpret_cast<const nlmsghdr *>(m_answer);
        for (; error == 0 && !isComplete && mnl_nlmsg_ok(answer, left); answer = mnl_nlmsg_next(answer, &left)) {
            if (answer->nlmsg_seq - first > last - first)
                continue;
            isInterrupted = isInterrupted || (answer->nlmsg_flags & NLM_F_DUMP_INTR);
            if (answer->nlmsg_type == NLMSG_ERROR) {
                error = refusalOf(*answer);
                isComplete = true;
            } else if (answer->nlmsg_type == NLMSG_DONE) {
                // A dump that failed on its way says so in its last message.
                const auto *code = netlinkHeader<int>(*answer);
                error = code && *code < 0 ? -*code : 0;
                isComplete = true;
            } else {
                error = take(context, *answer);
            }
        }
    }
    return error == 0 && isInterrupted ? EINTR : error;
}

// ---- reading answers ----------------------------------------------------------------------------

const void *netlinkHeader(const nlmsghdr &answer, std::size_t size)
{
    return mnl_nlmsg_get_payload_len(&answer) >= size ? mnl_nlmsg_get_payload(&answer) : nullptr;
}

namespace {

const nlattr *checked(const void *at, const void *end)
{
    const auto left = static_cast<const char *>(end) - static_cast<const char *>(at);
    const auto *attribute = static_cast<const nlattr *>(at);
    return left >= static_cast<std::ptrdiff_t>(sizeof(nlattr)) && mnl_attr_ok(attribute, static_cast<int>(left)) ? attribute
                                                                                                                 : nullptr;
}

} // namespace

const nlattr *nextAttribute(const nlmsghdr &answer, std::size_t headerSize, const nlattr *before)
{
    if (mnl_nlmsg_get_payload_len(&answer) < MNL_ALIGN(headerSize))
        return nullptr;
    const void *end = mnl_nlmsg_get_payload_tail(&answer);
    return checked(before ? mnl_attr_next(before) : mnl_nlmsg_get_payload_offset(&answer, headerSize), end);
}

const nlattr *nextAttribute(const nlattr *nest, const nlattr *before)
{
    if (!nest)
        return nullptr;
    const auto *start = static_cast<const char *>(mnl_attr_get_payload(nest));
    const void *at = before ? static_cast<const void *>(mnl_attr_next(before)) : start;
    return checked(at, start + mnl_attr_get_payload_len(nest));
}

const nlattr *findAttribute(const nlmsghdr &answer, std::size_t headerSize, std::uint16_t type)
{
    const nlattr *found = nullptr;
    while ((found = nextAttribute(answer, headerSize, found)) && attributeType(*found) != type) {}
    return found;
}

const nlattr *findAttribute(const nlattr *nest, std::uint16_t type)
{
    const nlattr *found = nullptr;
    while ((found = nextAttribute(nest, found)) && attributeType(*found) != type) {}
    return found;
}

std::uint16_t attributeType(const nlattr &attribute) { return mnl_attr_get_type(&attribute); }

const void *attributeBytes(const nlattr *attribute, std::size_t &size)
{
    size = attribute ? mnl_attr_get_payload_len(attribute) : 0;
    return attribute ? mnl_attr_get_payload(attribute) : nullptr;
}

std::uint32_t attributeU32(const nlattr *attribute, std::uint32_t fallback)
{
    std::size_t size = 0;
    const void *bytes = attributeBytes(attribute, size);
    std::uint32_t value = fallback;
    if (size == sizeof value)
        memcpy(&value, bytes, sizeof value);
    return value;
}

const char *attributeText(const nlattr *attribute, const char *fallback)
{
    std::size_t size = 0;
    const auto *text = static_cast<const char *>(attributeBytes(attribute, size));
    return size > 0 && memchr(text, '\0', size) ? text : fallback;
}

} // namespace berth
