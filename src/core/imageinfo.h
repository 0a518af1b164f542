// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/digest.h"
#include "core/healthcheck.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace berth {

// What an image's configuration says about running it. Source: OCI image-spec config.md and
// Docker's extensions of it.
struct ImageConfig {
    QStringList entrypoint;
    QStringList command;
    QStringList environment;       // "NAME=value"
    QString workingDirectory;
    QString user;
    QString stopSignal;            // "" or a name or number
    QStringList volumes;           // absolute paths
    QStringList exposedPorts;      // "6379/tcp"
    QMap<QString, QString> labels;
    HealthCheck health;            // Docker's extension

    friend bool operator==(const ImageConfig &, const ImageConfig &) = default;
};

// One image as lists show it. id is the digest of the exact configuration bytes.
struct ImageInfo {
    Digest id;
    QStringList names;             // canonical "domain/path:tag", sorted; empty: dangling
    QDateTime created;             // UTC
    qint64 size = 0;               // bytes of all its layers, unpacked (sum of tar streams' file contents)
    QString architecture;          // "amd64"
    QString os;                    // "linux"
    QString author;
    QList<Digest> diffIds;         // bottom to top
    QList<Digest> chainIds;        // same order; names of the layers on disk
    ImageConfig config;
    int containers = 0;            // how many containers use it

    friend bool operator==(const ImageInfo &, const ImageInfo &) = default;
};

} // namespace berth
