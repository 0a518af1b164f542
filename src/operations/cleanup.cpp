// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/cleanup.h"

#include "image/collectgarbage.h"
#include "operations/containeroperations.h"
#include "operations/deleteimage.h"
#include "operations/events.h"
#include "operations/networkoperations.h"
#include "operations/volumeoperations.h"

#include <algorithm>

namespace berth {
namespace {

using Kind = CleanUpItem::Kind;

class CleaningUp {
public:
    CleaningUp(Store &store, const CleanUpPlan &plan, Progress &progress) : m_store(store), m_plan(plan), m_progress(progress) {}
    CleanUpResult run();

private:
    Result<CleanUpItem> remove(const CleanUpItem &item);
    Result<CleanUpItem> untag(const CleanUpItem &item);
    void removeImageWithNames(const QList<CleanUpItem> &items);
    [[nodiscard]] bool goesWithItsImage(const CleanUpItem &item) const;
    void note(const CleanUpItem &item, const Result<CleanUpItem> &outcome);

    Store &m_store;
    const CleanUpPlan &m_plan;
    Progress &m_progress;
    CleanUpResult m_result;
};

void CleaningUp::note(const CleanUpItem &item, const Result<CleanUpItem> &outcome)
{
    if (!outcome) {
        m_result.kept += {item, outcome.error()};
        return;
    }
    m_result.removed += *outcome;
    m_result.reclaimed += outcome->size;
}

Result<CleanUpItem> CleaningUp::untag(const CleanUpItem &item)
{
    const auto id = Digest::parse(item.id);
    const auto name = ImageReference::parse(item.name);
    if (!id || !name)
        return std::unexpected(id ? name.error() : id.error());
    const auto image = m_store.findImage(item.id);
    if (auto removed = m_store.removeName(*name, *id); !removed)
        return std::unexpected(removed.error());
    if (image)
        recordEvent(m_store, *image, QStringLiteral("untag"), item.id);
    return item;
}

Result<CleanUpItem> CleaningUp::remove(const CleanUpItem &item)
{
    Result<> removed;
    switch (item.kind) {
    case Kind::Container: removed = removeContainer(m_store, item.id, {.unlessReserved = true}); break;
    case Kind::Volume: removed = removeVolumeMadeAt(m_store, item.id, item.created); break;
    case Kind::Network: removed = removeNetworkById(m_store, item.id); break;
    case Kind::ImageName: return untag(item);
    case Kind::Image: return fail(ErrorCode::Internal, "an image goes with its names");
    }
    return removed ? Result<CleanUpItem>(item) : std::unexpected(removed.error());
}

// All at once: an image that has any other name by now, or a container, keeps those that it had.
void CleaningUp::removeImageWithNames(const QList<CleanUpItem> &items)
{
    CleanUpItem own = items.last();
    QStringList names;
    for (const CleanUpItem &item : items.first(items.size() - 1)) {
        if (const auto name = ImageReference::parse(item.name))
            names += name->canonicalName();
    }
    names.sort();
    const auto image = m_store.findImage(own.id);
    const auto deleted = image ? deleteImage(m_store, *image, names) : std::unexpected(image.error());
    if (!deleted) {
        for (const CleanUpItem &item : items)
            note(item, std::unexpected(deleted.error()));
        return;
    }
    own.layers = deleted->layers;
    own.size = deleted->size;
    for (const CleanUpItem &item : items.first(items.size() - 1)) {
        recordEvent(m_store, *image, QStringLiteral("untag"), item.id);
        note(item, item);
    }
    note(own, own);
}

bool CleaningUp::goesWithItsImage(const CleanUpItem &item) const
{
    return std::ranges::any_of(
        m_plan.items, [&item](const CleanUpItem &other) { return other.kind == Kind::Image && other.id == item.id; });
}

CleanUpResult CleaningUp::run()
{
    const qint64 total = m_plan.size();
    qint64 done = 0;
    QList<CleanUpItem> names; // of the image that comes next
    for (const CleanUpItem &item : m_plan.items) {
        if (m_progress.isCancelled()) {
            note(item, fail(ErrorCode::Cancelled, "cancelled"));
            continue;
        }
        if (item.kind == Kind::ImageName && goesWithItsImage(item)) {
            names += item;
        } else if (item.kind == Kind::Image) {
            names.removeIf([&item](const CleanUpItem &name) { return name.id != item.id; });
            removeImageWithNames(names << item);
            names.clear();
        } else {
            note(item, remove(item));
        }
        done += item.size;
        m_progress.report(done, total);
    }
    return std::move(m_result);
}

} // namespace

Result<CleanUpResult> cleanUp(Store &store, const CleanUpPlan &plan, Progress &progress)
{
    auto result = CleaningUp(store, plan, progress).run();
    // They are gone either way; what cannot be deleted now is collected later.
    (void)emptyTrash(store, layererInHolder(store));
    store.touch();
    return result;
}

} // namespace berth
