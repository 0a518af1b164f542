// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imageoperations.h"

#include "image/collectgarbage.h"
#include "image/importimages.h"
#include "image/opensource.h"
#include "operations/events.h"

namespace berth {
namespace {

// A compressed archive is read twice: unpacked, then taken apart. Each is half of what the person sees.
class HalfProgress final : public Progress {
public:
    HalfProgress(Progress &whole, qint64 offset) : m_whole(whole), m_offset(offset) {}
    void report(qint64 done, qint64 total) override { m_whole.report(m_offset + done / 2, total); }
    [[nodiscard]] bool isCancelled() const override { return m_whole.isCancelled(); }

private:
    Progress &m_whole;
    qint64 m_offset;
};

qint64 layerBytes(const FoundImages &found)
{
    qint64 bytes = 0;
    for (const auto &image : found.images) {
        for (const auto &layer : image.layers)
            bytes += layer.member.size;
    }
    return bytes;
}

Result<QList<ImportedImage>> describe(const Store &store, const FoundImages &found, const QList<AddedImage> &added)
{
    QList<ImportedImage> imported;
    for (qsizetype i = 0; i < added.size(); ++i) {
        auto image = store.findImage(added[i].id.text());
        if (!image && image.error().code == ErrorCode::NotFound)
            image = found.images[i].info; // imported it was, and somebody has removed it since
        if (!image)
            return std::unexpected(image.error());
        QStringList names;
        for (const auto &name : found.images[i].names)
            names += name.canonicalName();
        imported += ImportedImage{std::move(*image), names, added[i].movedNames, added[i].alreadyPresent, added[i].skippedDevices,
            added[i].changedOwners, added[i].movedFrom};
    }
    return imported;
}

Result<QList<ImportedImage>> importOpened(Store &store, OpenedFile file, const StartLayerer &start, Progress &progress)
{
    const bool isDirect = file.isFolder || (file.isSeekable && file.compression == Compression::None);
    const qint64 fileSize = file.size;
    HalfProgress firstHalf(progress, 0);
    const auto archive = openArchive(store, std::move(file), start, isDirect ? progress : firstHalf, fileSize);
    if (!archive)
        return std::unexpected(archive.error());
    const auto found = findImages(*archive);
    if (!found)
        return std::unexpected(found.error());
    if (progress.isCancelled())
        return fail(ErrorCode::Cancelled, "cancelled");
    // A folder or a pipe has no size of its own, and an unpacked spool has another: layers are counted then.
    const qint64 total = isDirect && fileSize > 0 ? fileSize : layerBytes(*found);
    HalfProgress secondHalf(progress, total / 2);
    auto added = importImages(store, *found, start, isDirect ? progress : secondHalf, 0, total);
    if (!added)
        return std::unexpected(added.error());
    progress.report(total, total);
    return describe(store, *found, *added);
}

} // namespace

Result<QList<ImportedImage>> importArchive(Store &store, const QString &path, Progress &progress)
{
    auto file = openNamedFile(path);
    if (!file)
        return std::unexpected(file.error());
    const auto start = layererInHolder(store);
    // What a killed import left takes room that this one may need. Not being able to collect it (no
    // holder yet) is no reason to refuse: an image that is already here needs no holder at all.
    (void)collectGarbage(store, start);
    auto imported = importOpened(store, std::move(*file), start, progress);
    if (!imported)
        return wrap("cannot import " + (path == u'-' ? "standard input" : path.toStdString()), imported.error());
    for (const ImportedImage &one : std::as_const(*imported))
        recordEvent(store, one.image, QStringLiteral("load"), one.image.id.text());
    return imported;
}

} // namespace berth
