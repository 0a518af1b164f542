// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/choosecleanup.h"

#include <algorithm>

namespace berth {
namespace {

using Kind = CleanUpItem::Kind;

bool isOfImage(const CleanUpItem &item) { return item.kind == Kind::Image || item.kind == Kind::ImageName; }

// Names of the containers that use the thing, without those that go.
QStringList usersOf(const CleanUpItem &item, const QList<ContainerInfo> &containers, const QSet<QString> &going)
{
    const auto uses = [&item](const ContainerInfo &container) {
        if (isOfImage(item))
            return container.imageId.text() == item.id;
        return item.kind == Kind::Volume && std::ranges::any_of(container.options.mounts, [&item](const MountOption &mount) {
            return mount.kind == MountOption::Kind::Volume && mount.source == item.id;
        });
    };
    QStringList names;
    for (const ContainerInfo &container : containers) {
        if (!going.contains(container.id) && uses(container))
            names.append(container.name);
    }
    return names;
}

// Each layer goes with the last image that has it, and with none when one of them stays.
Result<> countLayers(const Store &store, CleanUpPlan &plan)
{
    const auto images = store.images();
    if (!images)
        return std::unexpected(images.error());
    QHash<QString, QList<Digest>> layersOf;
    QHash<QString, int> uses;
    for (const ImageInfo &image : *images) {
        layersOf.insert(image.id.text(), image.chainIds);
        for (const Digest &layer : image.chainIds)
            ++uses[layer.text()];
    }
    for (CleanUpItem &item : plan.items) {
        if (item.kind != Kind::Image)
            continue;
        item.size = 0;
        item.layers.clear();
        for (const Digest &chainId : layersOf.value(item.id)) {
            if (--uses[chainId.text()] > 0)
                continue;
            const auto layer = store.layer(chainId);
            if (!layer)
                return std::unexpected(layer.error());
            if (*layer)
                item.size += (*layer)->size;
            item.layers.prepend(chainId.text());
        }
    }
    return {};
}

} // namespace

Result<CleanUpChoice> chooseCleanUp(const Store &store, const CleanUpPlan &all, const QSet<qsizetype> &wanted)
{
    const auto containers = store.containers();
    if (!containers)
        return std::unexpected(containers.error());
    QSet<QString> going;
    for (const qsizetype place : wanted) {
        if (all.items.at(place).kind == Kind::Container)
            going.insert(all.items.at(place).id);
    }
    CleanUpChoice choice;
    for (qsizetype place = 0; place < all.items.size(); ++place) {
        const CleanUpItem &item = all.items.at(place);
        const QStringList users = usersOf(item, *containers, going);
        if (!users.isEmpty())
            choice.blocked.insert(place, users);
        else if (wanted.contains(place))
            choice.plan.items.append(item);
    }
    if (const auto counted = countLayers(store, choice.plan); !counted)
        return std::unexpected(counted.error());
    return choice;
}

} // namespace berth
