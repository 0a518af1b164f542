// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imageoperations.h"

#include "image/collectgarbage.h"
#include "operations/deleteimage.h"
#include "operations/events.h"

namespace berth {
namespace {

// The words are Docker's; scripts look for them. Source: moby, daemon/images/image_delete.go.
std::unexpected<Error> conflict(const ImageInfo &image, bool canBeForced, const std::string &why)
{
    return fail(ErrorCode::WrongState,
        "conflict: unable to delete " + image.id.shortHex().toStdString()
            + (canBeForced ? " (must be forced) - " : " (cannot be forced) - ") + why);
}

class Removal {
public:
    Removal(Store &store, ImageInfo image, bool force) : m_store(store), m_image(std::move(image)), m_force(force) {}

    Result<RemovedImage> byName(const ImageReference &name);
    Result<RemovedImage> byId();

private:
    Result<QList<ContainerInfo>> users() const;
    Result<> checkContainers(const QList<ContainerInfo> &users) const;
    Result<> untag(const ImageReference &name);
    Result<> untagAll();
    Result<> remove();

    Store &m_store;
    ImageInfo m_image;
    bool m_force;
    RemovedImage m_removed;
};

Result<QList<ContainerInfo>> Removal::users() const
{
    if (m_image.containers == 0)
        return QList<ContainerInfo>();
    auto containers = m_store.containers();
    if (containers)
        containers->removeIf([&](const ContainerInfo &container) { return container.imageId != m_image.id; });
    return containers;
}

Result<> Removal::checkContainers(const QList<ContainerInfo> &users) const
{
    for (const ContainerInfo &container : users) {
        if (isUp(container.state))
            return conflict(m_image, false, "image is being used by running container " + container.shortId().toStdString());
    }
    if (!users.isEmpty() && !m_force)
        return conflict(m_image, true, "image is being used by stopped container " + users.first().shortId().toStdString());
    return {};
}

Result<> Removal::untag(const ImageReference &name)
{
    if (auto removed = m_store.removeName(name); !removed)
        return removed;
    recordEvent(m_store, m_image, QStringLiteral("untag"), m_image.id.text());
    m_removed.untagged += name.familiarName();
    return {};
}

Result<> Removal::untagAll()
{
    for (const QString &text : std::as_const(m_image.names)) {
        const auto name = ImageReference::parse(text);
        if (!name)
            return std::unexpected(name.error());
        if (auto untagged = untag(*name); !untagged)
            return untagged;
    }
    return {};
}

Result<> Removal::remove()
{
    const auto deleted = deleteImage(m_store, m_image);
    if (!deleted)
        return std::unexpected(deleted.error());
    m_removed.deleted += m_image.id.text();
    m_removed.deleted += deleted->layers;
    return {};
}

Result<RemovedImage> Removal::byName(const ImageReference &name)
{
    const auto containers = users();
    if (!containers)
        return std::unexpected(containers.error());
    const bool isLastName = m_image.names.size() == 1;
    if (isLastName && !containers->isEmpty() && !m_force)
        return fail(ErrorCode::WrongState,
            "conflict: unable to remove repository reference \"" + name.familiarName().toStdString()
                + "\" (must force) - container " + containers->first().shortId().toStdString() + " is using its referenced image "
                + m_image.id.shortHex().toStdString());
    if (auto untagged = untag(name); !untagged)
        return std::unexpected(untagged.error());
    // A container that is left keeps the image it was made from, without a name.
    if (isLastName && containers->isEmpty()) {
        if (auto removed = remove(); !removed)
            return std::unexpected(removed.error());
    }
    return m_removed;
}

Result<RemovedImage> Removal::byId()
{
    const auto containers = users();
    if (!containers)
        return std::unexpected(containers.error());
    if (auto checked = checkContainers(*containers); !checked)
        return std::unexpected(checked.error());
    if (m_image.names.size() > 1 && !m_force)
        return conflict(m_image, true, "image is referenced in multiple repositories");
    if (auto untagged = untagAll(); !untagged)
        return std::unexpected(untagged.error());
    if (containers->isEmpty()) {
        if (auto removed = remove(); !removed)
            return std::unexpected(removed.error());
    }
    return m_removed;
}

} // namespace

Result<RemovedImage> removeImage(Store &store, const QString &nameOrId, bool force)
{
    auto image = store.findImage(nameOrId);
    if (!image)
        return std::unexpected(image.error());
    const auto name = ImageReference::parse(nameOrId);
    const bool isName = name && image->names.contains(name->canonicalName());
    Removal removal(store, std::move(*image), force);
    auto removed = isName ? removal.byName(*name) : removal.byId();
    if (removed && !removed->deleted.isEmpty()) {
        // The image is gone either way; what cannot be deleted now is collected later.
        (void)emptyTrash(store, layererInHolder(store));
    }
    return removed;
}

} // namespace berth
