// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "store/storeprivate.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace berth {

Result<> Store::addVolume(const QString &name, bool anonymous)
{
    // Folder first, record last. A volume's content belongs to whoever the image says; the first
    // container that uses it fills it and sets owner and mode of data.
    const auto volumes = folder(u"volumes"_s);
    if (!volumes)
        return std::unexpected(volumes.error());
    const auto volume = makeDirectory(volumes->get(), name.toStdString());
    if (!volume)
        return std::unexpected(volume.error());
    if (const auto data = makeDirectory(volume->get(), "data", 0755); !data)
        return std::unexpected(data.error());
    const auto added = d->database.run(
        u"INSERT OR IGNORE INTO volumes VALUES (?, ?, ?)"_s, {name, anonymous, QDateTime::currentMSecsSinceEpoch()});
    touch();
    return added ? Result<>() : std::unexpected(added.error());
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
    const auto rows = d->database.run(u"DELETE FROM volumes WHERE name = ? RETURNING name"_s, {name});
    touch();
    if (!rows && rows.error().code == ErrorCode::AlreadyExists)
        return fail(ErrorCode::WrongState, "volume " + name.toStdString() + " is in use");
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, "no such volume: " + name.toStdString());
    return {};
}

} // namespace berth
