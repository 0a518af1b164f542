// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "store/store.h"

#include <QHash>
#include <QList>
#include <QStringList>

namespace berth {

// What takes room on the disk. Sizes are bytes of file contents, as `docker system df` counts them: a file
// with several names counts once, a folder and a hole in a file as their length says.
struct DiskUsage {
    struct Image {
        ImageInfo info;
        qint64 sharedSize = 0;    // of layers that other images have, too
    };
    struct Container {
        ContainerInfo info;
        qint64 writableSize = 0;  // what it wrote over its image
        qint64 rootSize = 0;      // and with the image
    };
    struct Volume {
        VolumeInfo info;
        qint64 size = 0;
    };
    QList<Image> images;          // newest first
    qint64 layersSize = 0;        // of all images, each layer once
    QList<Container> containers;  // newest first
    QList<Volume> volumes;        // by name
};
Result<DiskUsage> diskUsage(Store &store, Progress &progress);

// Bytes in the writable layers of these containers (full ids), and in these volumes. A layerer reads them:
// their files may belong to other ids. What is gone meanwhile has 0.
Result<QHash<QString, qint64>> writableSizes(const Store &store, const QStringList &containerIds, Progress &progress);
Result<QHash<QString, qint64>> volumeSizes(const Store &store, const QStringList &names, Progress &progress);

} // namespace berth
