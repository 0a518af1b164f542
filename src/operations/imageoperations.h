// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imageinfo.h"
#include "core/imagereference.h"
#include "core/progress.h"
#include "store/store.h"

#include <optional>

namespace berth {

struct ImportedImage {
    ImageInfo image;
    QStringList names;        // given by this archive, canonical
    QStringList movedNames;   // that another image had before
    bool alreadyPresent = false;
    int skippedDevices = 0;   // device nodes that an ordinary user cannot make
    int changedOwners = 0;    // entries whose owner has no place in the user's id range and became nobody
    QList<Digest> movedFrom{}; // the images that each of movedNames named
};

// Imports every image of an archive or layout folder (docker-archive old and new, OCI archive, OCI
// layout folder; any compression). path "-" reads standard input. All or nothing per archive; on an
// error or cancel the store is as before. Progress counts bytes of path.
Result<QList<ImportedImage>> importArchive(Store &store, const QString &path, Progress &progress);

// What a dropped file holds, read from its index only (milliseconds, unpacks no layer).
struct ArchivePreview {
    QString path;
    qint64 size = 0;          // bytes of the file
    QString format;           // "Docker archive", "OCI archive", "OCI layout"
    QString compression;      // "none", "gzip", "zstd", "xz", "bzip2"
    struct Image {
        QStringList names;
        QString architecture;
        int layers = 0;
        int layersPresent = 0; // already in the store
    };
    QList<Image> images;      // empty when compression hides the index until it is read
};
Result<ArchivePreview> previewArchive(Store &store, const QString &path);

// One step that `rmi` prints.
struct RemovedImage {
    QStringList untagged;     // familiar names
    QStringList deleted;      // "sha256:…" of the image, then of its layers
};
// As `docker rmi`: a name is untagged, the last name or an id deletes. force also removes an id with several
// names and one that only stopped containers use; these keep its layers, and can be started as before.
Result<RemovedImage> removeImage(Store &store, const QString &nameOrId, bool force);

// Gives the image one more name, which another image loses when it had it. A name by digest is InvalidArgument.
Result<> tagImage(Store &store, const QString &nameOrId, const ImageReference &name);

// Writes images to output (a file or a pipe) as one archive that docker, podman and skopeo read, as a Docker
// archive and as an OCI layout. A name without a tag means every tag of the repository, an id the image
// without a name. What cannot be found is told before the first byte.
Result<> saveImages(Store &store, const QStringList &namesOrIds, int output, Progress &progress);

struct TarballOptions {
    QStringList changes;      // instructions of a Dockerfile
    QString message;
    std::optional<ImageReference> name;
};
// Makes an image of one layer of a root file system in a tar archive, compressed or not. path "-" reads
// standard input.
Result<ImageInfo> importTarball(Store &store, const QString &path, const TarballOptions &options, Progress &progress);

// One step that made an image.
struct HistoryEntry {
    Digest image;             // only the newest step is an image; null for the others
    QDateTime created;        // invalid when the image does not say
    QString createdBy;
    QString comment;
    qint64 size = 0;          // bytes of file contents in the step's layer

    friend bool operator==(const HistoryEntry &, const HistoryEntry &) = default;
};
// Newest first.
Result<QList<HistoryEntry>> imageHistory(const Store &store, const QString &nameOrId);

} // namespace berth
