// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/netlink.h"
#include "base/result.h"
#include "base/uniquefd.h"

#include <cstdint>
#include <optional>
#include <string>

namespace berth {

// "berth-0ad50004".
std::string uplinkHostName(std::uint32_t hostAddress);

// The interface "uplink" as it is inside.
struct InnerLink {
    int index = 0;
    int hostIndex = 0; // of the other end, in its own namespace
    std::uint32_t mtu = 0;
    std::uint32_t address = 0; // the first that is a /31; 0: none
    bool isUp = false;
};
// Absent is no error.
Result<std::optional<InnerLink>> findInnerLink(Netlink &inside);

// Address, up, default route; what is right already stays.
Result<> configureInnerLink(Netlink &inside, const InnerLink &link, std::uint32_t hostAddress);

// What everybody may see in the host: the end with that name and number, its forwarding, the routing policy
// rules. The calling process is in the host's network namespace.
bool isHostSideRight(std::uint32_t hostAddress, int hostIndex);

// Whether the host's firewall table answers. socket: TCP, of the holder's network. Asked again for that
// long: a link that has just come up loses what is sent in its first moments.
bool doesFirewallAnswer(int socket, int milliseconds = 20);

} // namespace berth
