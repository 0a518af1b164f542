// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/findimages.h"

#include "base/tarheader.h"
#include "image/platform.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr int maxIndexDepth = 8;         // real indexes have one below another
constexpr qsizetype maxDescriptors = 4096; // of all indexes of one archive together
constexpr qsizetype maxLayers = 500;     // of one image: what overlay can stack

bool isIndexType(const QString &type)
{
    return type == "application/vnd.oci.image.index.v1+json"_L1
        || type == "application/vnd.docker.distribution.manifest.list.v2+json"_L1;
}

bool isConfigType(const QString &type)
{
    return type == "application/vnd.oci.image.config.v1+json"_L1 || type == "application/vnd.docker.container.image.v1+json"_L1;
}

// A name for the image, from the annotations that containerd, podman, skopeo and buildah write. The OCI
// one may be a whole reference or only a tag; a tag alone names nothing.
std::optional<ImageReference> nameOf(const QJsonObject &descriptor)
{
    const auto annotations = descriptor["annotations"_L1].toObject();
    const QString full = annotations["io.containerd.image.name"_L1].toString();
    if (auto name = ImageReference::parse(full); name && !name->tag().isEmpty())
        return *name;
    const QString reference = annotations["org.opencontainers.image.ref.name"_L1].toString();
    const bool isTagOnly = !reference.contains(u':') && !reference.contains(u'/');
    auto name = ImageReference::parse(reference);
    if (reference.isEmpty() || isTagOnly || !name || name->tag().isEmpty())
        return std::nullopt;
    return *name;
}

class LayoutReader {
public:
    explicit LayoutReader(const Archive &archive) : m_archive(archive) {}
    Result<QList<FoundImage>> read();

private:
    struct Blob {
        QByteArray bytes;
        QByteArray name;
    };
    struct Group {
        std::optional<ImageReference> name;
        bool isOneImage = true;   // its manifests are the same image for several platforms
        QList<QJsonObject> manifests;
    };
    Result<Blob> readBlob(const QJsonObject &descriptor) const;
    Result<> collect(const QJsonObject &index, const std::optional<ImageReference> &inherited, const QString &group, int depth);
    void add(const QJsonObject &descriptor, const std::optional<ImageReference> &name, const QString &group);
    Result<std::optional<FoundImage>> readManifest(const QJsonObject &descriptor) const;
    Result<QList<FoundLayer>> readLayers(const QJsonArray &list) const;
    Result<> choose(const Group &group, QList<FoundImage> &images) const;

    const Archive &m_archive;
    QMap<QString, Group> m_groups; // by canonical name, else by the digest of the index; "" is index.json itself
    qsizetype m_descriptors = 0;
};

Result<QByteArray> blobName(const QJsonObject &descriptor, std::optional<Digest> &digest)
{
    const QString text = descriptor["digest"_L1].toString();
    const auto parsed = text.startsWith("sha256:"_L1) ? Digest::parse(text)
                                                      : fail(ErrorCode::Unsupported, "it is not a sha256 digest");
    if (!parsed)
        return wrap("the archive refers to the digest " + printableName(text.left(80).toStdString()), parsed.error());
    digest = *parsed;
    return QByteArray("blobs/sha256/" + parsed->hex().toLatin1());
}

Result<LayoutReader::Blob> LayoutReader::readBlob(const QJsonObject &descriptor) const
{
    std::optional<Digest> digest;
    auto name = blobName(descriptor, digest);
    if (!name)
        return std::unexpected(name.error());
    auto bytes = m_archive.read(*name, maxJsonSize);
    if (!bytes && bytes.error().code == ErrorCode::NotFound && descriptor.contains("data"_L1))
        bytes = QByteArray::fromBase64(descriptor["data"_L1].toString().toLatin1());
    if (!bytes)
        return std::unexpected(bytes.error());
    if (Digest::ofBytes(*bytes) != *digest)
        return fail(ErrorCode::Corrupt,
            name->toStdString() + " of the archive has the wrong contents: their digest is "
                + Digest::ofBytes(*bytes).text().toStdString());
    return Blob{std::move(*bytes), std::move(*name)};
}

void LayoutReader::add(const QJsonObject &descriptor, const std::optional<ImageReference> &name, const QString &group)
{
    auto &known = m_groups[name ? name->canonicalName() : group];
    known.name = name;
    // index.json lists images of all kinds; only a name or an index of its own makes several of them one.
    known.isOneImage = name || !group.isEmpty();
    known.manifests += descriptor;
}

// Gathers every manifest by the name it is to have; an index passes its name on.
Result<> LayoutReader::collect(
    const QJsonObject &index, const std::optional<ImageReference> &inherited, const QString &group, int depth)
{
    if (depth > maxIndexDepth)
        return fail(ErrorCode::Corrupt, "the archive has indexes more than " + std::to_string(maxIndexDepth) + " deep");
    for (const auto &value : index["manifests"_L1].toArray()) {
        const QJsonObject descriptor = value.toObject();
        if (++m_descriptors > maxDescriptors)
            return fail(
                ErrorCode::Corrupt, "the indexes of the archive list more than " + std::to_string(maxDescriptors) + " manifests");
        const auto own = nameOf(descriptor);
        const auto &name = own ? own : inherited;
        if (!isIndexType(descriptor["mediaType"_L1].toString())) {
            add(descriptor, name, group);
            continue;
        }
        const auto blob = readBlob(descriptor);
        const auto document = blob ? parseJson(blob->bytes, blob->name) : std::unexpected(blob.error());
        if (!document)
            return std::unexpected(document.error());
        if (auto collected = collect(document->object(), name, QString::fromUtf8(blob->name), depth + 1); !collected)
            return collected;
    }
    return {};
}

Result<QList<FoundLayer>> LayoutReader::readLayers(const QJsonArray &list) const
{
    if (list.size() > maxLayers)
        return fail(ErrorCode::Corrupt, "an image with more than " + std::to_string(maxLayers) + " layers");
    QList<FoundLayer> layers;
    for (const auto &value : list) {
        const QJsonObject descriptor = value.toObject();
        if (descriptor["mediaType"_L1].toString().endsWith("+encrypted"_L1))
            return fail(ErrorCode::Unsupported, "the layers of the image are encrypted");
        FoundLayer layer;
        auto name = blobName(descriptor, layer.blobDigest);
        if (!name)
            return std::unexpected(name.error());
        auto member = m_archive.member(*name);
        if (!member)
            return wrap("a layer is missing", member.error());
        if (const auto size = descriptor["size"_L1]; size.isDouble() && size.toInteger() != member->size)
            return fail(ErrorCode::Corrupt,
                "the layer " + name->toStdString() + " has " + std::to_string(member->size) + " bytes, not "
                    + std::to_string(size.toInteger()));
        layer.member = std::move(*member);
        layer.name = std::move(*name);
        layers += std::move(layer);
    }
    return layers;
}

// Nothing when the manifest is not of an image (a signature, an attestation, a Helm chart).
Result<std::optional<FoundImage>> LayoutReader::readManifest(const QJsonObject &descriptor) const
{
    const auto blob = readBlob(descriptor);
    const auto document = blob ? parseJson(blob->bytes, blob->name) : std::unexpected(blob.error());
    if (!document)
        return std::unexpected(document.error());
    const QJsonObject manifest = document->object();
    if (manifest["schemaVersion"_L1].toInt() != 2)
        return fail(ErrorCode::Unsupported,
            blob->name.toStdString()
                + " of the archive is a manifest of schema 1, "
                  "which Docker no longer reads either");
    const QJsonObject configDescriptor = manifest["config"_L1].toObject();
    if (!isConfigType(configDescriptor["mediaType"_L1].toString()))
        return std::nullopt;
    auto config = readBlob(configDescriptor);
    if (!config)
        return wrap("the configuration of an image is missing or damaged", config.error());
    auto layers = readLayers(manifest["layers"_L1].toArray());
    if (!layers)
        return std::unexpected(layers.error());
    auto image = makeImage(config->bytes, std::move(*layers));
    if (!image)
        return std::unexpected(image.error());
    return std::move(*image);
}

// One image of those that are one for several platforms: the one for this machine. Of others, all for
// this machine.
Result<> LayoutReader::choose(const Group &group, QList<FoundImage> &images) const
{
    QList<QJsonObject> choice = group.manifests;
    choice.removeIf([](const QJsonObject &descriptor) { return isAttestation(descriptor); });
    if (choice.size() > 1) {
        const qsizetype index = platformIndex(choice);
        const bool haveAll = std::ranges::all_of(choice, [](const auto &d) { return d.contains("platform"_L1); });
        if (index < 0 && haveAll)
            return fail(ErrorCode::Unsupported,
                "the archive has no image for " + thisPlatform().toStdString() + ", only for "
                    + printableName(platformNames(choice).toStdString()));
        if (index >= 0 && group.isOneImage)
            choice = {choice[index]};
        else if (index >= 0)
            choice.removeIf([](const auto &d) { return d.contains("platform"_L1) && platformIndex({d}) < 0; });
    }
    for (const QJsonObject &descriptor : choice) {
        auto image = readManifest(descriptor);
        if (!image)
            return std::unexpected(image.error());
        if (!*image)
            continue;
        const bool foreign = choice.size() > 1 && group.isOneImage && (*image)->info.architecture != thisArchitecture();
        if (foreign)
            continue;
        if (group.name)
            (*image)->names = {*group.name};
        images += std::move(**image);
    }
    return {};
}

Result<QList<FoundImage>> LayoutReader::read()
{
    const auto bytes = m_archive.read("index.json", maxJsonSize);
    const auto index = bytes ? parseJson(*bytes, "index.json") : std::unexpected(bytes.error());
    if (!index)
        return std::unexpected(index.error());
    if (!index->isObject())
        return fail(ErrorCode::Corrupt, "index.json of the archive is not an object");
    if (auto collected = collect(index->object(), std::nullopt, QString(), 1); !collected)
        return std::unexpected(collected.error());
    QList<FoundImage> images;
    for (const Group &group : std::as_const(m_groups)) {
        if (auto chosen = choose(group, images); !chosen)
            return std::unexpected(chosen.error());
    }
    if (images.isEmpty())
        return fail(ErrorCode::Unsupported, "the archive holds no container image");
    return images;
}

} // namespace

Result<QList<FoundImage>> readOciLayout(const Archive &archive) { return LayoutReader(archive).read(); }

} // namespace berth
