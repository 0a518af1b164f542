// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <linux/netlink.h>

// Netlink without a heap, without exceptions and without the C++ run-time library: the setuid helper
// speaks it as well as the engine. Errors are values of errno; base/netlink.h makes sentences of them.
// Attributes are written and read by libmnl; formats are those of linux/rtnetlink.h, linux/if_link.h
// and linux/netfilter/nf_tables.h, by which this header does not know them.
namespace berth {

// One request, or several that the kernel takes as one batch, in a fixed buffer. What does not fit makes
// the whole request unsendable (EMSGSIZE); no single call has to be checked.
//
//     NetlinkMessage message;
//     message.begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL).header<ifinfomsg>();
//     message.text(IFLA_IFNAME, "br0");
//     { const auto info = message.nest(IFLA_LINKINFO); message.text(IFLA_INFO_KIND, "bridge"); }
class NetlinkMessage {
public:
    static constexpr std::size_t capacity = 16 * 1024, longestHeader = 64;

    NetlinkMessage() = default;
    NetlinkMessage(const NetlinkMessage &) = delete;
    NetlinkMessage &operator=(const NetlinkMessage &) = delete;

    // Starts the next message. NLM_F_REQUEST is added to flags always, NLM_F_ACK unless wantsAnswer is
    // false (the two ends of a netfilter batch are not answered) or NLM_F_DUMP is asked for.
    NetlinkMessage &begin(std::uint16_t type, std::uint16_t flags, bool wantsAnswer = true);
    // The family's fixed header right behind begin, zeroed; valid until the next begin.
    template<typename T> T &header()
    {
        static_assert(sizeof(T) <= longestHeader);
        return *static_cast<T *>(raw(sizeof(T)));
    }

    NetlinkMessage &bytes(std::uint16_t type, const void *data, std::size_t size);
    NetlinkMessage &text(std::uint16_t type, const char *value); // with its NUL
    NetlinkMessage &u8(std::uint16_t type, std::uint8_t value) { return bytes(type, &value, sizeof value); }
    NetlinkMessage &u16(std::uint16_t type, std::uint16_t value) { return bytes(type, &value, sizeof value); }
    NetlinkMessage &u32(std::uint16_t type, std::uint32_t value) { return bytes(type, &value, sizeof value); }
    NetlinkMessage &u64(std::uint16_t type, std::uint64_t value) { return bytes(type, &value, sizeof value); }
    // Big-endian, as netfilter wants its numbers.
    NetlinkMessage &u32be(std::uint16_t type, std::uint32_t value) { return u32(type, __builtin_bswap32(value)); }
    NetlinkMessage &u64be(std::uint16_t type, std::uint64_t value) { return u64(type, __builtin_bswap64(value)); }
    NetlinkMessage &flag(std::uint16_t type) { return bytes(type, nullptr, 0); }

    // What is put while the Nest lives is inside of it. Nests end in the reverse order of their start.
    class Nest {
    public:
        Nest(NetlinkMessage &message, nlattr *start) : m_message(message), m_start(start) {}
        ~Nest() { m_message.endNest(m_start); }
        Nest(const Nest &) = delete;
        Nest &operator=(const Nest &) = delete;

    private:
        NetlinkMessage &m_message;
        nlattr *m_start;
    };
    // isMarked: with NLA_F_NESTED, which most families of today want and the older ones tolerate.
    [[nodiscard]] Nest nest(std::uint16_t type, bool isMarked = true);
    // What has no attribute around it, zeroed, at most longestHeader: header() may be called again inside
    // of a nest (VETH_INFO_PEER begins with an ifinfomsg).
    void *raw(std::size_t size);

    [[nodiscard]] bool isOverflown() const { return m_isOverflown; }
    [[nodiscard]] bool isEmpty() const { return !m_current; }
    void clear();

private:
    friend class NetlinkSocket;
    void endNest(nlattr *start);
    [[nodiscard]] std::size_t room() const; // for the current message, from its own start
    void fix();                             // the current message is complete

    alignas(nlmsghdr) unsigned char m_bytes[capacity];
    alignas(nlmsghdr) unsigned char m_sink[longestHeader]; // raw() gives this when nothing fits any more
    std::size_t m_before = 0;                              // bytes of the complete messages
    nlmsghdr *m_current = nullptr;
    bool m_isOverflown = false;
};

// A socket of the network namespace in which it was opened, whatever the caller enters later.
class NetlinkSocket {
public:
    // 0, or errno. protocol: NETLINK_ROUTE, NETLINK_NETFILTER.
    int open(int protocol);
    // One that somebody else opened, in a namespace that this process does not enter.
    void adopt(UniqueFd fd);

    // Sends and waits until each message is acknowledged: 0, or the errno of the first that was refused.
    // A netfilter batch is refused as a whole.
    int request(NetlinkMessage &message);
    // Sends one message and gives each answer to take(context, answer) until the kernel says that it was
    // the last; take ends the rest by an errno of its own. EINTR: what was listed changed meanwhile, and
    // the answers are to be asked for again.
    using Take = int (*)(void *context, const nlmsghdr &answer);
    int ask(NetlinkMessage &message, Take take, void *context);
    template<typename F> int ask(NetlinkMessage &message, F &&take)
    {
        using Function = std::remove_reference_t<F>;
        return ask(
            message, [](void *context, const nlmsghdr &answer) -> int { return (*static_cast<Function *>(context))(answer); },
            const_cast<void *>(static_cast<const void *>(&take)));
    }

    // What the kernel added to its last refusal ("Invalid prefix for given prefix length"); often empty.
    [[nodiscard]] const char *refusal() const { return m_refusal; }
    [[nodiscard]] int fd() const { return m_fd.get(); }

private:
    int send(NetlinkMessage &message, std::uint32_t &first, std::uint32_t &last, unsigned &awaited);
    int receive(std::size_t &size);
    int refusalOf(const nlmsghdr &answer);

    UniqueFd m_fd;
    std::uint32_t m_sequence = 0;
    char m_refusal[100] = {};
    alignas(nlmsghdr) unsigned char m_answer[32 * 1024];
};

// ---- reading answers ----------------------------------------------------------------------------

// The family's fixed header; nullptr when the answer is too short for it.
const void *netlinkHeader(const nlmsghdr &answer, std::size_t size);
template<typename T> const T *netlinkHeader(const nlmsghdr &answer)
{
    return static_cast<const T *>(netlinkHeader(answer, sizeof(T)));
}
// The first attribute of that type behind a fixed header of that size, or inside another attribute.
const nlattr *findAttribute(const nlmsghdr &answer, std::size_t headerSize, std::uint16_t type);
const nlattr *findAttribute(const nlattr *nest, std::uint16_t type);
// All of them in order: pass nullptr first, then what came last; nullptr at the end.
const nlattr *nextAttribute(const nlmsghdr &answer, std::size_t headerSize, const nlattr *before);
const nlattr *nextAttribute(const nlattr *nest, const nlattr *before);
std::uint16_t attributeType(const nlattr &attribute); // without the flags
// Payload and its size; numbers and texts give fallback when the attribute is absent or of another size.
const void *attributeBytes(const nlattr *attribute, std::size_t &size);
std::uint32_t attributeU32(const nlattr *attribute, std::uint32_t fallback = 0);
const char *attributeText(const nlattr *attribute, const char *fallback = ""); // proven to end in NUL

} // namespace berth
