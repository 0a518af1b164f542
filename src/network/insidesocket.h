// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/netlink.h"
#include "base/result.h"
#include "base/uniquefd.h"
#include "holder/holderlinks.h"

#include <span>
#include <vector>

namespace berth {

// What socket(2) is given; SOCK_CLOEXEC is added.
struct SocketKind {
    int family = 0;
    int type = 0;
    int protocol = 0;
};

// Sockets of the holder's network namespace, opened by a short-lived child that enters it; the calling
// process, which may have threads, stays where it is. A user who owns the holder may configure its network
// by such a netlink socket without entering it either (the kernel asks whether sender and opener have the
// right in the namespace's owner, and the owner of a user namespace has it). Two system calls of a child
// and about 0.3 ms, however many are opened.
Result<std::vector<UniqueFd>> openInside(const HolderLinks &links, std::span<const SocketKind> kinds);

// NETLINK_ROUTE or NETLINK_NETFILTER in there.
Result<Netlink> openNetlinkInside(const HolderLinks &links, int protocol = NETLINK_ROUTE);

} // namespace berth
