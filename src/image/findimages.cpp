// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/findimages.h"

#include "base/tarheader.h"
#include "store/imageconfig.h"

using namespace Qt::StringLiterals;

namespace berth {

Result<QJsonDocument> parseJson(const QByteArray &bytes, const QByteArray &name)
{
    QJsonParseError error;
    auto document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return fail(ErrorCode::Corrupt,
            printableName(name.toStdString()) + " of the archive is not valid JSON: " + error.errorString().toStdString());
    return document;
}

Result<FoundImage> makeImage(const QByteArray &config, QList<FoundLayer> layers)
{
    auto info = parseImageConfig(config);
    if (!info)
        return std::unexpected(info.error());
    if (info->diffIds.size() != layers.size())
        return fail(ErrorCode::Corrupt,
            "the archive lists " + std::to_string(layers.size()) + " layers of an image whose configuration has "
                + std::to_string(info->diffIds.size()));
    for (qsizetype i = 0; i < layers.size(); ++i) {
        layers[i].diffId = info->diffIds[i];
        layers[i].chainId = info->chainIds[i];
    }
    return FoundImage{config, std::move(*info), std::move(layers), {}};
}

Result<FoundImages> findImages(const Archive &archive)
{
    FoundImages found;
    Result<QList<FoundImage>> images;
    if (archive.contains("manifest.json")) {
        found.format = u"Docker archive"_s;
        images = readDockerArchive(archive);
    } else if (archive.contains("index.json")) {
        found.format = archive.isFolder() ? u"OCI layout"_s : u"OCI archive"_s;
        images = readOciLayout(archive);
    } else if (archive.contains("repositories")) {
        return fail(ErrorCode::Unsupported, "the archive was made by a Docker older than 1.10 and has no manifest.json");
    } else {
        return fail(ErrorCode::Corrupt, "it holds no image: neither manifest.json nor index.json is in it");
    }
    if (!images)
        return std::unexpected(images.error());
    found.images = std::move(*images);
    return found;
}

} // namespace berth
