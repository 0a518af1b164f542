// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "holder/holderlinks.h"

#include <cstdint>
#include <string>

namespace berth {

// The one link from a user's router (the holder's network namespace) to the host, made by the setuid helper.
//
// What there is, once ensureUplink has succeeded:
//   * inside, the interface "uplink" (one end of a veth pair), up, with innerAddress/31 and the default
//     route by hostAddress. No IPv6.
//   * in the host, the interface "berth-" and hostAddress in eight hexadecimal digits, with hostAddress/31.
//
// What the host does with packets that come out of the uplink: those whose source is not innerAddress it
// drops; what goes elsewhere it masquerades as its own; to itself it gives them as from any neighbour (its
// loopback addresses, multicast and other uplinks excepted). Into the uplink it forwards only what belongs
// to a connection from inside; its own processes may connect to innerAddress.
//
// What the router has to do, therefore, in its own namespace:
//   * net.ipv4.ip_forward = 1 (it is writable there);
//   * source-translate what leaves by it, since the host knows no container's address:
//         table ip … { chain … { type nat hook postrouting priority srcnat;
//             oifname "uplink" masquerade } }
//   * and, as a second line should the host's firewall be emptied, let in by it only what was asked for:
//         chain … { type filter hook forward priority filter;
//             iifname "uplink" ct state established,related accept
//             iifname "uplink" drop }
//     and the same in hook input, but for what the router itself offers to the host.
struct Uplink {
    std::string interface;          // inside
    std::uint32_t innerAddress = 0; // in the host's byte order, as hostAddress
    std::uint32_t hostAddress = 0;
    std::uint32_t mtu = 0;

    friend bool operator==(const Uplink &, const Uplink &) = default;
};

// Makes sure of all of the above. To be called before each start of a container that needs the network:
// when nothing is wrong, which checkUplink finds out, the helper is not asked and it takes less than a
// millisecond; after a flushed firewall, a removed rule or a switched-off setting it is put right by one
// call. Two callers at once get the same uplink.
Result<Uplink> ensureUplink(const HolderLinks &links);

// Whether the uplink is there and works, without the helper: the interface inside, its address and the
// default route (which are put right); in the host, the routing policy rules and the forwarding of its end,
// which everybody may read; and the host's firewall table, which only root may list, by a connection
// attempt that this table resets at once and nobody else. NotFound: something of it is not as it must be.
Result<Uplink> checkUplink(const HolderLinks &links);

// Removes the uplink of this holder, and what others of the user's left that are gone. One that is not there
// is no error. Connections through it end.
Result<> releaseUplink(const HolderLinks &links);

// Why packets that the uplink gave to the host did not go on, as a sentence that names whose firewall chain
// drops them and what to do; empty when they went on, or when none were given since it was last asked. Asks
// the helper, which counts them on both sides of everybody else's rules.
Result<std::string> explainUplink(const HolderLinks &links);

} // namespace berth
