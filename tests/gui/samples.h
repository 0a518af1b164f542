// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "core/imageinfo.h"
#include "core/volumeinfo.h"

#include <QTimeZone>

namespace berth::samples {

// A moment to count from, so that no test depends on today.
inline const QDateTime now(QDate(2026, 8, 1), QTime(12, 0), QTimeZone::UTC);

inline QString idOf(QStringView name) { return Digest::ofBytes(name.toUtf8()).hex(); }

inline ContainerInfo container(const QString &name, ContainerState state, qint64 secondsAgo = 3600, const QDateTime &when = now)
{
    using enum ContainerState;
    ContainerInfo made;
    made.id = idOf(name);
    made.name = name;
    made.imageName = QStringLiteral("redis");
    made.imageId = Digest::ofBytes("redis");
    made.arguments = {QStringLiteral("docker-entrypoint.sh"), QStringLiteral("redis-server")};
    made.created = when.addSecs(-secondsAgo - 60);
    made.state = state;
    if (state != Created)
        made.started = when.addSecs(-secondsAgo);
    if (state == Running || state == Paused)
        made.pid = 4711;
    if (state == Exited || state == Restarting || state == Dead)
        made.finished = when.addSecs(-secondsAgo / 2);
    return made;
}

// names are canonical; none: dangling.
inline ImageInfo image(const QByteArray &seed, const QStringList &names, qint64 size, int containers, qint64 secondsAgo = 86'400,
    const QDateTime &when = now)
{
    ImageInfo made;
    made.id = Digest::ofBytes(seed);
    made.names = names;
    made.created = when.addSecs(-secondsAgo);
    made.size = size;
    made.architecture = QStringLiteral("amd64");
    made.os = QStringLiteral("linux");
    made.containers = containers;
    for (int layer = 0; layer < 4; ++layer)
        made.chainIds.append(Digest::ofBytes(seed + QByteArray::number(layer)));
    made.diffIds = made.chainIds;
    made.config.command = {QStringLiteral("redis-server")};
    made.config.entrypoint = {QStringLiteral("docker-entrypoint.sh")};
    made.config.environment = {QStringLiteral("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        QStringLiteral("REDIS_VERSION=8.0.3")};
    made.config.workingDirectory = QStringLiteral("/data");
    made.config.volumes = {QStringLiteral("/data")};
    made.config.exposedPorts = {QStringLiteral("6379/tcp")};
    return made;
}

inline VolumeInfo volume(const QString &name, qint64 secondsAgo = 7200, const QDateTime &when = now)
{
    VolumeInfo made;
    made.name = name;
    made.created = when.addSecs(-secondsAgo);
    made.mountpoint = QStringLiteral("/home/minji/.local/share/berth/volumes/%1/data").arg(name);
    return made;
}

} // namespace berth::samples
