// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "store/storeprivate.h"

#include <QDateTime>
#include <QTimeZone>
#include <QUuid>

#include <cstdio>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

const QString columns = u"SELECT name, anonymous, created, labels, "
                        "(SELECT count(*) FROM container_volumes WHERE volume = name) FROM volumes "_s;

std::unexpected<Error> noSuchVolume(const QString &name)
{
    return fail(ErrorCode::NotFound, "get " + name.toStdString() + ": no such volume");
}

VolumeInfo readVolume(const QString &dataFolder, const QVariantList &row)
{
    VolumeInfo volume;
    volume.name = row[0].toString();
    volume.anonymous = row[1].toBool();
    volume.created = QDateTime::fromMSecsSinceEpoch(row[2].toLongLong(), QTimeZone::UTC);
    volume.labels = textsFromJson(row[3].toByteArray());
    if (volume.anonymous)
        volume.labels.insert(u"com.docker.volume.anonymous"_s, QString()); // scripts for Docker look for it
    volume.mountpoint = dataFolder + u"/volumes/"_s + volume.name + u"/data"_s;
    volume.containers = row[4].toInt();
    return volume;
}

// What a killed removal left behind belongs to nobody.
Result<> discardOrphan(int volumes, int trash, const std::string &name)
{
    const std::string target = "volumes-" + QUuid::createUuid().toString(QUuid::Id128).toStdString();
    if (::renameat(volumes, name.c_str(), trash, target.c_str()) < 0 && errno != ENOENT)
        return failErrno("cannot move the old volume " + name + " to the trash");
    return {};
}

Result<> makeFolders(int volumes, const std::string &name)
{
    const auto volume = makeDirectory(volumes, name);
    if (!volume)
        return std::unexpected(volume.error());
    // A volume's content belongs to whoever the image says; the first container that uses it fills it and
    // sets owner and mode of data, so that we may not even be able to open it.
    if (::mkdirat(volume->get(), "data", 0755) < 0 && errno != EEXIST)
        return failErrno("cannot create the volume " + name);
    return {};
}

} // namespace

Result<QList<VolumeInfo>> Store::volumes() const
{
    const auto rows = d->database.run(columns + u"ORDER BY name"_s);
    if (!rows)
        return std::unexpected(rows.error());
    QList<VolumeInfo> volumes;
    for (const QVariantList &row : *rows)
        volumes += readVolume(d->paths.data, row);
    return volumes;
}

Result<VolumeInfo> Store::findVolume(const QString &name) const
{
    const auto rows = d->database.run(columns + u"WHERE name = ?"_s, {name});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return noSuchVolume(name);
    return readVolume(d->paths.data, rows->first());
}

Result<> Store::addVolume(const QString &name, bool anonymous, const QMap<QString, QString> &labels)
{
    const auto volumes = folder(u"volumes"_s);
    const auto trash = folder(u"trash"_s);
    const auto lock = lockVolumes(LockKind::Shared);
    for (const auto *opened : {&volumes, &trash, &lock}) {
        if (!*opened)
            return std::unexpected(opened->error());
    }
    // Folder first, record last; in one transaction, so that of two who make it one finds it made.
    const std::string folderName = name.toStdString();
    auto added = d->database.transaction([&]() -> Result<> {
        const auto known = d->database.run(u"SELECT 1 FROM volumes WHERE name = ?"_s, {name});
        if (!known)
            return std::unexpected(known.error());
        if (known->isEmpty()) {
            if (auto discarded = discardOrphan(volumes->get(), trash->get(), folderName); !discarded)
                return discarded;
        }
        if (auto made = makeFolders(volumes->get(), folderName); !made || !known->isEmpty())
            return made;
        const auto inserted = d->database.run(u"INSERT INTO volumes (name, anonymous, created, labels) VALUES (?, ?, ?, ?)"_s,
            {name, anonymous, QDateTime::currentMSecsSinceEpoch(), textsToJson(labels)});
        return inserted ? Result<>() : std::unexpected(inserted.error());
    });
    touch();
    return added;
}

Result<QStringList> Store::anonymousVolumes(const QString &containerId) const
{
    const auto rows = d->database.run(u"SELECT name FROM container_volumes JOIN volumes ON volume = name "
                                      "WHERE container_id = ? AND anonymous = 1 ORDER BY name"_s,
        {containerId});
    if (!rows)
        return std::unexpected(rows.error());
    QStringList names;
    for (const QVariantList &row : *rows)
        names += row.first().toString();
    return names;
}

Result<> Store::removeVolume(const QString &name)
{
    auto removed = d->removal(Durability::Power, [&]() -> Result<> {
        const auto users = d->database.run(u"SELECT container_id FROM container_volumes WHERE volume = ? LIMIT 1"_s, {name});
        if (!users)
            return std::unexpected(users.error());
        if (!users->isEmpty())
            return fail(ErrorCode::WrongState,
                "remove " + name.toStdString() + ": volume is in use - [" + users->first().first().toString().toStdString()
                    + "]");
        const auto rows = d->database.run(u"DELETE FROM volumes WHERE name = ? RETURNING name"_s, {name});
        if (!rows)
            return std::unexpected(rows.error());
        return rows->isEmpty() ? Result<>(noSuchVolume(name)) : Result<>();
    });
    touch();
    return removed;
}

} // namespace berth
