// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/subnet.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {

std::optional<Ipv4> parseIpv4(const QString &text)
{
    const auto parts = text.split(u'.');
    if (parts.size() != 4)
        return std::nullopt;
    Ipv4 address = 0;
    for (const QString &part : parts) {
        const bool isDecimal = !part.isEmpty() && part.size() <= 3
            && std::ranges::all_of(part, [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (!isDecimal || (part.size() > 1 && part.startsWith(u'0')) || part.toUInt() > 255)
            return std::nullopt;
        address = address << 8 | part.toUInt();
    }
    return address;
}

QString ipv4Text(Ipv4 address)
{
    return u"%1.%2.%3.%4"_s.arg(address >> 24).arg(address >> 16 & 255).arg(address >> 8 & 255).arg(address & 255);
}

std::optional<Subnet> Subnet::parse(const QString &text, bool hostBits)
{
    const auto slash = text.indexOf(u'/');
    const auto address = parseIpv4(text.left(slash));
    const QString bits = slash < 0 ? QString() : text.sliced(slash + 1);
    const bool isDecimal = !bits.isEmpty() && bits.size() <= 2
        && std::ranges::all_of(bits, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!address || !isDecimal || (bits.size() > 1 && bits.startsWith(u'0')) || bits.toInt() > 32)
        return std::nullopt;
    Subnet subnet{.base = *address, .prefix = bits.toInt()};
    subnet.base &= subnet.mask();
    if (subnet.base != *address && !hostBits)
        return std::nullopt;
    return subnet;
}

QString Subnet::text() const { return ipv4Text(base) + u'/' + QString::number(prefix); }

namespace {

// Source: moby, daemon/libnetwork/ipamutils: the local scope's default pools.
struct Pool {
    Subnet all;
    int prefix; // of each subnet that is cut from it
};
constexpr Pool pools[] = {
    {{.base = 0xac110000, .prefix = 16}, 16}, // 172.17
    {{.base = 0xac120000, .prefix = 15}, 16}, // 172.18, 172.19
    {{.base = 0xac140000, .prefix = 14}, 16}, // 172.20 …
    {{.base = 0xac180000, .prefix = 14}, 16}, {{.base = 0xac1c0000, .prefix = 14}, 16},
    {{.base = 0xc0a80000, .prefix = 16}, 20}, // 192.168
};

} // namespace

std::optional<Subnet> freeSubnet(const QList<Subnet> &taken)
{
    for (const Pool &pool : pools) {
        const quint64 step = quint64(1) << (32 - pool.prefix);
        for (quint64 base = pool.all.base; base <= pool.all.last(); base += step) {
            const Subnet candidate{.base = static_cast<Ipv4>(base), .prefix = pool.prefix};
            if (std::ranges::none_of(taken, [&](const Subnet &other) { return other.overlaps(candidate); }))
                return candidate;
        }
    }
    return std::nullopt;
}

Ipv4 firstAddress(const Subnet &subnet, const Subnet &range)
{
    return range.base == subnet.base && subnet.prefix < 31 ? subnet.base + 1 : range.base;
}

QString macOf(Ipv4 address)
{
    QString text = u"02:42"_s;
    for (int shift = 24; shift >= 0; shift -= 8)
        text += u':' + QString::number(address >> shift & 255, 16).rightJustified(2, u'0');
    return text;
}

bool isMac(const QString &text)
{
    static const QRegularExpression form(QRegularExpression::anchoredPattern(u"[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}"_s));
    if (!form.match(text).hasMatch() || text == "00:00:00:00:00:00"_L1)
        return false;
    return (text.left(2).toUInt(nullptr, 16) & 1) == 0;
}

} // namespace berth
