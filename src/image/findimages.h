// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imageinfo.h"
#include "core/imagereference.h"
#include "image/archive.h"

#include <QJsonDocument>

#include <optional>

namespace berth {

// A layer that an archive holds, and what it must turn out to be.
struct FoundLayer {
    Digest diffId;
    Digest chainId;
    std::optional<Digest> blobDigest;  // of the bytes as stored, where the archive says it
    Member member;
    QByteArray name;                   // of the member, for messages
};

struct FoundImage {
    QByteArray config;                 // exact bytes; their digest is the image's id
    ImageInfo info;                    // what the configuration says
    QList<FoundLayer> layers;          // bottom to top
    QList<ImageReference> names;
};

struct FoundImages {
    QString format;                    // "Docker archive", "OCI archive", "OCI layout"
    QList<FoundImage> images;
};

// Reads the lists and configurations of an archive, no layer. Where both lists are there (docker 25 and
// later) the Docker one counts, because names survive better in it.
Result<FoundImages> findImages(const Archive &archive);

// ---- for the readers of each format --------------------------------------------------------
// docker save, podman save, skopeo docker-archive, buildkit. Source: Docker image-spec v1.2; moby and
// containers/image write manifest.json in the same shape.
Result<QList<FoundImage>> readDockerArchive(const Archive &archive);
// Source: OCI image-spec image-layout.md, image-index.md, manifest.md.
Result<QList<FoundImage>> readOciLayout(const Archive &archive);

// Lists and configurations are a few KiB; registries refuse manifests over 4 MiB.
inline constexpr qint64 maxJsonSize = 8 * 1024 * 1024;

Result<QJsonDocument> parseJson(const QByteArray &bytes, const QByteArray &name);
// Fills config, info and the layers' digests; layers must be as many as the configuration says.
Result<FoundImage> makeImage(const QByteArray &config, QList<FoundLayer> layers);

} // namespace berth
