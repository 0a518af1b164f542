// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filetransfers.h"

#include "core/imagereference.h"
#include "gui/dialogs/commitdialog.h"
#include "gui/longjob.h"
#include "gui/models/containermodel.h"

namespace berth {

using namespace Qt::StringLiterals;

FileTransfers::FileTransfers(Engine *engine, ContainerModel *model, const Frame &frame)
    : QObject(frame.window), m_engine(engine), m_model(model), m_frame(frame)
{
}

void FileTransfers::report(const QString &what, const QString &done, const Result<> &result) const
{
    if (result)
        return m_frame.succeeded(done);
    if (result.error().code != ErrorCode::Cancelled)
        return m_frame.failed(what, result.error());
    m_frame.messages->post(
        {.kind = MessageKind::Info, .text = tr("It was cancelled."), .details = {}, .button = {}, .action = {}});
}

void FileTransfers::perform(ContainerAction action, const QString &id)
{
    if (action == ContainerAction::Commit)
        commit(id);
}

void FileTransfers::commit(const QString &id)
{
    const ContainerInfo *container = m_model->find(id);
    if (container == nullptr)
        return;
    auto *dialog = new CommitDialog(container->name, container->state == ContainerState::Running, m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommitDialog::accepted, this, [this, dialog, id, name = container->name] {
        m_frame.showCommand(dialog->arguments());
        const CommitOptions options{.author = dialog->author(),
            .message = dialog->message(),
            .changes = {},
            .pauses = dialog->pauses(),
            .name = dialog->name()};
        followInTasks(m_engine->commit(id, options), tr("Making an image of %1").arg(name), m_frame, this,
            [this, name](const Result<ImageInfo> &image) {
                const QString made = !image  ? QString()
                    : image->names.isEmpty() ? image->id.shortHex()
                                             : familiarName(image->names.first());
                report(tr("No image could be made of “%1”.").arg(name), tr("Made the image %1 of “%2”.").arg(made, name),
                    image ? Result<>() : std::unexpected(image.error()));
            });
    });
    dialog->open();
}

} // namespace berth
