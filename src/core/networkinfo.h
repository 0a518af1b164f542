// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "core/subnet.h"

#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>

namespace berth {

// One network as lists show it. "bridge", "host" and "none" exist always.
struct NetworkInfo {
    QString id;                   // 64 hex digits
    QString name;
    QString driver;               // "bridge", "host", "null"
    QString subnet;               // "172.18.0.0/16"; empty: host and none, and bridge until somebody needs it
    QString gateway;              // an address of the subnet; empty: chosen with the subnet
    QString ipRange;              // a part of the subnet from which addresses are chosen; empty: all of it
    bool isConfigured = false;    // a person chose the subnet: containers may ask for addresses
    bool internal = false;        // nothing leads out of it
    bool attachable = false;      // means nothing here, but is shown
    QMap<QString, QString> labels;
    QMap<QString, QString> driverOptions;
    QDateTime created;            // UTC

    friend bool operator==(const NetworkInfo &, const NetworkInfo &) = default;
    [[nodiscard]] QString shortId() const { return id.first(12); }
    [[nodiscard]] bool isBridge() const { return driver == QLatin1StringView("bridge"); }
    // The range of its addresses; nothing when it has none.
    [[nodiscard]] std::optional<Subnet> range() const { return Subnet::parse(ipRange.isEmpty() ? subnet : ipRange); }
};

// A container's place on a network, of which it keeps the last address until somebody else needs it.
struct NetworkAttachment {
    QString containerId;
    QString networkId;            // or what the person typed, when there is no such network
    QStringList aliases;          // as asked for
    QStringList links;            // "NAME:ALIAS"
    QString fixedAddress;         // --ip
    QString fixedMac;             // --mac-address
    QString address;              // the container's while it is up; empty: it has not had one
    int position = 0;             // eth<position>

    friend bool operator==(const NetworkAttachment &, const NetworkAttachment &) = default;
    [[nodiscard]] QString macAddress() const; // empty without an address
};

// Names that are every engine's own.
[[nodiscard]] bool isPredefinedNetwork(const QString &name);
// On the default bridge nobody is found by name.
[[nodiscard]] bool isUserDefined(const QString &networkName);

// A letter or digit, then letters, digits, "_", "." or "-". InvalidArgument has Docker's sentence.
Result<> checkNetworkName(const QString &name);
// What --subnet, --gateway and --ip-range say together, by Docker's rules; empty ones are chosen later.
Result<> checkAddresses(const NetworkInfo &network);

// Names that end up in files of hosts: what is in one line must not make a second one, nor a second name.
// links: "NAME:ALIAS".
Result<> checkAliases(const QStringList &aliases, const QStringList &links);

// What `run` was asked about networks: "bridge", "host", "none", "container:NAME", or a network's name.
[[nodiscard]] bool sharesNamespace(const QString &networkMode); // host or another container's
std::optional<QString> containerOfMode(const QString &networkMode); // NAME of "container:NAME"

} // namespace berth
