// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/imageactions.h"

#include "core/humantext.h"
#include "core/imagereference.h"
#include "gui/dialogs/tagdialog.h"
#include "gui/longjob.h"
#include "gui/models/imagemodel.h"

#include <QFileDialog>
#include <QFileInfo>

namespace berth {

using namespace Qt::StringLiterals;

ImageActions::ImageActions(Engine *engine, ImageModel *model, const Frame &frame)
    : QObject(frame.window), m_engine(engine), m_model(model), m_frame(frame)
{
}

void ImageActions::tag(const QString &key)
{
    const ImageRow *row = m_model->find(key);
    if (row == nullptr)
        return;
    QSet<QString> own(row->image.names.cbegin(), row->image.names.cend());
    QSet<QString> others;
    for (const ImageInfo &image : m_model->images()) {
        if (image.id != row->image.id)
            others.unite(QSet<QString>(image.names.cbegin(), image.names.cend()));
    }
    const QString reference = row->reference();
    auto *dialog = new TagDialog(reference, own, others, m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TagDialog::accepted, this, [this, dialog, reference, image = row->image] {
        const auto name = dialog->name();
        if (!name)
            return;
        m_frame.showCommand({u"tag"_s, reference, name->familiarName()});
        whenDone(
            m_engine->tagImage(image.id.text(), *name), this, [this, reference, image, name = *name](const Result<> &result) {
                if (!result)
                    return m_frame.failed(tr("%1 could not be named.").arg(reference), result.error());
                Q_EMIT named(ImageRow::keyOf(image, name.canonicalName()));
            });
    });
    dialog->open();
}

void ImageActions::save(const QStringList &keys)
{
    QStringList references;
    for (const QString &key : keys) {
        if (const ImageRow *row = m_model->find(key))
            references.append(row->reference());
    }
    if (references.isEmpty())
        return;
    auto *dialog = new QFileDialog(m_frame.window, tr("Save as an archive"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"tar"_s);
    dialog->setNameFilters({tr("Archives (*.tar)"), tr("All files (*)")});
    const QString name = references.size() == 1 ? references.first() : u"images"_s;
    dialog->selectFile(QString(name).replace(u'/', u'_').replace(u':', u'_') + u".tar"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, references](const QString &path) { saveTo(references, path); });
    dialog->open();
}

void ImageActions::saveTo(const QStringList &references, const QString &path)
{
    const QString what = references.size() == 1 ? references.first()
                                                : tr("%n images", nullptr, static_cast<int>(references.size()));
    m_frame.showCommand(QStringList{u"save"_s, u"-o"_s, path} + references);
    followInTasks(m_engine->saveImages(references, path), tr("Saving %1").arg(what), m_frame, this,
        [this, what, path](const Result<qint64> &size) {
            if (!size && size.error().code == ErrorCode::Cancelled)
                return m_frame.messages->post({.kind = MessageKind::Info,
                    .text = tr("Saving %1 was cancelled; no file was written.").arg(what),
                    .details = {},
                    .button = {},
                    .action = {}});
            if (!size)
                return m_frame.failed(tr("%1 could not be saved.").arg(what), size.error());
            m_frame.succeeded(tr("Saved %1 as %2 (%3).").arg(what, path, humanSize(*size)));
        });
}

} // namespace berth
