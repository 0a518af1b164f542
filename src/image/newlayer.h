// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imagereference.h"
#include "image/staging.h"
#include "image/unpacklayers.h"

#include <functional>
#include <optional>

namespace berth {

// Makes a layer whose digest nobody knows yet from a tar stream (compressed or not, a file or a pipe), in
// staging/<chain hex>. parent: chain id of the layer below; null for the first of an image.
Result<UnpackedLayer> unpackNewLayer(
    const Staging &staging, int input, const Digest &parent, const StartLayerer &start, Progress &progress, qint64 total);

// What a container changed.
struct ContainerChanges {
    UniqueFd upper;                   // its upper folder
    std::vector<UniqueFd> lower;      // trees of its image's layers, topmost first
    std::vector<std::string> hidden;  // entries of upper that are not its doing
};
// The same from a container's changes; nothing when there are none. One layerer packs while another unpacks.
// wasRead is called as soon as the container's files have been read.
Result<std::optional<UnpackedLayer>> packNewLayer(const Staging &staging, const ContainerChanges &changes, const Digest &parent,
    const StartLayerer &start, const std::function<void()> &wasRead, Progress &progress);

// Moves the new layer into place and records the image: config names lower and then the new one. names:
// moved from the images that had them. Gives the image's id.
Result<Digest> recordNewImage(Store &store, const Staging &staging, const std::optional<UnpackedLayer> &layer,
    const QByteArray &config, const QList<Digest> &lower, const QList<ImageReference> &names);

} // namespace berth
