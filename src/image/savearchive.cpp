// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/savearchive.h"

#include "base/io.h"
#include "base/tarwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>
#include <set>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// The lists of both formats. Sources: moby, image/tarexport/save.go; OCI image-spec image-layout.md,
// image-index.md, manifest.md; containerd for the annotation with the full name.
constexpr auto layoutFile = R"({"imageLayoutVersion": "1.0.0"})";
constexpr auto indexType = "application/vnd.oci.image.index.v1+json"_L1;
constexpr auto manifestType = "application/vnd.oci.image.manifest.v1+json"_L1;
constexpr auto configType = "application/vnd.oci.image.config.v1+json"_L1;
constexpr auto layerType = "application/vnd.oci.image.layer.v1.tar"_L1;

QString blobName(const Digest &digest) { return u"blobs/sha256/"_s + digest.hex(); }

QJsonObject descriptor(QLatin1StringView type, const Digest &digest, qint64 size)
{
    return {{u"mediaType"_s, type}, {u"digest"_s, digest.text()}, {u"size"_s, size}};
}

QByteArray jsonBytes(const QJsonDocument &document) { return document.toJson(QJsonDocument::Compact); }

// A layerer counts from the beginning of each layer.
class LayerProgress final : public Progress {
public:
    LayerProgress(Progress &whole, qint64 done, qint64 total) : m_whole(whole), m_done(done), m_total(total) {}
    void report(qint64 done, qint64) override { m_whole.report(m_done + done, m_total); }
    [[nodiscard]] bool isCancelled() const override { return m_whole.isCancelled(); }

private:
    Progress &m_whole;
    qint64 m_done;
    qint64 m_total;
};

class ArchiveWriter {
public:
    ArchiveWriter(const Store &store, const QList<SavedImage> &images, int output, const StartLayerer &start, Progress &progress)
        : m_store(store), m_images(images), m_output(output), m_start(start), m_progress(progress)
    {
    }

    Result<> run();

private:
    Result<> putHeader(const QString &name, qint64 size, const QDateTime &time, char type = tartype::regular);
    Result<> putFile(const QString &name, const QByteArray &bytes, const QDateTime &time = {});
    Result<> putBlob(const QByteArray &bytes, const QDateTime &time = {});
    Result<> putImage(const SavedImage &image);
    Result<> putLists();
    Result<> putLayers();
    Result<> putLayer(const LayerRecord &layer, const QDateTime &time);
    Result<> pack(const LayerRecord &layer);

    const Store &m_store;
    const QList<SavedImage> &m_images;
    int m_output;
    const StartLayerer &m_start;
    Progress &m_progress;
    std::optional<LayererLink> m_link;
    std::set<Digest> m_written;    // blobs; equal contents have one name
    QJsonArray m_index;            // descriptors of index.json
    QJsonArray m_manifest;         // manifest.json
    QJsonObject m_repositories;    // of the first format; only tools of its time look at it
    qint64 m_done = 0;
    qint64 m_total = 0;
};

Result<> ArchiveWriter::putHeader(const QString &name, qint64 size, const QDateTime &time, char type)
{
    TarEntry entry;
    entry.name = name.toStdString();
    entry.type = type;
    entry.size = static_cast<std::uint64_t>(size);
    entry.mode = type == tartype::directory ? 0755 : 0644;
    entry.mtime = time.isValid() ? time.toSecsSinceEpoch() : 0;
    return writeAll(m_output, tarHeaders(entry));
}

Result<> ArchiveWriter::putFile(const QString &name, const QByteArray &bytes, const QDateTime &time)
{
    if (auto put = putHeader(name, bytes.size(), time); !put)
        return put;
    std::string padded = bytes.toStdString();
    padded.append(tarPadding(padded.size()), '\0');
    return writeAll(m_output, padded);
}

Result<> ArchiveWriter::putBlob(const QByteArray &bytes, const QDateTime &time)
{
    const auto digest = Digest::ofBytes(bytes);
    return m_written.insert(digest).second ? putFile(blobName(digest), bytes, time) : Result<>();
}

// The configuration and the manifest; what the lists say about the image is kept for later.
Result<> ArchiveWriter::putImage(const SavedImage &image)
{
    QJsonArray descriptors;
    QJsonArray names;
    QJsonObject sources;
    for (const LayerRecord &layer : image.layers) {
        const auto stored = descriptor(layerType, layer.diffId, layer.tarSize);
        descriptors += stored;
        names += blobName(layer.diffId);
        sources[layer.diffId.text()] = stored;
    }
    const auto manifest = jsonBytes(QJsonDocument(QJsonObject{{u"schemaVersion"_s, 2}, {u"mediaType"_s, manifestType},
        {u"config"_s, descriptor(configType, image.info.id, image.config.size())}, {u"layers"_s, descriptors}}));
    const auto described = descriptor(manifestType, Digest::ofBytes(manifest), manifest.size());
    QJsonArray tags;
    for (const ImageReference &name : image.names) {
        auto named = described;
        named[u"annotations"_s] = QJsonObject{
            {u"io.containerd.image.name"_s, name.canonicalName()}, {u"org.opencontainers.image.ref.name"_s, name.tag()}};
        m_index += named;
        tags += name.familiarName();
        if (!image.layers.isEmpty()) {
            auto repository = m_repositories[name.familiarRepository()].toObject();
            repository[name.tag()] = image.layers.last().diffId.hex();
            m_repositories[name.familiarRepository()] = repository;
        }
    }
    if (image.names.isEmpty())
        m_index += described;
    m_manifest += QJsonObject{{u"Config"_s, blobName(image.info.id)},
        {u"RepoTags"_s, tags.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(tags)}, {u"Layers"_s, names},
        {u"LayerSources"_s, sources}};
    auto put = putBlob(image.config, image.info.created);
    return put ? putBlob(manifest) : put;
}

Result<> ArchiveWriter::putLists()
{
    const QJsonObject index{{u"schemaVersion"_s, 2}, {u"mediaType"_s, indexType}, {u"manifests"_s, m_index}};
    auto put = putFile(u"index.json"_s, jsonBytes(QJsonDocument(index)));
    if (put)
        put = putFile(u"manifest.json"_s, jsonBytes(QJsonDocument(m_manifest)));
    if (put)
        put = putFile(u"oci-layout"_s, layoutFile);
    if (put && !m_repositories.isEmpty())
        put = putFile(u"repositories"_s, jsonBytes(QJsonDocument(m_repositories)));
    return put;
}

Result<> ArchiveWriter::pack(const LayerRecord &layer)
{
    if (!m_link) {
        auto link = m_start();
        if (!link)
            return std::unexpected(link.error());
        m_link.emplace(std::move(*link));
    }
    const auto path = "layers/" + layer.chainId.hex().toStdString();
    const auto folder = openFile(m_store.dataFd(), path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!folder)
        return std::unexpected(folder.error());
    const int fds[] = {folder->get(), m_output};
    LayerProgress progress(m_progress, m_done, m_total);
    const auto packed = m_link->ask(layerer::Pack{rawDigest(layer.diffId)}, fds, progress, layer.tarSize);
    if (!packed)
        return std::unexpected(packed.error());
    const auto *done = std::get_if<layerer::Packed>(&*packed);
    if (!done || static_cast<qint64>(done->size) != layer.tarSize)
        return fail(ErrorCode::Corrupt, "the layer does not have the size on its record");
    return {};
}

// Its size is on record, so the header of the member can be written before the layer is rebuilt.
Result<> ArchiveWriter::putLayer(const LayerRecord &layer, const QDateTime &time)
{
    if (!m_written.insert(layer.diffId).second)
        return {};
    if (auto put = putHeader(blobName(layer.diffId), layer.tarSize, time); !put)
        return put;
    if (auto packed = pack(layer); !packed) {
        const auto known = m_store.layer(layer.chainId);
        if (known && !*known)
            return fail(ErrorCode::NotFound, "the image was removed while it was saved");
        return wrap("layer " + layer.diffId.shortHex().toStdString(), packed.error());
    }
    m_done += layer.tarSize;
    return writeAll(m_output, std::string(tarPadding(static_cast<std::uint64_t>(layer.tarSize)), '\0'));
}

Result<> ArchiveWriter::putLayers()
{
    for (const SavedImage &image : m_images) {
        for (const LayerRecord &layer : image.layers) {
            if (m_progress.isCancelled())
                return fail(ErrorCode::Cancelled, "cancelled");
            if (auto put = putLayer(layer, image.info.created); !put)
                return put;
        }
    }
    return {};
}

Result<> ArchiveWriter::run()
{
    std::set<Digest> seen;
    for (const SavedImage &image : m_images) {
        for (const LayerRecord &layer : image.layers)
            m_total += seen.insert(layer.diffId).second ? layer.tarSize : 0;
    }
    for (const QString &folder : {u"blobs/"_s, u"blobs/sha256/"_s}) {
        if (auto put = putHeader(folder, 0, {}, tartype::directory); !put)
            return put;
    }
    for (const SavedImage &image : m_images) {
        if (auto put = putImage(image); !put)
            return put;
    }
    auto put = putLists();
    if (put)
        put = putLayers();
    if (put)
        put = writeAll(m_output, std::string(tarEndSize, '\0'));
    return put;
}

} // namespace

Result<> writeArchive(
    const Store &store, const QList<SavedImage> &images, int output, const StartLayerer &start, Progress &progress)
{
    return ArchiveWriter(store, images, output, start, progress).run();
}

} // namespace berth
