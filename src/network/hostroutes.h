// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/subnet.h"

#include <QByteArray>
#include <QList>

namespace berth {

// Where the caller's machine has routes to, besides the default route: its own networks, those of a VPN and of
// other container engines. A network of ours that overlaps one of them would hide it from containers. Empty when
// that cannot be known.
QList<Subnet> hostRoutes();
// Of a holder: the networks in its router that a container uses. Another store of the same user may have them.
QList<Subnet> usedInRouter(qint64 pid);

// The text of /proc/net/route: hexadecimal numbers in the order of the machine's bytes.
QList<Subnet> parseRoutes(const QByteArray &text);
// Those of bridges that have a port, by the names of runtime/networklinks.h. devices: the text of /proc/net/dev.
QList<Subnet> parseUsedRoutes(const QByteArray &text, const QByteArray &devices);

} // namespace berth
