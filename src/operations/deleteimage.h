// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imageinfo.h"
#include "store/store.h"

#include <optional>

namespace berth {

struct DeletedImage {
    QStringList layers;           // "sha256:…" of those that nothing else needs, topmost first
    qint64 size = 0;              // bytes of files in them
};
// Forgets the image, and moves the folders of layers that nothing needs to the trash; emptyTrash() is the
// caller's to call. WrongState when a container uses it, or when it has other names than these.
Result<DeletedImage> deleteImage(Store &store, const ImageInfo &image, const std::optional<QStringList> &names = std::nullopt);

} // namespace berth
