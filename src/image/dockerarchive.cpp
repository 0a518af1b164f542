// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/findimages.h"

#include "base/tarheader.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr qsizetype maxImages = 1000;  // of one archive
constexpr qsizetype maxLayers = 500;   // of one image: what overlay can stack

// Writers name a configuration by its digest: "<hex>.json" or "blobs/sha256/<hex>".
Result<> checkConfigName(const QByteArray &name, const QByteArray &config)
{
    QByteArray stem = name.mid(name.lastIndexOf('/') + 1);
    if (stem.endsWith(".json"))
        stem.chop(5);
    const auto named = Digest::parse(QString::fromLatin1(stem));
    if (!named || *named == Digest::ofBytes(config))
        return {};
    return fail(ErrorCode::Corrupt,
        "the configuration " + printableName(name.toStdString()) + " has the wrong contents: their digest is "
            + Digest::ofBytes(config).text().toStdString());
}

Result<QList<ImageReference>> readNames(const QJsonArray &tags)
{
    QList<ImageReference> names;
    for (const auto &tag : tags) {
        auto name = ImageReference::parse(tag.toString());
        if (!name)
            return wrap("the archive gives its image a bad name", name.error());
        if (!name->tag().isEmpty() && !names.contains(*name))
            names += *name;
    }
    return names;
}

Result<QList<FoundLayer>> readLayers(const Archive &archive, const QJsonArray &list)
{
    if (list.size() > maxLayers)
        return fail(ErrorCode::Corrupt, "an image with more than " + std::to_string(maxLayers) + " layers");
    QList<FoundLayer> layers;
    for (const auto &item : list) {
        const QByteArray name = item.toString().toUtf8();
        auto member = archive.member(name);
        if (!member)
            return wrap("a layer is missing", member.error());
        FoundLayer layer;
        layer.member = std::move(*member);
        layer.name = name;
        layers += std::move(layer);
    }
    return layers;
}

Result<FoundImage> readImage(const Archive &archive, const QJsonObject &item)
{
    const QByteArray configName = item["Config"_L1].toString().toUtf8();
    const auto config = archive.read(configName, maxJsonSize);
    if (!config)
        return wrap("the configuration of an image is missing", config.error());
    if (auto checked = checkConfigName(configName, *config); !checked)
        return std::unexpected(checked.error());
    auto layers = readLayers(archive, item["Layers"_L1].toArray());
    if (!layers)
        return std::unexpected(layers.error());
    auto names = readNames(item["RepoTags"_L1].toArray());
    if (!names)
        return std::unexpected(names.error());
    auto image = makeImage(*config, std::move(*layers));
    if (image)
        image->names = std::move(*names);
    return image;
}

} // namespace

Result<QList<FoundImage>> readDockerArchive(const Archive &archive)
{
    const auto bytes = archive.read("manifest.json", maxJsonSize);
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto manifest = parseJson(*bytes, "manifest.json");
    if (!manifest)
        return std::unexpected(manifest.error());
    if (!manifest->isArray())
        return fail(ErrorCode::Corrupt, "manifest.json of the archive is not a list of images");
    const QJsonArray items = manifest->array();
    if (items.size() > maxImages)
        return fail(ErrorCode::Corrupt, "manifest.json of the archive lists more than " + std::to_string(maxImages) + " images");
    QList<FoundImage> images;
    for (const auto &item : items) {
        auto image = readImage(archive, item.toObject());
        if (!image)
            return std::unexpected(image.error());
        images += std::move(*image);
    }
    return images;
}

} // namespace berth
