// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/netlinkmessage.h"
#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace berth {

// Netlink with sentences, for everybody but the setuid helper. The socket belongs to the network
// namespace of the thread that opened it and stays there: enter the router, open, leave.
class Netlink {
public:
    // protocol: NETLINK_ROUTE, NETLINK_NETFILTER.
    static Result<Netlink> open(int protocol = NETLINK_ROUTE);
    // A socket that was opened in another namespace and handed over.
    static Netlink adopt(UniqueFd fd);

    // Waits until the kernel did all of it. action begins the sentence: "cannot add bridge br0" gives
    // "cannot add bridge br0: File exists (…)". The code follows errno as in failErrno; ENODEV is NotFound
    // as well.
    Result<> request(std::string_view action, NetlinkMessage &message);

    // All answers to one message (with NLM_F_DUMP in its flags: a list), one behind the other; asked for
    // again when the kernel says that they changed meanwhile. Read them by NetlinkAnswers.
    Result<std::string> ask(std::string_view action, NetlinkMessage &message);

private:
    explicit Netlink(std::unique_ptr<NetlinkSocket> socket) : m_socket(std::move(socket)) {}
    std::unique_ptr<NetlinkSocket> m_socket;
};

// for (const nlmsghdr &answer : NetlinkAnswers(*bytes)) …
class NetlinkAnswers {
public:
    explicit NetlinkAnswers(const std::string &bytes) : m_bytes(bytes) {}

    class Iterator {
    public:
        Iterator(const char *at, const char *end);
        const nlmsghdr &operator*() const { return *reinterpret_cast<const nlmsghdr *>(m_at); }
        Iterator &operator++();
        bool operator!=(const Iterator &other) const { return m_at != other.m_at; }

    private:
        void check();
        const char *m_at;
        const char *m_end;
    };
    [[nodiscard]] Iterator begin() const { return {m_bytes.data(), m_bytes.data() + m_bytes.size()}; }
    [[nodiscard]] Iterator end() const { return {m_bytes.data() + m_bytes.size(), m_bytes.data() + m_bytes.size()}; }

private:
    const std::string &m_bytes;
};

} // namespace berth
