// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imageoperations.h"

#include "image/collectgarbage.h"
#include "operations/deleteimage.h"
#include "operations/events.h"

#include <algorithm>

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

    Result<RemovedImage> byName(const ImageReference &name, const QString &typed);
    Result<RemovedImage> byId();

private:
    Result<> readUsers();
    [[nodiscard]] Result<> checkUsers() const;
    Result<> untag(const ImageReference &name);
    Result<> untagAll();
    Result<> remove();

    Store &m_store;
    ImageInfo m_image;
    bool m_force;
    QList<ContainerInfo> m_users;
    RemovedImage m_removed;
};

Result<> Removal::readUsers()
{
    auto containers = m_store.containers();
    if (!containers)
        return std::unexpected(containers.error());
    containers->removeIf([&](const ContainerInfo &container) { return container.imageId != m_image.id; });
    m_users = std::move(*containers);
    return {};
}

// A running container keeps its image whatever is asked, a stopped one unless it is forced.
Result<> Removal::checkUsers() const
{
    for (const ContainerInfo &container : m_users) {
        if (isUp(container.state))
            return conflict(m_image, false, "image is being used by running container " + container.shortId().toStdString());
    }
    if (m_image.names.size() > 1 && !m_force)
        return conflict(m_image, true, "image is referenced in multiple repositories");
    if (!m_users.isEmpty() && !m_force)
        return conflict(m_image, true, "image is being used by stopped container " + m_users.first().shortId().toStdString());
    return {};
}

Result<> Removal::untag(const ImageReference &name)
{
    if (auto removed = m_store.removeName(name, m_image.id); !removed)
        return removed;
    m_removed.untagged += name.familiarName();
    recordEvent(m_store, m_image, QStringLiteral("untag"), m_image.id.text());
    return {};
}

Result<> Removal::untagAll()
{
    for (const QString &text : std::as_const(m_image.names)) {
        const auto name = ImageReference::parse(text);
        if (!name)
            return std::unexpected(name.error());
        if (auto untagged = untag(*name); !untagged && untagged.error().code != ErrorCode::NotFound)
            return untagged;
    }
    return {};
}

// Without names by now. The layers stay for the stopped containers that use them; who starts one does not
// notice.
Result<> Removal::remove()
{
    if (!m_users.isEmpty()) {
        if (auto forgotten = m_store.forgetImage(m_image.id); !forgotten)
            return forgotten;
        recordEvent(m_store, m_image, QStringLiteral("delete"), m_image.id.text());
        m_removed.deleted += m_image.id.text();
        return {};
    }
    const auto deleted = deleteImage(m_store, m_image, QStringList());
    if (!deleted && deleted.error().code == ErrorCode::WrongState)
        return {}; // somebody has named it or made a container of it since: untagged it is
    if (!deleted)
        return std::unexpected(deleted.error());
    m_removed.deleted += m_image.id.text();
    m_removed.deleted += deleted->layers;
    return {};
}

Result<RemovedImage> Removal::byName(const ImageReference &name, const QString &typed)
{
    if (auto read = readUsers(); !read)
        return std::unexpected(read.error());
    const bool isLastName = m_image.names.size() == 1;
    if (isLastName && !m_users.isEmpty() && !m_force)
        return fail(ErrorCode::WrongState,
            "conflict: unable to remove repository reference \"" + typed.toStdString() + "\" (must force) - container "
                + m_users.first().shortId().toStdString() + " is using its referenced image "
                + m_image.id.shortHex().toStdString());
    if (auto untagged = untag(name); !untagged)
        return std::unexpected(untagged.error());
    const bool isRunning = std::ranges::any_of(m_users, [](const ContainerInfo &user) { return isUp(user.state); });
    if (isLastName && !isRunning) {
        if (auto removed = remove(); !removed)
            return std::unexpected(removed.error());
    }
    return m_removed;
}

Result<RemovedImage> Removal::byId()
{
    auto done = readUsers();
    if (done)
        done = checkUsers();
    if (done)
        done = untagAll();
    if (done)
        done = remove();
    return done ? Result<RemovedImage>(m_removed) : std::unexpected(done.error());
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
    auto removed = isName ? removal.byName(*name, nameOrId) : removal.byId();
    if (removed && !removed->deleted.isEmpty()) {
        // The image is gone either way; what cannot be deleted now is collected later.
        (void)emptyTrash(store, layererInHolder(store));
    }
    return removed;
}

} // namespace berth
