// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "store/containerfiles.h"
#include "store/optionsjson.h"
#include "store/storeprivate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// A line end is in no name of a network.
const QString columns = u"SELECT id, name, image_id, image_name, created, arguments, options, (SELECT "
                        "group_concat(coalesce(networks.name, network), char(10)) FROM attachments LEFT JOIN networks ON "
                        "networks.id = network WHERE container_id = containers.id) FROM containers "_s;

std::unexpected<Error> noSuchContainer(const QString &name)
{
    return fail(ErrorCode::NotFound, "No such container: " + name.toStdString());
}

bool isHex(const QString &text)
{
    return !text.isEmpty()
        && std::ranges::all_of(text, [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

QDateTime timeOf(const std::string &text)
{
    return QDateTime::fromString(QString::fromStdString(text), Qt::ISODateWithMs).toUTC();
}

// A container that lost its monitor reads as killed, also before anybody has cleaned up after it.
constexpr int killedExitCode = 128 + 9;

OpenPort openPort(const PublishedPort &port)
{
    const auto protocol = protocolName(port.protocol);
    return {.address = QString::fromStdString(port.hostAddress),
        .hostPort = port.hostPort,
        .port = QString::number(port.containerPort) + u'/' + QLatin1StringView(protocol.data(), protocol.size())};
}

void applyFiles(ContainerInfo &container, const ContainerFiles &files)
{
    if (files.run) {
        container.started = timeOf(files.run->startedAt);
        container.restartCount = static_cast<int>(files.run->restartCount);
        container.health = QString::fromStdString(files.run->health);
        container.outOfMemory = files.run->outOfMemory;
    }
    if (files.exit) {
        container.exitCode = files.exit->status.exitCode;
        container.exitSignal = files.exit->status.signal;
        container.outOfMemory = files.exit->status.outOfMemory;
        container.error = QString::fromStdString(files.exit->error);
        container.finished = timeOf(files.exit->finishedAt);
        // Without a run record it never ran: Docker leaves such a container "created".
        container.state = files.isRestarting() ? ContainerState::Restarting
            : files.run                        ? ContainerState::Exited
                                               : ContainerState::Created;
    } else if (files.isRunning()) {
        container.state = files.run->paused ? ContainerState::Paused : ContainerState::Running;
        for (const PublishedPort &port : files.run->ports)
            container.ports += openPort(port);
        container.pid = files.run->pid;
    } else if (files.isLost()) {
        container.state = ContainerState::Exited;
        container.exitCode = killedExitCode;
        container.exitSignal = 9;
        container.finished = container.started;
    }
}

Result<ContainerInfo> readContainer(int containersFolder, const QVariantList &row)
{
    ContainerInfo container;
    container.id = row[0].toString();
    container.name = row[1].toString();
    const auto imageId = Digest::parse(row[2].toString());
    if (!imageId)
        return wrap("the record of container " + container.id.toStdString(), imageId.error());
    container.imageId = *imageId;
    container.imageName = row[3].toString();
    container.created = QDateTime::fromMSecsSinceEpoch(row[4].toLongLong(), QTimeZone::UTC);
    for (const QJsonValue word : QJsonDocument::fromJson(row[5].toByteArray()).array())
        container.arguments += word.toString();
    container.options = optionsFromJson(row[6].toByteArray());
    container.options.name = container.name;
    container.networks = row[7].toString().split(u'\n', Qt::SkipEmptyParts);
    container.networks.sort();

    const auto folder = openFile(containersFolder, container.id.toStdString(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const auto files = folder ? readContainerFiles(folder->get()) : Result<ContainerFiles>(std::unexpected(folder.error()));
    if (files) {
        applyFiles(container, *files);
    } else {
        // One damaged container must not hide the others; it can still be removed.
        container.state = ContainerState::Dead;
        container.error = QString::fromStdString(files.error().detail);
    }
    return container;
}

Result<> refuseTakenName(const Database &database, const QString &name)
{
    const auto owner = database.run(u"SELECT id FROM containers WHERE name = ?"_s, {name});
    if (!owner)
        return std::unexpected(owner.error());
    if (owner->isEmpty())
        return {};
    return fail(ErrorCode::AlreadyExists,
        "Conflict. The container name \"/" + name.toStdString() + "\" is already in use by container \""
            + owner->first().first().toString().toStdString()
            + "\". You have to remove (or rename) that container to be able to reuse that name.");
}

Result<> insertContainer(const Database &database, const ContainerInfo &container, const QList<NetworkAttachment> &attachments)
{
    const auto image = database.run(u"SELECT 1 FROM images WHERE id = ?"_s, {container.imageId.hex()});
    if (!image)
        return std::unexpected(image.error());
    if (image->isEmpty())
        return fail(ErrorCode::NotFound, "No such image: " + container.imageName.toStdString());
    const QByteArray arguments = QJsonDocument(QJsonArray::fromStringList(container.arguments)).toJson(QJsonDocument::Compact);
    const auto inserted = database.run(u"INSERT INTO containers VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
        {container.id, container.name, container.imageId.hex(), container.imageName, container.created.toMSecsSinceEpoch(),
            arguments, optionsToJson(container.options)});
    if (!inserted)
        return std::unexpected(inserted.error());
    for (const MountOption &mount : container.options.mounts) {
        if (mount.kind != MountOption::Kind::Volume)
            continue;
        const auto used = database.run(u"INSERT OR IGNORE INTO container_volumes VALUES (?, ?)"_s, {container.id, mount.source});
        if (!used)
            return std::unexpected(used.error());
    }
    for (const NetworkAttachment &attachment : attachments) {
        if (auto attached = insertAttachment(database, attachment); !attached)
            return attached;
    }
    return {};
}

} // namespace

Result<QList<ContainerInfo>> Store::containers() const
{
    const auto rows = d->database.run(columns + u"ORDER BY created DESC, rowid DESC"_s);
    if (!rows)
        return std::unexpected(rows.error());
    const auto folder = this->folder(u"containers"_s);
    if (!folder)
        return std::unexpected(folder.error());
    QList<ContainerInfo> containers;
    containers.reserve(rows->size());
    for (const QVariantList &row : *rows) {
        auto container = readContainer(folder->get(), row);
        if (!container)
            return std::unexpected(container.error());
        containers += std::move(*container);
    }
    return containers;
}

Result<QSet<QString>> Store::containerIds() const
{
    const auto rows = d->database.run(u"SELECT id FROM containers"_s);
    if (!rows)
        return std::unexpected(rows.error());
    QSet<QString> ids;
    ids.reserve(rows->size());
    for (const QVariantList &row : *rows)
        ids.insert(row.first().toString());
    return ids;
}

Result<ContainerInfo> Store::findContainer(const QString &nameOrId) const
{
    const QString name = nameOrId.startsWith(u'/') ? nameOrId.sliced(1) : nameOrId;
    auto rows = d->database.run(columns + u"WHERE id = ?"_s, {name});
    if (rows && rows->isEmpty())
        rows = d->database.run(columns + u"WHERE name = ?"_s, {name});
    if (rows && rows->isEmpty() && isHex(name))
        rows = d->database.run(columns + u"WHERE id >= ? AND id < ?"_s, {name, name + u'g'});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return noSuchContainer(nameOrId);
    if (rows->size() > 1)
        return fail(ErrorCode::InvalidArgument, "multiple IDs found with provided prefix: " + nameOrId.toStdString());
    const auto folder = this->folder(u"containers"_s);
    if (!folder)
        return std::unexpected(folder.error());
    return readContainer(folder->get(), rows->first());
}

Result<> Store::addContainer(const ContainerInfo &container, const QList<NetworkAttachment> &attachments)
{
    auto added = d->database.transaction([&]() -> Result<> {
        if (auto isFree = refuseTakenName(d->database, container.name); !isFree)
            return isFree;
        return insertContainer(d->database, container, attachments);
    });
    touch();
    return added;
}

Result<> Store::renameContainer(const QString &id, const QString &name)
{
    auto renamed = d->database.transaction([&]() -> Result<> {
        if (auto isFree = refuseTakenName(d->database, name); !isFree)
            return isFree;
        const auto rows = d->database.run(u"UPDATE containers SET name = ? WHERE id = ? RETURNING id"_s, {name, id});
        if (!rows)
            return std::unexpected(rows.error());
        return rows->isEmpty() ? Result<>(noSuchContainer(id)) : Result<>();
    });
    touch();
    return renamed;
}

Result<> Store::setContainerOptions(const QString &id, const RunOptions &options)
{
    const auto rows = d->database.run(
        u"UPDATE containers SET options = ? WHERE id = ? RETURNING id"_s, {optionsToJson(options), id});
    touch();
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? Result<>(noSuchContainer(id)) : Result<>();
}

Result<> Store::removeContainer(const QString &id)
{
    const auto rows = d->removal(
        Durability::Process, [&] { return d->database.run(u"DELETE FROM containers WHERE id = ? RETURNING id"_s, {id}); });
    touch();
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? Result<>(noSuchContainer(id)) : Result<>();
}

Result<UniqueFd> Store::containerFolder(const QString &id) const
{
    const auto containers = folder(u"containers"_s);
    if (!containers)
        return std::unexpected(containers.error());
    return openFile(containers->get(), id.toStdString(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

} // namespace berth
