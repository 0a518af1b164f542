// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/imageremoval.h"

#include "core/shellwords.h"
#include "gui/dialogs/confirmdialog.h"
#include "gui/models/imagemodel.h"
#include "gui/whendone.h"

namespace berth {

using namespace Qt::StringLiterals;

ImageRemoval::ImageRemoval(Engine *engine, ImageModel *model, const Frame &frame)
    : QObject(frame.window), m_engine(engine), m_model(model), m_frame(frame)
{
}

void ImageRemoval::ask(const QStringList &keys)
{
    QStringList references;
    bool onlyNames = true; // each image keeps another name
    for (const QString &key : keys) {
        const ImageRow *row = m_model->find(key);
        if (row == nullptr)
            continue;
        references.append(row->reference());
        onlyNames = onlyNames && row->image.names.size() > 1;
    }
    if (references.isEmpty())
        return;
    ConfirmDialog::Texts texts;
    texts.question = references.size() == 1 ? tr("Remove “%1”?").arg(references.first())
                                            : tr("Remove %n images?", nullptr, static_cast<int>(references.size()));
    texts.consequence = onlyNames ? tr("Only the name goes; the image has another one and stays.")
                                  : tr("The image is deleted when this is its last name. Layers that other images use stay.");
    texts.command = berthLine(QStringList{u"rmi"_s} + references);
    texts.verb = tr("Remove");
    auto *dialog = new ConfirmDialog(texts, m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConfirmDialog::accepted, this, [this, references] { remove(references); });
    dialog->open();
}

void ImageRemoval::remove(const QStringList &references)
{
    m_frame.showCommand(QStringList{u"rmi"_s} + references);
    for (const QString &reference : references) {
        whenDone(m_engine->removeImage(reference, false), this, [this, reference](const Result<RemovedImage> &result) {
            if (!result)
                return m_frame.failed(tr("%1 could not be removed.").arg(reference), result.error());
            m_frame.succeeded(
                result->deleted.isEmpty() ? tr("Removed the name %1.").arg(reference) : tr("Removed %1.").arg(reference));
        });
    }
}

} // namespace berth
