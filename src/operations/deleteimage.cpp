// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/deleteimage.h"

#include "image/staging.h"
#include "operations/events.h"

#include <QHash>

#include <algorithm>

namespace berth {
namespace {

Result<QHash<QString, qint64>> layerSizes(const Store &store, const ImageInfo &image)
{
    QHash<QString, qint64> sizes;
    for (const Digest &chainId : image.chainIds) {
        const auto layer = store.layer(chainId);
        if (!layer)
            return std::unexpected(layer.error());
        sizes.insert(chainId.hex(), *layer ? (*layer)->size : 0);
    }
    return sizes;
}

} // namespace

Result<DeletedImage> deleteImage(Store &store, const ImageInfo &image, const std::optional<QStringList> &names)
{
    const auto layers = store.folder(QStringLiteral("layers"));
    const auto lock = layers ? store.lockLayers(LockKind::Exclusive) : std::unexpected(layers.error());
    if (!lock)
        return std::unexpected(lock.error());
    const auto sizes = layerSizes(store, image);
    auto unused = sizes ? store.removeImage(image.id, names) : std::unexpected(sizes.error());
    if (!unused)
        return std::unexpected(unused.error());
    recordEvent(store, image, QStringLiteral("delete"), image.id.text());
    DeletedImage deleted;
    // Topmost first, as Docker lists them.
    std::ranges::sort(*unused, std::greater(), [&](const Digest &id) { return image.chainIds.indexOf(id); });
    for (const Digest &chainId : std::as_const(*unused)) {
        if (auto moved = moveToTrash(store, layers->get(), chainId.hex().toStdString()); !moved)
            return std::unexpected(moved.error());
        deleted.layers += chainId.text();
        deleted.size += sizes->value(chainId.hex());
    }
    return deleted;
}

} // namespace berth
