// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/digest.h"
#include "image/platform.h"
#include "support/tarwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

namespace berth::test {

using namespace Qt::StringLiterals;

inline QByteArray bytesOf(const std::string &text) { return QByteArray::fromStdString(text); }
inline Digest digestOf(const std::string &text) { return Digest::ofBytes(bytesOf(text)); }
inline QByteArray jsonOf(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }
inline QByteArray jsonOf(const QJsonArray &array) { return QJsonDocument(array).toJson(QJsonDocument::Compact); }

// An image to be put into archives: every part can be replaced by a wrong one.
struct MadeImage {
    std::vector<std::string> layers;     // tar streams, bottom to top
    QStringList names;                   // "made:latest"
    QJsonObject settings{{u"Cmd"_s, QJsonArray{u"/bin/sh"_s}}}; // u"config"_s of the configuration
    std::vector<std::string> stored = {}; // the layers as stored, where they are compressed
    QString architecture = thisArchitecture();

    [[nodiscard]] const std::string &storedLayer(std::size_t index) const
    {
        return stored.empty() ? layers[index] : stored[index];
    }
    [[nodiscard]] QByteArray config() const
    {
        QJsonArray diffIds;
        for (const auto &layer : layers)
            diffIds += digestOf(layer).text();
        return jsonOf(
            QJsonObject{{u"architecture"_s, architecture}, {u"os"_s, u"linux"_s}, {u"created"_s, u"2026-01-02T03:04:05Z"_s},
                {u"config"_s, settings}, {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, diffIds}}}});
    }
    [[nodiscard]] QString id() const { return Digest::ofBytes(config()).text(); }
};

// Members by name, in the order in which a tar or a folder gets them.
using Members = QList<std::pair<QString, QByteArray>>;

inline void put(Members &members, const QString &name, const QByteArray &content)
{
    for (const auto &member : std::as_const(members)) {
        if (member.first == name)
            return;
    }
    members += {name, content};
}

// As skopeo and podman write: layers by digest, then the configuration, the list last.
inline Members dockerMembers(const QList<MadeImage> &images)
{
    Members members;
    QJsonArray list;
    for (const auto &image : images) {
        QJsonArray layers;
        for (std::size_t i = 0; i < image.layers.size(); ++i) {
            const QString name = digestOf(image.layers[i]).hex() + u".tar"_s;
            put(members, name, bytesOf(image.storedLayer(i)));
            layers += name;
        }
        const QString config = Digest::ofBytes(image.config()).hex() + u".json"_s;
        put(members, config, image.config());
        list += QJsonObject{
            {u"Config"_s, config}, {u"RepoTags"_s, QJsonArray::fromStringList(image.names)}, {u"Layers"_s, layers}};
    }
    put(members, u"manifest.json"_s, jsonOf(list));
    return members;
}
inline std::string tarOf(const Members &members)
{
    TarWriter writer;
    for (const auto &[name, content] : members)
        writer.file(name.toStdString(), content.toStdString());
    return writer.bytes();
}
inline std::string dockerArchive(const QList<MadeImage> &images) { return tarOf(dockerMembers(images)); }

// As docker 1.10 to 24 write: a folder with VERSION, json and layer.tar for each layer; a layer that is
// already there is a link to the other folder's.
inline std::string oldDockerArchive(const QList<MadeImage> &images)
{
    TarWriter writer;
    QJsonArray list;
    QMap<QString, QString> written;
    int number = 0;
    for (const auto &image : images) {
        QJsonArray layers;
        for (const auto &layer : image.layers) {
            const QString folder = Digest::ofBytes(QByteArray::number(++number)).hex();
            const QString name = folder + u"/layer.tar"_s;
            writer.folder(folder.toStdString() + '/')
                .file(folder.toStdString() + "/VERSION", "1.0")
                .file(folder.toStdString() + "/json", R"({"id":")" + folder.toStdString() + R"("})");
            const QString diffId = digestOf(layer).hex();
            if (written.contains(diffId))
                writer.link(name.toStdString(), "../" + written[diffId].toStdString());
            else
                writer.file(name.toStdString(), layer);
            if (!written.contains(diffId))
                written[diffId] = name;
            layers += name;
        }
        const QString config = Digest::ofBytes(image.config()).hex() + u".json"_s;
        writer.file(config.toStdString(), image.config().toStdString());
        list += QJsonObject{
            {u"Config"_s, config}, {u"RepoTags"_s, QJsonArray::fromStringList(image.names)}, {u"Layers"_s, layers}};
    }
    return writer.file("manifest.json", jsonOf(list).toStdString()).file("repositories", "{}").bytes();
}

// ---- OCI: each returns the descriptor of what it put into members ------------------------------
inline QJsonObject putBlob(Members &members, const QByteArray &content, const QString &mediaType)
{
    const Digest digest = Digest::ofBytes(content);
    put(members, u"blobs/sha256/"_s + digest.hex(), content);
    return {{u"mediaType"_s, mediaType}, {u"digest"_s, digest.text()}, {u"size"_s, content.size()}};
}

inline QJsonObject putImage(Members &members, const MadeImage &image)
{
    QJsonArray layers;
    for (std::size_t i = 0; i < image.layers.size(); ++i)
        layers += putBlob(members, bytesOf(image.storedLayer(i)), u"application/vnd.oci.image.layer.v1.tar"_s);
    const auto config = putBlob(members, image.config(), u"application/vnd.oci.image.config.v1+json"_s);
    auto descriptor = putBlob(members, jsonOf(QJsonObject{{u"schemaVersion"_s, 2}, {u"config"_s, config}, {u"layers"_s, layers}}),
        u"application/vnd.oci.image.manifest.v1+json"_s);
    if (!image.names.isEmpty())
        descriptor[u"annotations"_s] = QJsonObject{{u"org.opencontainers.image.ref.name"_s, image.names.first()}};
    return descriptor;
}
inline QJsonObject onPlatform(QJsonObject descriptor, const QString &architecture)
{
    descriptor[u"platform"_s] = QJsonObject{{u"os"_s, u"linux"_s}, {u"architecture"_s, architecture}};
    return descriptor;
}
inline QJsonObject putIndex(Members &members, const QJsonArray &manifests)
{
    return putBlob(members, jsonOf(QJsonObject{{u"schemaVersion"_s, 2}, {u"manifests"_s, manifests}}),
        u"application/vnd.oci.image.index.v1+json"_s);
}
inline void putTopIndex(Members &members, const QJsonArray &manifests)
{
    put(members, u"index.json"_s, jsonOf(QJsonObject{{u"schemaVersion"_s, 2}, {u"manifests"_s, manifests}}));
    put(members, u"oci-layout"_s, R"({"imageLayoutVersion":"1.0.0"})");
}
inline Members ociMembers(const QList<MadeImage> &images)
{
    Members members;
    QJsonArray manifests;
    for (const auto &image : images)
        manifests += putImage(members, image);
    putTopIndex(members, manifests);
    return members;
}

} // namespace berth::test
