// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/hostroutes.h"

#include <QFile>

#include <bit>

#include <arpa/inet.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

QList<Subnet> routesIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? parseRoutes(file.readAll()) : QList<Subnet>();
}

} // namespace

QList<Subnet> parseRoutes(const QByteArray &text)
{
    QList<Subnet> routes;
    const auto lines = text.split('\n').mid(1); // after the names of the columns
    for (const QByteArray &line : lines) {
        const auto columns = line.split('\t');
        if (columns.size() < 8)
            continue;
        bool isDestination = false, isMask = false;
        const quint32 destination = ntohl(columns[1].trimmed().toUInt(&isDestination, 16));
        const quint32 mask = ntohl(columns[7].trimmed().toUInt(&isMask, 16));
        const Subnet route{.base = destination, .prefix = std::popcount(mask)};
        if (isDestination && isMask && mask != 0 && route.mask() == mask)
            routes += Subnet{.base = destination & mask, .prefix = route.prefix};
    }
    return routes;
}

QList<Subnet> hostRoutes() { return routesIn(u"/proc/self/net/route"_s); }

QList<Subnet> routesOf(qint64 pid) { return routesIn(u"/proc/%1/net/route"_s.arg(pid)); }

} // namespace berth
