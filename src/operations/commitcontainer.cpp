// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containerchanges.h"

#include "image/collectgarbage.h"
#include "operations/containeroperations.h"
#include "operations/events.h"
#include "operations/imagechanges.h"
#include "operations/inspect.h"
#include "operations/newimageconfig.h"
#include "operations/openchanges.h"

#include <QJsonDocument>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

// Stands still from here until resume() or the end. Whoever paused it before us still has it paused.
class StandStill {
public:
    explicit StandStill(Store &store) : m_store(store) {}
    StandStill(const StandStill &) = delete;
    StandStill &operator=(const StandStill &) = delete;
    ~StandStill() { resume(); }

    Result<> pause(const ContainerInfo &container)
    {
        if (container.state != ContainerState::Running)
            return {};
        auto hold = holdContainer(m_store, container.id);
        if (hold)
            m_hold = std::move(*hold);
        // It ended, or somebody else paused it, just now: it stands still all the same.
        if (!hold && hold.error().code != ErrorCode::WrongState)
            return std::unexpected(hold.error());
        return {};
    }
    void resume()
    {
        if (m_hold)
            (void)releaseHold(*m_hold); // unless it was killed meanwhile
        m_hold.reset();
    }

private:
    Store &m_store;
    std::optional<MonitorLink> m_hold;
};

// Where the container's anonymous volumes are: a container of the new image gets some of its own there.
Result<QStringList> anonymousPlaces(const Store &store, const ContainerInfo &container)
{
    const auto names = store.anonymousVolumes(container.id);
    if (!names)
        return std::unexpected(names.error());
    QStringList places;
    for (const MountOption &mount : container.options.mounts) {
        if (mount.kind == MountOption::Kind::Volume && names->contains(mount.source))
            places += mount.target;
    }
    return places;
}

class Commit {
public:
    Commit(Store &store, const CommitOptions &options, Progress &progress)
        : m_store(store), m_options(options), m_progress(progress), m_start(layererInHolder(store))
    {
    }

    Result<ImageInfo> run(const QString &nameOrId);

private:
    Result<> prepare(const QString &nameOrId);
    Result<std::optional<UnpackedLayer>> pack(const Staging &staging);
    Result<Digest> make(const Staging &staging);

    Store &m_store;
    const CommitOptions &m_options;
    Progress &m_progress;
    StartLayerer m_start;
    ContainerInfo m_container;
    ImageInfo m_image;
    QJsonObject m_parent;      // configuration of the container's image
    QJsonObject m_settings;    // of the new one
};

// Everything that can be refused, before the container is made to stand still.
Result<> Commit::prepare(const QString &nameOrId)
{
    auto container = m_store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    m_container = std::move(*container);
    auto image = m_store.findImage(m_container.imageId.text());
    if (!image)
        return std::unexpected(image.error());
    m_image = std::move(*image);
    const auto config = m_store.imageConfig(m_image.id);
    if (!config)
        return std::unexpected(config.error());
    m_parent = QJsonDocument::fromJson(*config).object();
    const auto inspected = inspectContainer(m_store, m_container.id);
    if (!inspected)
        return std::unexpected(inspected.error());
    const auto volumes = anonymousPlaces(m_store, m_container);
    if (!volumes)
        return std::unexpected(volumes.error());
    auto settings = applyImageChanges(
        committedSettings(m_container, (*inspected)["Config"_L1].toObject(), m_parent["config"_L1].toObject(), *volumes),
        m_options.changes);
    if (!settings)
        return std::unexpected(settings.error());
    m_settings = std::move(*settings);
    return {};
}

Result<std::optional<UnpackedLayer>> Commit::pack(const Staging &staging)
{
    StandStill still(m_store);
    if (m_options.pauses) {
        if (auto paused = still.pause(m_container); !paused)
            return std::unexpected(paused.error());
    }
    const auto changes = openChanges(m_store, m_container, m_image);
    if (!changes)
        return std::unexpected(changes.error());
    if (!*changes)
        return std::nullopt;
    const auto parent = m_image.chainIds.isEmpty() ? Digest() : m_image.chainIds.last();
    return packNewLayer(staging, **changes, parent, m_start, [&] { still.resume(); }, m_progress);
}

Result<Digest> Commit::make(const Staging &staging)
{
    const auto layer = pack(staging);
    if (!layer)
        return std::unexpected(layer.error());
    ImageStep step{.diffId = {},
        .created = imageTimestamp(),
        .createdBy = m_container.options.command.join(u' '),
        .author = m_options.author,
        .comment = m_options.message};
    if (*layer)
        step.diffId = (*layer)->record.diffId;
    QList<ImageReference> names;
    if (m_options.name)
        names += *m_options.name;
    return recordNewImage(m_store, staging, *layer, newImageConfig(m_parent, m_settings, step), m_image.chainIds, names);
}

Result<ImageInfo> Commit::run(const QString &nameOrId)
{
    if (auto prepared = prepare(nameOrId); !prepared)
        return std::unexpected(prepared.error());
    auto staging = Staging::create(m_store);
    if (!staging)
        return std::unexpected(staging.error());
    const auto id = make(*staging);
    if (!staging->removeEmpty(m_store)) {
        (void)staging->discard(m_store);
        (void)emptyTrash(m_store, m_start);
    }
    if (!id)
        return std::unexpected(id.error());
    recordEvent(m_store, m_container, u"commit"_s,
        {{u"comment"_s, m_options.message}, {u"imageID"_s, id->text()},
            {u"imageRef"_s, m_options.name ? m_options.name->familiarName() : QString()}});
    auto image = m_store.findImage(id->text());
    if (image && m_options.name)
        recordEvent(m_store, *image, u"tag"_s, m_options.name->familiarName());
    return image;
}

} // namespace

Result<ImageInfo> commitContainer(Store &store, const QString &nameOrId, const CommitOptions &options, Progress &progress)
{
    return Commit(store, options, progress).run(nameOrId);
}

} // namespace berth
