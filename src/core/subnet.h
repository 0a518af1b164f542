// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace berth {

// An IPv4 address as a number: 10.0.0.1 is 0x0a000001.
using Ipv4 = quint32;

std::optional<Ipv4> parseIpv4(const QString &text); // four decimal numbers without leading zeros
QString ipv4Text(Ipv4 address);

// "172.17.0.0/16".
struct Subnet {
    Ipv4 base = 0;   // without the bits of a host
    int prefix = 0;  // 0 to 32

    // hostBits: whether "10.0.0.5/8" is taken, as the subnet that it is in.
    static std::optional<Subnet> parse(const QString &text, bool hostBits = false);
    [[nodiscard]] QString text() const;
    [[nodiscard]] Ipv4 mask() const { return prefix == 0 ? 0 : ~Ipv4(0) << (32 - prefix); }
    [[nodiscard]] Ipv4 last() const { return base | ~mask(); } // its broadcast address
    [[nodiscard]] bool contains(Ipv4 address) const { return (address & mask()) == base; }
    [[nodiscard]] bool contains(const Subnet &other) const { return other.prefix >= prefix && contains(other.base); }
    [[nodiscard]] bool overlaps(const Subnet &other) const { return contains(other.base) || other.contains(base); }

    friend bool operator==(const Subnet &, const Subnet &) = default;
};

// The first subnet of Docker's default pools (172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/20 and on)
// that overlaps none of those: subnets of other networks and routes of the host. Nothing when all are taken.
std::optional<Subnet> freeSubnet(const QList<Subnet> &taken);

// The gateway of a network that names none: the first address of the range (the subnet's own first two
// numbers are no addresses of hosts).
Ipv4 firstAddress(const Subnet &subnet, const Subnet &range);

// The lowest address of range that isTaken does not know and that is neither the subnet's own name nor its
// broadcast address. Nothing when all are taken.
template<typename Test> std::optional<Ipv4> lowestFree(const Subnet &subnet, const Subnet &range, Test isTaken)
{
    for (quint64 address = range.base; address <= range.last(); ++address) {
        const auto candidate = static_cast<Ipv4>(address);
        const bool isHost = subnet.prefix >= 31 || (candidate != subnet.base && candidate != subnet.last());
        if (isHost && !isTaken(candidate))
            return candidate;
    }
    return std::nullopt;
}

// "02:42:ac:11:00:02": the hardware address that Docker makes of an address.
QString macOf(Ipv4 address);
// Six pairs of hexadecimal digits; not that of a group and not zero.
bool isMac(const QString &text);

} // namespace berth
