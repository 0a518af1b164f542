// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/hostroutes.h"

#include <QFile>

#include <bit>

#include <arpa/inet.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

struct Route {
    QByteArray interface;
    Subnet subnet;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<Route> routesIn(const QByteArray &text)
{
    QList<Route> routes;
    const auto lines = text.split('\n').mid(1); // after the names of the columns
    for (const QByteArray &line : lines) {
        const auto columns = line.split('\t');
        if (columns.size() < 8)
            continue;
        bool isDestination = false, isMask = false;
        const quint32 destination = ntohl(columns[1].trimmed().toUInt(&isDestination, 16));
        const quint32 mask = ntohl(columns[7].trimmed().toUInt(&isMask, 16));
        const Subnet subnet{.base = destination & mask, .prefix = std::popcount(mask)};
        if (isDestination && isMask && mask != 0 && subnet.mask() == mask)
            routes += Route{columns[0].trimmed(), subnet};
    }
    return routes;
}

} // namespace

QList<Subnet> parseRoutes(const QByteArray &text)
{
    QList<Subnet> subnets;
    for (const Route &route : routesIn(text))
        subnets += route.subnet;
    return subnets;
}

QList<Subnet> parseUsedRoutes(const QByteArray &text, const QByteArray &devices)
{
    constexpr qsizetype prefix = 3, digits = 6; // "br-<12 digits>" and "v<6 digits><address>"
    QList<Subnet> subnets;
    for (const Route &route : routesIn(text)) {
        if (devices.contains(" v" + route.interface.mid(prefix, digits))
            || devices.contains("\nv" + route.interface.mid(prefix, digits)))
            subnets += route.subnet;
    }
    return subnets;
}

QList<Subnet> hostRoutes() { return parseRoutes(contentOf(u"/proc/self/net/route"_s)); }

QList<Subnet> usedInRouter(qint64 pid)
{
    const QString folder = u"/proc/%1/net/"_s.arg(pid);
    return parseUsedRoutes(contentOf(folder + u"route"_s), contentOf(folder + u"dev"_s));
}

} // namespace berth
