// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imageoperations.h"

#include "image/collectgarbage.h"
#include "image/newlayer.h"
#include "image/opensource.h"
#include "operations/events.h"
#include "operations/imagechanges.h"
#include "operations/newimageconfig.h"

namespace berth {
namespace {

using namespace Qt::StringLiterals;

class TarballImport {
public:
    TarballImport(Store &store, const TarballOptions &options, Progress &progress)
        : m_store(store), m_options(options), m_progress(progress), m_start(layererInHolder(store))
    {
    }

    Result<ImageInfo> run(const QString &path);

private:
    Result<Digest> make(const OpenedFile &file, const Staging &staging, const QJsonObject &settings);

    Store &m_store;
    const TarballOptions &m_options;
    Progress &m_progress;
    StartLayerer m_start;
};

Result<Digest> TarballImport::make(const OpenedFile &file, const Staging &staging, const QJsonObject &settings)
{
    const auto layer = unpackNewLayer(staging, file.fd.get(), {}, m_start, m_progress, file.size);
    if (!layer)
        return std::unexpected(layer.error());
    // Two zero blocks are an archive without files; no byte at all is a pipe whose other end failed.
    if (layer->record.tarSize == 0)
        return fail(ErrorCode::Corrupt, "it is empty");
    const ImageStep step{.diffId = layer->record.diffId,
        .created = imageTimestamp(),
        .createdBy = {},
        .author = {},
        .comment = m_options.message.isEmpty() ? u"Imported from -"_s : m_options.message};
    QList<ImageReference> names;
    if (m_options.name)
        names += *m_options.name;
    return recordNewImage(m_store, staging, *layer, newImageConfig({}, settings, step), {}, names);
}

Result<ImageInfo> TarballImport::run(const QString &path)
{
    const auto settings = applyImageChanges(emptySettings(), m_options.changes);
    if (!settings)
        return std::unexpected(settings.error());
    const auto file = openNamedFile(path);
    if (!file)
        return std::unexpected(file.error());
    if (file->isFolder)
        return fail(ErrorCode::InvalidArgument, path.toStdString() + " is a folder");
    // What a killed import left takes room that this one may need.
    (void)collectGarbage(m_store, m_start);
    auto staging = Staging::create(m_store);
    if (!staging)
        return std::unexpected(staging.error());
    const auto id = make(*file, *staging, *settings);
    if (!staging->removeEmpty(m_store)) {
        (void)staging->discard(m_store);
        (void)emptyTrash(m_store, m_start);
    }
    if (!id)
        return wrap("cannot import " + (path == u'-' ? "standard input" : path.toStdString()), id.error());
    auto image = m_store.findImage(id->text());
    if (image && m_options.name)
        recordEvent(m_store, *image, u"tag"_s, m_options.name->familiarName());
    if (image)
        recordEvent(m_store, *image, u"import"_s, id->text());
    return image;
}

} // namespace

Result<ImageInfo> importTarball(Store &store, const QString &path, const TarballOptions &options, Progress &progress)
{
    return TarballImport(store, options, progress).run(path);
}

} // namespace berth
