// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imageoperations.h"

#include "image/findimages.h"
#include "image/opensource.h"

namespace berth {
namespace {

Result<ArchivePreview::Image> previewImage(const Store &store, const FoundImage &found)
{
    ArchivePreview::Image image;
    for (const auto &name : found.names)
        image.names += name.familiarName();
    image.architecture = found.info.architecture;
    image.layers = static_cast<int>(found.layers.size());
    for (const auto &layer : found.layers) {
        const auto known = store.layer(layer.chainId);
        if (!known)
            return std::unexpected(known.error());
        image.layersPresent += *known ? 1 : 0;
    }
    return image;
}

Result<> readIndex(const Store &store, OpenedFile file, ArchivePreview &preview)
{
    const auto archive = file.isFolder ? Archive::openFolder(std::move(file.fd)) : Archive::openTar(std::move(file.fd));
    const auto found = archive ? findImages(*archive) : std::unexpected(archive.error());
    if (!found)
        return std::unexpected(found.error());
    preview.format = found->format;
    for (const auto &image : found->images) {
        auto previewed = previewImage(store, image);
        if (!previewed)
            return std::unexpected(previewed.error());
        preview.images += std::move(*previewed);
    }
    return {};
}

} // namespace

Result<ArchivePreview> previewArchive(Store &store, const QString &path)
{
    auto file = openNamedFile(path);
    if (!file)
        return std::unexpected(file.error());
    ArchivePreview preview;
    preview.path = path;
    preview.size = file->size;
    preview.compression = QString::fromLatin1(compressionName(file->compression));
    // A pipe cannot be read twice, and a compressed file hides its index.
    if (!file->isFolder && (!file->isSeekable || file->compression != Compression::None))
        return preview;
    if (auto read = readIndex(store, std::move(*file), preview); !read)
        return wrap(path.toStdString(), read.error());
    return preview;
}

} // namespace berth
