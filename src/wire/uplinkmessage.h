// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

// The part of the helper's reply that is about an uplink, and what both sides know of one without a reply:
// its names, its hardware addresses, its routing policy rules and how its firewall is asked for.
namespace berth::helper {

// What the kernel refused (UplinkRefused).
enum class UplinkStep : std::uint32_t { Socket = 1, Link, Address, Rules, Forwarding, Firewall };

// UplinkEnsure. Addresses in the host's byte order; the two are a /31 (RFC 3021).
struct UplinkAnswer {
    std::uint32_t hostAddress = 0;  // of the end in the host, which is the router's gateway
    std::uint32_t innerAddress = 0; // for the end in the holder's network namespace
    // Packets that this uplink gave to the host for forwarding since the last answer, and those that went on. When the
    // second stays behind, somebody else's rules drop them.
    std::uint64_t forwarded = 0, left = 0;
    // The first chain of others on the forward hook that drops what no rule accepts: "FAMILY TABLE CHAIN",
    // NUL-padded; empty when there is none.
    std::array<char, 72> suspect{};
};

// The name of the host's end is this and the host's address as eight hexadecimal digits; that of the
// other end, when it is made, is fixed.
inline constexpr const char *uplinkHostPrefix = "berth-";
inline constexpr const char *uplinkInnerName = "uplink";
// The ends know each other's hardware address (02:62 for the host's, 06:62 for the other, and the host's
// address), so nothing is asked and nobody can answer for another.
constexpr std::array<std::uint8_t, 6> uplinkHardwareAddress(std::uint32_t hostAddress, bool isHostEnd)
{
    const auto byte = [hostAddress](int shift) { return static_cast<std::uint8_t>(hostAddress >> shift & 0xff); };
    return {static_cast<std::uint8_t>(isHostEnd ? 0x02 : 0x06), 0x62, byte(24), byte(16), byte(8), byte(0)};
}
// A TCP connection from the uplink's address to this one (RFC 7600: a dummy) and this port is reset at
// once by the helper's rules, and by nobody else: a cheap way to ask whether they are there.
inline constexpr std::uint32_t uplinkProbeAddress = 0xc0000008;
inline constexpr std::uint16_t uplinkProbePort = 9;
// Routing policy rules of the helper, by priority. While the machine as a whole does not forward, the one
// at uplinkGuardPriority stops whatever no uplink takes part in, and that survives a firewall's flush.
inline constexpr std::uint32_t uplinkLocalPriority = 90, uplinkFromPriority = 91, uplinkToPriority = 92,
                               uplinkOthersPriority = 93, uplinkGuardPriority = 98, uplinkEndPriority = 99;

} // namespace berth::helper
