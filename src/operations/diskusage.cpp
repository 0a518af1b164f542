// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/diskusage.h"

#include "image/layererlink.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// What the runtime makes in a container's root, and Docker not in its writable layer.
constexpr const char *ownFile = "etc/mtab";
constexpr auto writableFolder = "upper"_L1;
constexpr qsizetype namesAtOnce = 1024; // of 64 digits each, a quarter of what fits in a message

Result<QHash<QString, qint64>> measure(
    const Store &store, const QString &parent, const QString &inside, const QStringList &names, Progress &progress)
{
    QHash<QString, qint64> sizes;
    if (names.isEmpty())
        return sizes;
    const auto folder = store.folder(parent);
    auto link = folder ? layererInHolder(store)() : std::unexpected(folder.error());
    if (!link)
        return std::unexpected(link.error());
    const int fds[] = {folder->get()};
    for (qsizetype begin = 0; begin < names.size(); begin += namesAtOnce) {
        const auto part = names.mid(begin, namesAtOnce);
        layerer::Measure request{.names = {}, .inside = inside.toStdString(), .without = {}};
        if (inside == writableFolder)
            request.without = {ownFile};
        for (const QString &name : part)
            request.names.push_back(name.toStdString());
        const auto reply = link->ask(request, fds, progress, 0);
        if (!reply)
            return std::unexpected(reply.error());
        const auto *measured = std::get_if<layerer::Measured>(&*reply);
        if (!measured || measured->sizes.size() != static_cast<std::size_t>(part.size()))
            return fail(ErrorCode::Internal, "the layerer gave an unexpected answer");
        for (qsizetype i = 0; i < part.size(); ++i)
            sizes.insert(part[i], static_cast<qint64>(measured->sizes[static_cast<std::size_t>(i)]));
    }
    return sizes;
}

struct LayerUse {
    qint64 size = 0;
    int images = 0;
};

Result<QMap<Digest, LayerUse>> layersOf(const Store &store, const QList<ImageInfo> &images)
{
    QMap<Digest, LayerUse> layers;
    for (const ImageInfo &image : images) {
        for (const Digest &chainId : image.chainIds)
            ++layers[chainId].images;
    }
    for (auto layer = layers.begin(); layer != layers.end(); ++layer) {
        const auto record = store.layer(layer.key());
        if (!record)
            return std::unexpected(record.error());
        layer->size = *record ? (*record)->size : 0; // none: removed since
    }
    return layers;
}

Result<> addImages(DiskUsage &usage, const Store &store)
{
    const auto images = store.images();
    if (!images)
        return std::unexpected(images.error());
    const auto layers = layersOf(store, *images);
    if (!layers)
        return std::unexpected(layers.error());
    for (const LayerUse &layer : *layers)
        usage.layersSize += layer.size;
    for (const ImageInfo &image : *images) {
        DiskUsage::Image row{.info = image};
        for (const Digest &chainId : image.chainIds) {
            if (const LayerUse layer = layers->value(chainId); layer.images > 1)
                row.sharedSize += layer.size;
        }
        usage.images += row;
    }
    return {};
}

Result<> addContainers(DiskUsage &usage, const Store &store, Progress &progress)
{
    const auto containers = store.containers();
    if (!containers)
        return std::unexpected(containers.error());
    QStringList ids;
    for (const ContainerInfo &container : *containers)
        ids += container.id;
    const auto sizes = writableSizes(store, ids, progress);
    if (!sizes)
        return std::unexpected(sizes.error());
    for (const ContainerInfo &container : *containers) {
        DiskUsage::Container row{.info = container, .writableSize = sizes->value(container.id)};
        const auto image = store.findImage(container.imageId.text()); // also one that was removed by force
        row.rootSize = row.writableSize + (image ? image->size : 0);
        usage.containers += row;
    }
    return {};
}

Result<> addVolumes(DiskUsage &usage, const Store &store, Progress &progress)
{
    const auto volumes = store.volumes();
    if (!volumes)
        return std::unexpected(volumes.error());
    QStringList names;
    for (const VolumeInfo &volume : *volumes)
        names += volume.name;
    const auto sizes = volumeSizes(store, names, progress);
    if (!sizes)
        return std::unexpected(sizes.error());
    for (const VolumeInfo &volume : *volumes)
        usage.volumes += DiskUsage::Volume{volume, sizes->value(volume.name)};
    return {};
}

} // namespace

Result<QHash<QString, qint64>> writableSizes(const Store &store, const QStringList &containerIds, Progress &progress)
{
    return measure(store, QStringLiteral("containers"), writableFolder, containerIds, progress);
}

Result<QHash<QString, qint64>> volumeSizes(const Store &store, const QStringList &names, Progress &progress)
{
    return measure(store, QStringLiteral("volumes"), QStringLiteral("data"), names, progress);
}

Result<DiskUsage> diskUsage(Store &store, Progress &progress)
{
    DiskUsage usage;
    auto done = addImages(usage, store);
    if (done)
        done = addContainers(usage, store, progress);
    if (done)
        done = addVolumes(usage, store, progress);
    return done ? Result<DiskUsage>(std::move(usage)) : std::unexpected(done.error());
}

} // namespace berth
