// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/importimages.h"

#include "base/io.h"
#include "image/collectgarbage.h"
#include "image/staging.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <set>

#include <fcntl.h>
#include <unistd.h>

namespace berth {
namespace {

// Layers can vanish between looking and recording, when another program removes an image; then the
// missing ones are unpacked too. More rounds than this mean that somebody removes as fast as we add.
constexpr int maxRounds = 5;

class Importing {
public:
    Importing(Store &store, const FoundImages &found, const StartLayerer &start, Progress &progress, qint64 base, qint64 total)
        : m_store(store), m_found(found), m_start(start), m_progress(progress), m_base(base), m_total(total)
    {
    }

    Result<QList<AddedImage>> run();

private:
    Result<QList<UnpackJob>> missingLayers() const;
    Result<> unpack(const QList<UnpackJob> &jobs);
    Result<> moveIntoPlace();
    Result<QList<AddedImage>> record();
    Result<AddedImage> recordOne(const FoundImage &image);
    void undo(const AddedImage &image);
    Result<QList<LayerRecord>> recordsOf(const FoundImage &image) const;

    Store &m_store;
    const FoundImages &m_found;
    const StartLayerer &m_start;
    Progress &m_progress;
    qint64 m_base;
    qint64 m_total;
    std::optional<Staging> m_staging;
    UniqueFd m_layers;
    UnpackedLayers m_unpacked;
    QList<std::pair<ImageReference, Digest>> m_previousOwners; // of names, to undo
};

Result<QList<UnpackJob>> Importing::missingLayers() const
{
    QList<UnpackJob> jobs;
    std::set<Digest> seen;
    for (const FoundImage &image : m_found.images) {
        QList<Digest> lower;
        for (const FoundLayer &layer : image.layers) {
            if (!m_unpacked.contains(layer.chainId) && seen.insert(layer.chainId).second) {
                const auto known = m_store.layer(layer.chainId);
                if (!known)
                    return std::unexpected(known.error());
                if (!*known)
                    jobs += UnpackJob{layer, lower};
            }
            lower.prepend(layer.chainId);
        }
    }
    return jobs;
}

Result<> Importing::unpack(const QList<UnpackJob> &jobs)
{
    if (!m_staging) {
        auto staging = Staging::create(m_store);
        if (!staging)
            return std::unexpected(staging.error());
        m_staging = std::move(*staging);
    }
    qint64 missing = 0;
    for (const auto &job : jobs)
        missing += job.layer.member.size;
    // What is not unpacked counts as done from the beginning.
    const qint64 done = std::max(m_base, m_total - missing);
    auto unpacked = unpackLayers(jobs, m_staging->fd(), m_layers.get(), m_start, m_progress, done, m_total);
    if (!unpacked)
        return std::unexpected(unpacked.error());
    m_unpacked.merge(*unpacked);
    // Data first: once a layer is recorded its files must survive a power cut.
    if (::syncfs(m_staging->fd()) < 0)
        return failErrno("cannot write the layers to the disk");
    return {};
}

// Two programs may bring the same layer; the one that comes second finds it in place and drops its own.
Result<> Importing::moveIntoPlace()
{
    for (const auto &[chainId, layer] : m_unpacked) {
        const std::string name = chainId.hex().toStdString();
        if (::renameat2(m_staging->fd(), name.c_str(), m_layers.get(), name.c_str(), RENAME_NOREPLACE) < 0 && errno != EEXIST)
            return failErrno("cannot move a layer into place");
    }
    if (!m_unpacked.empty() && ::fsync(m_layers.get()) < 0)
        return failErrno("cannot write the folder of layers to the disk");
    return {};
}

Result<QList<LayerRecord>> Importing::recordsOf(const FoundImage &image) const
{
    QList<LayerRecord> records;
    for (const FoundLayer &layer : image.layers) {
        if (const auto own = m_unpacked.find(layer.chainId); own != m_unpacked.end()) {
            records += own->second.record;
            continue;
        }
        const auto known = m_store.layer(layer.chainId);
        if (!known)
            return std::unexpected(known.error());
        if (!*known)
            return fail(ErrorCode::NotFound, "a layer of the image was removed meanwhile");
        records += **known;
    }
    return records;
}

Result<AddedImage> Importing::recordOne(const FoundImage &image)
{
    AddedImage added;
    added.id = image.info.id;
    added.alreadyPresent = m_store.imageConfig(image.info.id).has_value();
    for (const FoundLayer &layer : image.layers) {
        if (const auto own = m_unpacked.find(layer.chainId); own != m_unpacked.end()) {
            added.skippedDevices += own->second.skippedDevices;
            added.changedOwners += own->second.changedOwners;
        }
    }
    auto records = recordsOf(image);
    if (!records)
        return std::unexpected(records.error());
    for (const auto &name : image.names) {
        if (const auto owner = m_store.findImage(name.canonicalName()); owner && owner->id != image.info.id)
            m_previousOwners += {name, owner->id};
    }
    auto moved = m_store.addImage(image.config, *records, image.names);
    if (!moved)
        return std::unexpected(moved.error());
    added.movedNames = std::move(*moved);
    for (const auto &name : std::as_const(added.movedNames)) {
        const auto hasName = [&name](const auto &owner) { return owner.first.canonicalName() == name; };
        const auto owner = std::ranges::find_if(m_previousOwners, hasName);
        added.movedFrom += owner == m_previousOwners.end() ? Digest() : owner->second;
    }
    return added;
}

// Best effort: the store just refused a change, so it may refuse this one as well; what then stays is a
// whole image that nobody asked for.
void Importing::undo(const AddedImage &image)
{
    for (const auto &[name, owner] : std::as_const(m_previousOwners))
        (void)m_store.addName(owner, name);
    if (!image.alreadyPresent)
        (void)m_store.removeImage(image.id);
}

Result<QList<AddedImage>> Importing::record()
{
    QList<AddedImage> added;
    for (const FoundImage &image : m_found.images) {
        auto one = recordOne(image);
        if (!one) {
            for (const AddedImage &earlier : std::as_const(added))
                undo(earlier);
            return std::unexpected(one.error());
        }
        added += std::move(*one);
    }
    return added;
}

Result<QList<AddedImage>> Importing::run()
{
    auto layers = m_store.folder(QStringLiteral("layers"));
    if (!layers)
        return std::unexpected(layers.error());
    m_layers = std::move(*layers);
    Result<QList<AddedImage>> result = fail(ErrorCode::WrongState, "another program removes layers as fast as they are imported");
    bool mayHaveStrays = false; // layers in place that no record names
    for (int round = 0; round < maxRounds; ++round) {
        const auto jobs = missingLayers();
        Result<> unpacked = jobs ? Result<>() : std::unexpected(jobs.error());
        if (jobs && !jobs->isEmpty())
            unpacked = unpack(*jobs);
        if (unpacked && m_progress.isCancelled())
            unpacked = fail(ErrorCode::Cancelled, "cancelled");
        if (!unpacked) {
            result = std::unexpected(unpacked.error());
            break;
        }
        // From here to the record nobody may remove layers; whoever wants to waits for us.
        const auto lock = m_store.lockLayers(LockKind::Shared);
        if (!lock) {
            result = std::unexpected(lock.error());
            break;
        }
        if (const auto again = missingLayers(); again && !again->isEmpty())
            continue;
        const auto moved = moveIntoPlace();
        result = moved ? record() : std::unexpected(moved.error());
        mayHaveStrays = !result;
        break;
    }
    if (m_staging && !m_staging->removeEmpty(m_store)) {
        (void)m_staging->discard(m_store);
        m_staging.reset();
        (void)emptyTrash(m_store, m_start);
    }
    if (mayHaveStrays)
        (void)collectGarbage(m_store, m_start);
    return result;
}

} // namespace

Result<QList<AddedImage>> importImages(
    Store &store, const FoundImages &found, const StartLayerer &start, Progress &progress, qint64 base, qint64 total)
{
    return Importing(store, found, start, progress, base, total).run();
}

} // namespace berth
