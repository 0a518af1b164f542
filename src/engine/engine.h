// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/containeroperations.h"
#include "operations/imageoperations.h"
#include "operations/volumeoperations.h"

#include <QFuture>
#include <QObject>

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
    QFuture<Result<>> remove(const QString &id, bool force);
    QFuture<Result<QStringList>> offeredCommands(const QString &id); // for a terminal in the container
    QFuture<Result<QJsonObject>> inspectContainer(const QString &id);
    QFuture<Result<QJsonObject>> inspectImage(const QString &id);

    QFuture<Result<VolumeInfo>> createVolume(const QString &name, const QMap<QString, QString> &labels);
    QFuture<Result<>> removeVolume(const QString &name);

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
