// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/imports.h"

#include "core/humantext.h"
#include "core/imagereference.h"
#include "engine/runjob.h"
#include "gui/views/importdialog.h"
#include "gui/views/tasksbar.h"
#include "gui/whendone.h"

#include <QFileDialog>
#include <QFileInfo>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const ImportedImage &imported)
{
    QStringList names;
    for (const QString &name : imported.names)
        names.append(familiarName(name));
    return names.isEmpty() ? imported.image.id.shortHex() : names.join(u", "_s);
}

} // namespace

Imports::Imports(Engine *engine, const Frame &frame) : QObject(frame.window), m_engine(engine), m_frame(frame) {}

void Imports::choose()
{
    connect(ImportDialog::openFileDialog(m_frame.window), &QFileDialog::filesSelected, this, &Imports::open);
}

void Imports::open(const QStringList &paths)
{
    if (m_dialog == nullptr) {
        m_dialog = new ImportDialog(m_frame.window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &ImportDialog::previewWanted, this, &Imports::preview);
        connect(m_dialog, &ImportDialog::accepted, this, [this] {
            for (const QString &path : m_dialog->paths())
                start(path);
        });
    }
    m_dialog->addPaths(paths);
    m_dialog->open();
}

void Imports::preview(const QString &path)
{
    whenDone(m_engine->preview(path), m_dialog, [dialog = m_dialog.data(), path](const Result<ArchivePreview> &result) {
        if (result)
            dialog->setPreview(path, *result);
        else
            dialog->setProblem(path, reasonText(result.error().code) + u'\n' + QString::fromStdString(result.error().detail));
    });
}

void Imports::start(const QString &path)
{
    const QString file = QFileInfo(path).fileName();
    TaskRow *row = m_frame.tasks->addTask(tr("Importing %1").arg(file));
    row->setWaiting();
    ++m_running;
    m_frame.showCommand({u"load"_s, u"-i"_s, path});
    auto *watcher = whenDone(m_engine->importArchive(path), this, [this, row, file](const Result<QList<ImportedImage>> &result) {
        --m_running;
        m_frame.tasks->removeTask(row);
        report(file, result);
    });
    connect(watcher, &QFutureWatcherBase::progressValueChanged, row,
        [watcher, row](int value) { row->setProgress(value * progressUnit, watcher->progressMaximum() * progressUnit); });
    connect(row, &TaskRow::cancelRequested, watcher, [watcher, row] {
        row->setCancelling();
        watcher->cancel();
    });
}

void Imports::report(const QString &file, const Result<QList<ImportedImage>> &result)
{
    if (!result && result.error().code == ErrorCode::Cancelled) {
        m_frame.messages->post({.kind = MessageKind::Info,
            .text = tr("The import of %1 was cancelled; nothing was changed.").arg(file),
            .details = {},
            .button = {},
            .action = {}});
        return;
    }
    if (!result)
        return m_frame.failed(tr("%1 could not be imported.").arg(file), result.error());
    QStringList done;
    QStringList remarks;
    for (const ImportedImage &image : *result) {
        const QString name = nameOf(image);
        done.append(
            image.alreadyPresent ? tr("%1 (was here already)").arg(name) : tr("%1 (%2)").arg(name, humanSize(image.image.size)));
        if (image.skippedDevices > 0)
            remarks.append(
                tr("%1: %n device node(s) left out; only root can make them.", nullptr, image.skippedDevices).arg(name));
        if (image.changedOwners > 0)
            remarks.append(
                tr("%1: %n file(s) now belong to nobody; their owner is outside your range of ids.", nullptr, image.changedOwners)
                    .arg(name));
        for (const QString &moved : image.movedNames)
            remarks.append(tr("%1 named another image before; that one is still here without the name.").arg(moved));
    }
    const QString first = nameOf(result->first()).section(u", "_s, 0, 0);
    m_frame.messages->post({.kind = MessageKind::Success,
        .text = tr("Imported %1.").arg(done.join(u", "_s)),
        .details = remarks.join(u'\n'),
        .button = tr("Run…"),
        .action = [this, first] { Q_EMIT runRequested(first); }});
    Q_EMIT imported(*result);
}

} // namespace berth
