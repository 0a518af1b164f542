// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imageinfo.h"
#include "core/imagereference.h"
#include "image/layererlink.h"

namespace berth {

struct SavedImage {
    QByteArray config;             // exact bytes
    ImageInfo info;
    QList<LayerRecord> layers;     // bottom to top
    QList<ImageReference> names;   // that the archive gives it; none: it is known by its id only
};

// Writes one archive that is a Docker archive and an OCI layout at once, as docker 25 and later do: every
// configuration and every layer once, whoever uses it. Lists and configurations come first, so that a
// reader of a pipe knows what it gets. Layers are rebuilt by a layerer straight into output, which may be
// a pipe. The same images give the same bytes.
Result<> writeArchive(
    const Store &store, const QList<SavedImage> &images, int output, const StartLayerer &start, Progress &progress);

} // namespace berth
