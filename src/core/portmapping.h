// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace berth {

// One port of a container that is to be reached at the machine, as it was asked for.
struct PortMapping {
    QString address;              // "127.0.0.1", "::1"; empty: all addresses of the machine
    QString hostPort;             // "8080"; "8000-8010": the first of these that is free; empty or "0": any
    QString port;                 // "80/tcp"

    friend bool operator==(const PortMapping &, const PortMapping &) = default;
    [[nodiscard]] int firstHostPort() const { return hostPort.section(u'-', 0, 0).toInt(); } // 0: any
    [[nodiscard]] int lastHostPort() const { return hostPort.section(u'-', -1).toInt(); }
};

// One that is reached there now.
struct OpenPort {
    QString address;              // "0.0.0.0", "::"
    int hostPort = 0;
    QString port;                 // "80/tcp"

    friend bool operator==(const OpenPort &, const OpenPort &) = default;
    [[nodiscard]] QString hostText() const; // "0.0.0.0:8080", "[::]:8080"
};

int portNumber(const QString &port);         // of "80/tcp"
QString portProtocol(const QString &port);   // of "80/tcp"

// One -p: "80", "8080:80", "127.0.0.1::80", "[::1]:8000-8010:80/udp", "8000-8002:80-82", "published=8080,target=80". A
// range of the container becomes one mapping for each port. Errors are Docker's sentences (docker/cli 28).
Result<QList<PortMapping>> parsePublish(const QString &value);
// The -p that means the same.
QString publishText(const PortMapping &mapping);

// One --expose: "80", "80/udp", "80-82/tcp".
Result<QStringList> parseExpose(const QString &value);

// The column PORTS: exposed ports and open ones. Neighbours that lead to their own number are one range.
QString portsText(const QStringList &exposed, const QList<OpenPort> &open);

} // namespace berth
