// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/cleanup.h"

#include "operations/diskusage.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <numeric>

namespace berth {
namespace {

using Kind = CleanUpItem::Kind;

bool hasLabel(const QMap<QString, QString> &labels, const QString &wanted)
{
    const QString key = wanted.section(u'=', 0, 0);
    return labels.contains(key) && (!wanted.contains(u'=') || labels.value(key) == wanted.section(u'=', 1));
}

bool labelsFit(const CleanUpOptions &options, const QMap<QString, QString> &labels)
{
    const auto has = [&labels](const QString &wanted) { return hasLabel(labels, wanted); };
    return std::ranges::all_of(options.labels, has) && std::ranges::none_of(options.withoutLabels, has);
}

bool isOldEnough(const CleanUpOptions &options, const QDateTime &created)
{
    return !options.until.isValid() || !created.isValid() || created <= options.until;
}

class Planning {
public:
    Planning(const Store &store, const CleanUpOptions &options, Progress &progress)
        : m_store(store), m_options(options), m_progress(progress)
    {
    }
    Result<CleanUpPlan> plan();

private:
    Result<> addContainers();
    Result<> addNetworks();
    Result<> addVolumes();
    Result<> addImages();
    void addImage(const ImageInfo &image, const QHash<QString, qint64> &sizes);
    Result<QHash<QString, qint64>> layerSizes(const QList<ImageInfo> &images);

    const Store &m_store;
    const CleanUpOptions &m_options;
    Progress &m_progress;
    CleanUpPlan m_plan;
    QList<ContainerInfo> m_kept;          // containers that stay
    QHash<QString, int> m_layerUsers;     // images that stay, by the layer's chain id
};

Result<> Planning::addContainers()
{
    auto containers = m_store.containers();
    if (!containers)
        return std::unexpected(containers.error());
    QStringList ids;
    for (const ContainerInfo &container : std::as_const(*containers)) {
        const bool goes = m_options.containers && !isUp(container.state) && isOldEnough(m_options, container.created)
            && labelsFit(m_options, container.options.labels);
        if (!goes) {
            m_kept += container;
            continue;
        }
        ids += container.id;
        m_plan.items += {.kind = Kind::Container,
            .id = container.id,
            .name = container.name,
            .size = 0,
            .created = container.created,
            .layers = {}};
    }
    const auto sizes = writableSizes(m_store, ids, m_progress);
    if (!sizes)
        return std::unexpected(sizes.error());
    for (CleanUpItem &item : m_plan.items)
        item.size = sizes->value(item.id);
    return {};
}

// A container that does not run does not hold its networks, as with Docker.
Result<> Planning::addNetworks()
{
    if (!m_options.networks)
        return {};
    const auto networks = m_store.networks();
    const auto attachments = m_store.attachments();
    if (!networks || !attachments)
        return std::unexpected(networks ? attachments.error() : networks.error());
    QSet<QString> up;
    for (const ContainerInfo &container : std::as_const(m_kept)) {
        if (isUp(container.state))
            up += container.id;
    }
    QSet<QString> used;
    for (const NetworkAttachment &attachment : *attachments) {
        if (up.contains(attachment.containerId))
            used += attachment.networkId;
    }
    for (const NetworkInfo &network : *networks) {
        if (isPredefinedNetwork(network.name) || used.contains(network.id) || !isOldEnough(m_options, network.created)
            || !labelsFit(m_options, network.labels))
            continue;
        m_plan.items += {
            .kind = Kind::Network, .id = network.id, .name = network.name, .size = 0, .created = network.created, .layers = {}};
    }
    return {};
}

Result<> Planning::addVolumes()
{
    if (!m_options.volumes && !m_options.allVolumes)
        return {};
    auto volumes = m_store.volumes();
    if (!volumes)
        return std::unexpected(volumes.error());
    QSet<QString> used;
    for (const ContainerInfo &container : std::as_const(m_kept)) {
        for (const MountOption &mount : container.options.mounts) {
            if (mount.kind == MountOption::Kind::Volume)
                used += mount.source;
        }
    }
    volumes->removeIf([&](const VolumeInfo &volume) {
        return used.contains(volume.name) || (!volume.anonymous && !m_options.allVolumes) || !labelsFit(m_options, volume.labels);
    });
    QStringList names;
    for (const VolumeInfo &volume : std::as_const(*volumes))
        names += volume.name;
    const auto sizes = volumeSizes(m_store, names, m_progress);
    if (!sizes)
        return std::unexpected(sizes.error());
    for (const VolumeInfo &volume : std::as_const(*volumes))
        m_plan.items += {.kind = Kind::Volume,
            .id = volume.name,
            .name = volume.name,
            .size = sizes->value(volume.name),
            .created = volume.created,
            .layers = {}};
    return {};
}

Result<QHash<QString, qint64>> Planning::layerSizes(const QList<ImageInfo> &images)
{
    QHash<QString, qint64> sizes;
    for (const ImageInfo &image : images) {
        for (const Digest &chainId : image.chainIds) {
            if (m_layerUsers[chainId.text()]++ > 0)
                continue;
            const auto layer = m_store.layer(chainId);
            if (!layer)
                return std::unexpected(layer.error());
            sizes.insert(chainId.text(), *layer ? (*layer)->size : 0);
        }
    }
    return sizes;
}

// Its names, then the image with the layers that nothing but earlier items of the plan needed.
void Planning::addImage(const ImageInfo &image, const QHash<QString, qint64> &sizes)
{
    QStringList names;
    for (const QString &canonical : image.names) {
        const auto reference = ImageReference::parse(canonical);
        names += reference ? reference->familiarName() : canonical;
        m_plan.items += {.kind = Kind::ImageName,
            .id = image.id.text(),
            .name = names.last(),
            .size = 0,
            .created = image.created,
            .layers = {}};
    }
    CleanUpItem item{
        .kind = Kind::Image, .id = image.id.text(), .name = names.value(0), .size = 0, .created = image.created, .layers = {}};
    for (const Digest &chainId : image.chainIds) {
        const QString layer = chainId.text();
        if (--m_layerUsers[layer] > 0)
            continue;
        item.layers.prepend(layer);
        item.size += sizes.value(layer);
    }
    m_plan.items += item;
}

Result<> Planning::addImages()
{
    if (!m_options.images && !m_options.allImages)
        return {};
    const auto images = m_store.images();
    if (!images)
        return std::unexpected(images.error());
    const auto sizes = layerSizes(*images);
    if (!sizes)
        return std::unexpected(sizes.error());
    QSet<QString> used;
    for (const ContainerInfo &container : std::as_const(m_kept))
        used += container.imageId.text();
    for (const ImageInfo &image : *images) {
        const bool goes = !used.contains(image.id.text()) && (image.names.isEmpty() || m_options.allImages)
            && isOldEnough(m_options, image.created) && labelsFit(m_options, image.config.labels);
        if (goes)
            addImage(image, *sizes);
    }
    return {};
}

Result<CleanUpPlan> Planning::plan()
{
    auto done = addContainers();
    if (done)
        done = addNetworks();
    if (done)
        done = addVolumes();
    if (done)
        done = addImages();
    return done ? Result<CleanUpPlan>(std::move(m_plan)) : std::unexpected(done.error());
}

} // namespace

qint64 CleanUpPlan::size() const
{
    return std::accumulate(
        items.begin(), items.end(), qint64(0), [](qint64 sum, const CleanUpItem &item) { return sum + item.size; });
}

Result<CleanUpPlan> planCleanUp(Store &store, const CleanUpOptions &options, Progress &progress)
{
    return Planning(store, options, progress).plan();
}

} // namespace berth
