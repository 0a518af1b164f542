// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/figures.h"
#include "operations/choosecleanup.h"
#include "operations/containerchanges.h"
#include "operations/containeroperations.h"
#include "operations/containertop.h"
#include "operations/imageoperations.h"
#include "operations/volumeoperations.h"

#include <QFuture>
#include <QObject>

#include <atomic>
#include <memory>

namespace berth {

// The asynchronous shell of the window: one worker thread that re-reads and emits snapshots (woken by a
// file watch, never by polling) and two small pools, one for imports, that run one operation each with
// a Store of its own.
// Every function returns at once; the future carries the operation's Result, its
// progress (in KiB) and cancel. A window that closes early cancels what can be cancelled.
class Engine final : public QObject {
    Q_OBJECT
public:
    explicit Engine(EnginePaths paths, QObject *parent = nullptr);
    ~Engine() override; // cancels jobs, joins pool and worker thread

    QFuture<Result<>> prepare(); // whether this user can run containers on this machine
    QFuture<Result<ArchivePreview>> preview(const QString &path);
    QFuture<Result<QList<ImportedImage>>> importArchive(const QString &path);
    QFuture<Result<RemovedImage>> removeImage(const QString &nameOrId, bool force);
    QFuture<Result<QString>> create(const RunOptions &options);     // container id
    QFuture<Result<QString>> run(const RunOptions &options);        // created and started, detached
    QFuture<Result<>> start(const QString &id);
    QFuture<Result<>> stop(const QString &id);
    QFuture<Result<>> kill(const QString &id);
    QFuture<Result<>> restart(const QString &id);
    QFuture<Result<>> pause(const QString &id, bool paused);
    QFuture<Result<>> rename(const QString &id, const QString &name);
    QFuture<Result<>> setRestartPolicy(const QString &id, const RestartPolicy &policy);
    QFuture<Result<>> remove(const QString &id, bool force);
    QFuture<Result<QStringList>> offeredCommands(const QString &id); // for a terminal in the container
    QFuture<Result<qint64>> exportContainer(const QString &id, const QString &path); // as saveImages
    QFuture<Result<>> copyOut(const QString &id, const QString &inside, const QString &folder);
    QFuture<Result<>> copyIn(const QString &id, const QString &file, const QString &inside);
    QFuture<Result<ImageInfo>> commit(const QString &id, const CommitOptions &options);
    QFuture<Result<QList<PathChange>>> changedPaths(const QString &id);
    QFuture<Result<ProcessTable>> processes(const QString &id);     // of a running container, as `ps -ef` tells them
    QFuture<Result<QList<FigureSample>>> figures(const QStringList &ids); // now, one for each
    QFuture<Result<QJsonObject>> inspectContainer(const QString &id);
    QFuture<Result<QJsonObject>> inspectImage(const QString &id);
    QFuture<Result<>> tagImage(const QString &id, const ImageReference &name);
    QFuture<Result<QList<HistoryEntry>>> imageHistory(const QString &id);
    // The bytes of the file. It appears when it is whole; one that is there already is replaced then.
    QFuture<Result<qint64>> saveImages(const QStringList &namesOrIds, const QString &path);

    QFuture<Result<VolumeInfo>> createVolume(const QString &name, const QMap<QString, QString> &labels);
    QFuture<Result<>> removeVolume(const QString &name);
    QFuture<Result<QJsonObject>> inspectVolume(const QString &name);
    QFuture<Result<QHash<QString, qint64>>> volumeSizes(const QStringList &names); // bytes, by name
    QFuture<Result<CleanUpPlan>> planCleanUp(const CleanUpOptions &options);
    QFuture<Result<CleanUpChoice>> chooseCleanUp(const CleanUpPlan &all, const QSet<qsizetype> &wanted);
    // Setting stop ends it like cancel, but its result still comes: what has gone already, what was kept.
    QFuture<Result<CleanUpResult>> cleanUp(const CleanUpPlan &plan, const std::shared_ptr<std::atomic_bool> &stop);

Q_SIGNALS:
    void imagesChanged(const QList<berth::ImageInfo> &images);
    void containersChanged(const QList<berth::ContainerInfo> &containers);
    void volumesChanged(const QList<berth::VolumeInfo> &volumes);
    void failed(const berth::Error &error); // store unreadable, watch lost

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// A cancelled future has no result: it becomes ErrorCode::Cancelled.
template<typename T> Result<T> resultOf(const QFuture<Result<T>> &future)
{
    if (future.resultCount() == 0)
        return fail(ErrorCode::Cancelled, "cancelled");
    return future.result();
}

} // namespace berth
