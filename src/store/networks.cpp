// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storeprivate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace berth {

const QString networkColumns = u"SELECT id, name, driver, subnet, gateway, ip_range, configured, internal, attachable, labels, "
                               "driver_options, created FROM networks "_s;
const QString attachmentColumns = u"SELECT container_id, network, position, aliases, links, fixed_address, fixed_mac, address "
                                  "FROM attachments "_s;

QByteArray textsToJson(const QMap<QString, QString> &texts)
{
    QJsonObject object;
    for (const auto &[key, value] : texts.asKeyValueRange())
        object.insert(key, value);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QMap<QString, QString> textsFromJson(const QByteArray &json)
{
    QMap<QString, QString> texts;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    for (auto text = object.begin(); text != object.end(); ++text)
        texts.insert(text.key(), text.value().toString());
    return texts;
}

namespace {

QByteArray listToJson(const QStringList &list)
{
    return QJsonDocument(QJsonArray::fromStringList(list)).toJson(QJsonDocument::Compact);
}

QStringList listFromJson(const QByteArray &json)
{
    QStringList list;
    for (const QJsonValue entry : QJsonDocument::fromJson(json).array())
        list += entry.toString();
    return list;
}

std::unexpected<Error> noSuchNetwork(const QString &name)
{
    return fail(ErrorCode::NotFound, "network " + name.toStdString() + " not found");
}

Result<> refuseTakenName(const Database &database, const QString &name)
{
    const auto owner = database.run(u"SELECT id FROM networks WHERE name = ?"_s, {name});
    if (!owner)
        return std::unexpected(owner.error());
    if (owner->isEmpty())
        return {};
    return fail(ErrorCode::AlreadyExists, "network with name " + name.toStdString() + " already exists");
}

// Fills in what the network leaves open, so that it overlaps no other.
Result<> settleAddresses(const Database &database, NetworkInfo &network, QList<Subnet> avoided)
{
    const auto rows = database.run(u"SELECT subnet FROM networks WHERE subnet <> '' AND id <> ?"_s, {network.id});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Subnet> others;
    for (const QVariantList &row : *rows) {
        if (const auto subnet = Subnet::parse(row.first().toString()))
            others += *subnet;
    }
    auto subnet = Subnet::parse(network.subnet);
    if (subnet) {
        for (const Subnet &other : std::as_const(others)) {
            if (other.overlaps(*subnet))
                return fail(
                    ErrorCode::InvalidArgument, "invalid pool request: Pool overlaps with other one on this address space");
        }
    } else {
        subnet = freeSubnet(avoided + others);
        if (!subnet)
            return fail(ErrorCode::NoSpace, "all predefined address pools have been fully subnetted");
        network.subnet = subnet->text();
    }
    if (network.gateway.isEmpty())
        network.gateway = ipv4Text(firstAddress(*subnet, network.range().value_or(*subnet)));
    return {};
}

} // namespace

NetworkInfo readNetwork(const QVariantList &row)
{
    NetworkInfo network;
    network.id = row[0].toString();
    network.name = row[1].toString();
    network.driver = row[2].toString();
    network.subnet = row[3].toString();
    network.gateway = row[4].toString();
    network.ipRange = row[5].toString();
    network.isConfigured = row[6].toBool();
    network.internal = row[7].toBool();
    network.attachable = row[8].toBool();
    network.labels = textsFromJson(row[9].toByteArray());
    network.driverOptions = textsFromJson(row[10].toByteArray());
    network.created = QDateTime::fromMSecsSinceEpoch(row[11].toLongLong(), QTimeZone::UTC);
    return network;
}

NetworkAttachment readAttachment(const QVariantList &row)
{
    NetworkAttachment attachment;
    attachment.containerId = row[0].toString();
    attachment.networkId = row[1].toString();
    attachment.position = row[2].toInt();
    attachment.aliases = listFromJson(row[3].toByteArray());
    attachment.links = listFromJson(row[4].toByteArray());
    attachment.fixedAddress = row[5].toString();
    attachment.fixedMac = row[6].toString();
    attachment.address = row[7].toString();
    return attachment;
}

Result<> insertAttachment(const Database &database, const NetworkAttachment &attachment)
{
    const auto inserted = database.run(
        u"INSERT INTO attachments (container_id, network, position, aliases, links, fixed_address, fixed_mac) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
        {attachment.containerId, attachment.networkId, attachment.position, listToJson(attachment.aliases),
            listToJson(attachment.links), attachment.fixedAddress, attachment.fixedMac});
    return inserted ? Result<>() : std::unexpected(inserted.error());
}

Result<QList<NetworkInfo>> Store::networks() const
{
    const auto rows = d->database.run(networkColumns + u"ORDER BY name"_s);
    if (!rows)
        return std::unexpected(rows.error());
    QList<NetworkInfo> networks;
    for (const QVariantList &row : *rows)
        networks += readNetwork(row);
    return networks;
}

Result<NetworkInfo> Store::findNetwork(const QString &nameOrId) const
{
    auto rows = d->database.run(networkColumns + u"WHERE id = ?"_s, {nameOrId});
    if (rows && rows->isEmpty())
        rows = d->database.run(networkColumns + u"WHERE name = ?"_s, {nameOrId});
    if (rows && rows->isEmpty() && !nameOrId.isEmpty())
        rows = d->database.run(networkColumns + u"WHERE id >= ? AND id < ?"_s, {nameOrId, nameOrId + u'g'});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return noSuchNetwork(nameOrId);
    if (rows->size() > 1)
        return fail(ErrorCode::InvalidArgument,
            "network " + nameOrId.toStdString() + " is ambiguous (" + std::to_string(rows->size())
                + " matches found based on ID prefix)");
    return readNetwork(rows->first());
}

Result<NetworkInfo> Store::addNetwork(NetworkInfo network, const QList<Subnet> &avoided)
{
    auto added = d->database.transaction([&]() -> Result<> {
        if (auto isFree = refuseTakenName(d->database, network.name); !isFree)
            return isFree;
        if (auto settled = settleAddresses(d->database, network, avoided); !settled)
            return settled;
        const auto inserted = d->database.run(u"INSERT INTO networks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {network.id, network.name, network.driver, network.subnet, network.gateway, network.ipRange, network.isConfigured,
                network.internal, network.attachable, textsToJson(network.labels), textsToJson(network.driverOptions),
                network.created.toMSecsSinceEpoch()});
        return inserted ? Result<>() : std::unexpected(inserted.error());
    });
    touch();
    return added ? Result<NetworkInfo>(std::move(network)) : std::unexpected(added.error());
}

Result<NetworkInfo> Store::chooseSubnet(const QString &id, const QList<Subnet> &avoided)
{
    NetworkInfo network;
    auto chosen = d->database.transaction([&]() -> Result<> {
        const auto rows = d->database.run(networkColumns + u"WHERE id = ?"_s, {id});
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            return noSuchNetwork(id);
        network = readNetwork(rows->first());
        if (!network.isBridge() || !network.subnet.isEmpty())
            return {};
        if (auto settled = settleAddresses(d->database, network, avoided); !settled)
            return settled;
        const auto updated = d->database.run(
            u"UPDATE networks SET subnet = ?, gateway = ? WHERE id = ?"_s, {network.subnet, network.gateway, id});
        return updated ? Result<>() : std::unexpected(updated.error());
    });
    return chosen ? Result<NetworkInfo>(std::move(network)) : std::unexpected(chosen.error());
}

Result<> Store::removeNetwork(const QString &id)
{
    auto removed = d->removal(Durability::Process, [&]() -> Result<> {
        const auto network = findNetwork(id);
        if (!network)
            return std::unexpected(network.error());
        const auto rows = d->database.run(u"SELECT container_id FROM attachments WHERE network = ?"_s, {id});
        if (!rows)
            return std::unexpected(rows.error());
        for (const QVariantList &row : *rows) {
            const auto held = isHeld(row.first().toString());
            if (!held)
                return std::unexpected(held.error());
            if (*held)
                return fail(ErrorCode::WrongState,
                    "error while removing network: network " + network->name.toStdString() + " id " + id.toStdString()
                        + " has active endpoints");
        }
        const auto deleted = d->database.run(u"DELETE FROM networks WHERE id = ?"_s, {id});
        return deleted ? Result<>() : std::unexpected(deleted.error());
    });
    touch();
    return removed;
}

} // namespace berth
