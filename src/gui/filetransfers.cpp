// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filetransfers.h"

#include "core/humantext.h"
#include "core/imagereference.h"
#include "core/shellwords.h"
#include "gui/dialogs/commitdialog.h"
#include "gui/dialogs/copydialog.h"
#include "gui/longjob.h"
#include "gui/models/containermodel.h"
#include "gui/views/commandstrip.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace berth {

using namespace Qt::StringLiterals;

FileTransfers::FileTransfers(Engine *engine, ContainerModel *model, const Frame &frame)
    : QObject(frame.window), m_engine(engine), m_model(model), m_frame(frame)
{
}

QString FileTransfers::nameOf(const QString &id) const
{
    const ContainerInfo *container = m_model->find(id);
    return container == nullptr ? QString() : container->name;
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
    else if (action == ContainerAction::Export)
        exportAs(id);
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

void FileTransfers::exportAs(const QString &id)
{
    const QString name = nameOf(id);
    if (name.isEmpty())
        return;
    auto *dialog = new QFileDialog(m_frame.window, tr("Export the files of “%1”").arg(name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"tar"_s);
    dialog->selectFile(name + u".tar"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, id](const QString &path) { exportTo(id, path); });
    dialog->open();
}

void FileTransfers::exportTo(const QString &id, const QString &path)
{
    const QString name = nameOf(id);
    m_frame.showCommand({u"export"_s, u"-o"_s, path, name});
    followInTasks(m_engine->exportContainer(id, path), tr("Exporting %1").arg(name), m_frame, this,
        [this, name, path](const Result<qint64> &size) {
            report(tr("The files of “%1” could not be exported.").arg(name),
                tr("Exported the files of “%1” as %2 (%3).").arg(name, path, humanSize(size.value_or(0))),
                size ? Result<>() : std::unexpected(size.error()));
        });
}

void FileTransfers::copyOut(const QString &id)
{
    const QString name = nameOf(id);
    if (name.isEmpty())
        return;
    auto *dialog = new CopyDialog(name, QDir::homePath(), m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CopyDialog::accepted, this, [this, dialog, id, name] {
        const QString inside = dialog->inside();
        const QString folder = dialog->folder();
        m_frame.showCommand(dialog->commands().first());
        followInTasks(m_engine->copyOut(id, inside, folder), tr("Copying out of %1").arg(name), m_frame, this,
            [this, inside, folder](const Result<> &result) {
                report(tr("%1 could not be copied.").arg(inside), tr("Copied %1 to %2.").arg(inside, folder), result);
            });
    });
    dialog->open();
}

void FileTransfers::copyIn(const QString &id)
{
    auto *chooser = new QFileDialog(m_frame.window, tr("Files to copy into “%1”").arg(nameOf(id)));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFiles);
    connect(chooser, &QFileDialog::filesSelected, this, [this, id](const QStringList &files) { copyIn(id, files); });
    chooser->open();
}

void FileTransfers::copyIn(const QString &id, const QStringList &files)
{
    const ContainerInfo *container = m_model->find(id);
    if (container == nullptr || files.isEmpty())
        return;
    const QString name = container->name;
    // Where its program looks for files by their names alone.
    const QString folder = container->options.workingDirectory;
    auto *dialog = new CopyDialog(name, files, folder.isEmpty() ? u"/"_s : folder, m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CopyDialog::accepted, this, [this, dialog, id, name, files] {
        const QString inside = dialog->inside();
        QStringList lines;
        for (const QStringList &words : dialog->commands())
            lines.append(berthLine(words));
        m_frame.command->showCommand(lines.join(u" && "_s));
        for (const QString &file : files) {
            const QString shown = QFileInfo(file).fileName();
            followInTasks(m_engine->copyIn(id, file, inside), tr("Copying %1").arg(shown), m_frame, this,
                [this, shown, inside, name](const Result<> &result) {
                    report(tr("%1 could not be copied.").arg(shown), tr("Copied %1 to %2 in “%3”.").arg(shown, inside, name),
                        result);
                });
        }
    });
    dialog->open();
}

} // namespace berth
