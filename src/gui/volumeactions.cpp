// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/volumeactions.h"

#include "core/shellwords.h"
#include "gui/dialogs/confirmdialog.h"
#include "gui/dialogs/newvolumedialog.h"
#include "gui/models/volumemodel.h"
#include "gui/whendone.h"

namespace berth {

using namespace Qt::StringLiterals;

VolumeActions::VolumeActions(Engine *engine, VolumeModel *model, const Frame &frame)
    : QObject(frame.window), m_engine(engine), m_model(model), m_frame(frame)
{
}

void VolumeActions::create()
{
    QSet<QString> taken;
    for (const VolumeInfo &volume : m_model->rows())
        taken.insert(volume.name);
    auto *dialog = new NewVolumeDialog(taken, m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewVolumeDialog::accepted, this, [this, dialog] {
        m_frame.showCommand(dialog->arguments());
        whenDone(m_engine->createVolume(dialog->name(), dialog->labels()), this, [this](const Result<VolumeInfo> &volume) {
            if (!volume)
                return m_frame.failed(tr("The volume could not be made."), volume.error());
            Q_EMIT made(volume->name);
        });
    });
    dialog->open();
}

void VolumeActions::remove(const QStringList &names)
{
    if (names.isEmpty())
        return;
    ConfirmDialog::Texts texts;
    texts.question = names.size() == 1 ? tr("Remove the volume “%1”?").arg(names.first())
                                       : tr("Remove %n volumes?", nullptr, static_cast<int>(names.size()));
    texts.consequence = tr("The files in it are deleted for good. No container uses them now.");
    texts.command = berthLine(QStringList{u"volume"_s, u"rm"_s} + names);
    texts.verb = tr("Remove");
    auto *dialog = new ConfirmDialog(texts, m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConfirmDialog::accepted, this, [this, names] { carryOutRemoval(names); });
    dialog->open();
}

void VolumeActions::carryOutRemoval(const QStringList &names)
{
    m_frame.showCommand(QStringList{u"volume"_s, u"rm"_s} + names);
    for (const QString &name : names) {
        whenDone(m_engine->removeVolume(name), this, [this, name](const Result<> &result) {
            if (!result)
                m_frame.failed(tr("The volume “%1” could not be removed.").arg(name), result.error());
        });
    }
}

} // namespace berth
