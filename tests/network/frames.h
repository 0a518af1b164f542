// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/uplink.h"
#include "wire/helpermessage.h"

#include <string>
#include <string_view>

#include <linux/if_ether.h>

// Frames as a hostile root of a router would write them, from his end of the uplink.
namespace berth {

inline void put16(std::string &bytes, unsigned value)
{
    bytes += static_cast<char>(value >> 8 & 0xff);
    bytes += static_cast<char>(value & 0xff);
}
inline void put32(std::string &bytes, std::uint32_t value)
{
    put16(bytes, value >> 16);
    put16(bytes, value & 0xffff);
}

inline std::string hardware(const Uplink &uplink, bool isHostEnd)
{
    const auto bytes = helper::uplinkHardwareAddress(uplink.hostAddress, isHostEnd);
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

inline unsigned checksum(std::string_view bytes)
{
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        sum += static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (i % 2 ? 0 : 8);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return ~sum & 0xffff;
}

// A UDP datagram without a checksum of its own, in its frame to the host's end.
inline std::string udpFrame(const Uplink &uplink, std::uint32_t from, std::uint32_t to, unsigned fromPort, unsigned toPort)
{
    std::string udp;
    for (const unsigned value : {fromPort, toPort, 12U, 0U})
        put16(udp, value);
    udp += "data";
    std::string ip("\x45\0", 2);
    put16(ip, unsigned(20 + udp.size()));
    ip += std::string("\0\1\0\0\x40\x11\0\0", 8);
    put32(ip, from);
    put32(ip, to);
    const unsigned sum = checksum(ip);
    ip[10] = static_cast<char>(sum >> 8);
    ip[11] = static_cast<char>(sum & 0xff);
    std::string frame = hardware(uplink, true) + hardware(uplink, false);
    put16(frame, ETH_P_IP);
    return frame + ip + udp;
}

// "I am at": an answer that nobody asked for.
inline std::string arpFrame(const Uplink &uplink, std::uint32_t claimed)
{
    std::string frame = std::string(6, '\xff') + hardware(uplink, false);
    for (const unsigned value : {unsigned(ETH_P_ARP), 1U, 0x0800U, 0x0604U, 2U})
        put16(frame, value);
    frame += hardware(uplink, false);
    put32(frame, claimed);
    frame += std::string(6, '\xff');
    put32(frame, claimed);
    return frame;
}

// A router advertisement to all nodes, with a prefix and itself as the default router.
inline std::string advertisementFrame(const Uplink &uplink)
{
    std::string from("\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16), to("\xff\2\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16);
    std::string icmp("\x86\0\0\0\x40\0\x07\x08\0\0\0\0\0\0\0\0", 16);
    icmp += std::string("\3\4\x40\xc0\0\1\0\0\0\1\0\0\0\0\0\0\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\0", 32);
    std::string pseudo = from + to;
    put32(pseudo, std::uint32_t(icmp.size()));
    put32(pseudo, 58);
    const unsigned sum = checksum(pseudo + icmp);
    icmp[2] = static_cast<char>(sum >> 8);
    icmp[3] = static_cast<char>(sum & 0xff);
    std::string frame = std::string("\x33\x33\0\0\0\1", 6) + hardware(uplink, false);
    put16(frame, ETH_P_IPV6);
    frame += std::string("\x60\0\0\0", 4);
    put16(frame, unsigned(icmp.size()));
    frame += std::string("\x3a\xff", 2) + from + to;
    return frame + icmp;
}

inline std::string bridgeFrame(const Uplink &uplink)
{
    std::string frame = std::string("\1\x80\xc2\0\0\0", 6) + hardware(uplink, false);
    put16(frame, 38);
    frame += std::string("\x42\x42\3\0\0\0\0\0\0\0", 10) + hardware(uplink, false) + std::string(24, '\0');
    return frame;
}

} // namespace berth
