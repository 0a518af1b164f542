// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/findimages.h"
#include "image/layererlink.h"

#include <map>

namespace berth {

struct UnpackJob {
    FoundLayer layer;
    QList<Digest> lower;     // chain ids of the layers below, topmost first
};

struct UnpackedLayer {
    LayerRecord record;
    int skippedDevices = 0;
    int changedOwners = 0;
};
using UnpackedLayers = std::map<Digest, UnpackedLayer>; // by chain id

// Unpacks layers into staging/<chain hex>, as many at a time as there are processors, each from its own
// place in the archive. layers: the folder of the store, for hard links into layers that are there.
// progress counts from done, of total.
Result<UnpackedLayers> unpackLayers(const QList<UnpackJob> &jobs, int staging, int layers, const StartLayerer &start,
    Progress &progress, qint64 done, qint64 total);

} // namespace berth
