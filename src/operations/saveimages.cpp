// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imageoperations.h"

#include "image/savearchive.h"
#include "operations/events.h"

#include <algorithm>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

// "redis" and "host:5000/redis" say no tag; "redis:7" does.
bool saysTag(const QString &name) { return name.lastIndexOf(u':') > name.lastIndexOf(u'/'); }

// Collects images in the order in which they are named first. The rules are those of moby,
// image/tarexport/save.go.
class Choice {
public:
    explicit Choice(const Store &store) : m_store(store) {}

    Result<> add(const QString &nameOrId);
    QList<SavedImage> take() { return std::move(m_images); }

private:
    Result<bool> addAllTags(const ImageReference &repository);
    Result<> addImage(const ImageInfo &image, const std::optional<ImageReference> &name);

    const Store &m_store;
    QList<SavedImage> m_images;
};

Result<> Choice::addImage(const ImageInfo &image, const std::optional<ImageReference> &name)
{
    auto known = std::ranges::find(m_images, image.id, [](const SavedImage &saved) { return saved.info.id; });
    if (known == m_images.end()) {
        auto config = m_store.imageConfig(image.id);
        if (!config)
            return std::unexpected(config.error());
        SavedImage saved{.config = std::move(*config), .info = image, .layers = {}, .names = {}};
        for (const Digest &chainId : image.chainIds) {
            const auto layer = m_store.layer(chainId);
            if (!layer)
                return std::unexpected(layer.error());
            if (!*layer)
                return fail(ErrorCode::NotFound, "the image was removed while it was saved");
            saved.layers += **layer;
        }
        m_images += saved;
        known = m_images.end() - 1;
    }
    if (name && !known->names.contains(*name))
        known->names += *name;
    return {};
}

// Every tag of the repository; false when it has none.
Result<bool> Choice::addAllTags(const ImageReference &repository)
{
    const auto images = m_store.images();
    if (!images)
        return std::unexpected(images.error());
    bool found = false;
    for (const ImageInfo &image : *images) {
        for (const QString &text : image.names) {
            const auto name = ImageReference::parse(text);
            if (!name || name->domain() != repository.domain() || name->path() != repository.path())
                continue;
            found = true;
            if (auto added = addImage(image, *name); !added)
                return std::unexpected(added.error());
        }
    }
    return found;
}

Result<> Choice::add(const QString &nameOrId)
{
    const auto name = ImageReference::parse(nameOrId);
    const bool isName = name && !name->digest() && !nameOrId.startsWith("sha256:"_L1);
    if (isName && !saysTag(nameOrId)) {
        const auto found = addAllTags(*name);
        if (!found || *found)
            return found ? Result<>() : std::unexpected(found.error());
    }
    const auto image = m_store.findImage(nameOrId);
    if (!image && image.error().code == ErrorCode::NotFound)
        return isName && saysTag(nameOrId) ? fail(ErrorCode::NotFound, "reference does not exist")
                                           : fail(ErrorCode::NotFound, "No such image: " + nameOrId.toStdString());
    if (!image)
        return std::unexpected(image.error());
    return addImage(*image, isName && saysTag(nameOrId) ? std::optional(*name) : std::nullopt);
}

} // namespace

Result<> saveImages(Store &store, const QStringList &namesOrIds, int output, Progress &progress)
{
    Choice choice(store);
    for (const QString &nameOrId : namesOrIds) {
        if (auto added = choice.add(nameOrId); !added)
            return added;
    }
    const auto images = choice.take();
    auto written = writeArchive(store, images, output, layererInHolder(store), progress);
    for (const SavedImage &image : images) {
        if (written)
            recordEvent(store, image.info, u"save"_s, image.info.id.text());
    }
    return written;
}

} // namespace berth
