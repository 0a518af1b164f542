// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include "engine/runjob.h"
#include "engine/snapshotworker.h"
#include "engine/writefile.h"
#include "operations/containerfigures.h"
#include "operations/containertree.h"
#include "operations/diskusage.h"
#include "operations/inspect.h"

#include <QJsonObject>
#include <QThread>

#include <csignal>

namespace berth {
namespace {

// Imports keep disk and processors busy; a third at a time would only make the others slower.
constexpr int importThreads = 2;
// All other jobs are short, or wait for a container to end and need nothing meanwhile.
constexpr int poolThreads = 16;

// Nobody is attached: the output goes to the log, the link is dropped at once.
Result<> startDetached(Store &store, const QString &id)
{
    if (const auto link = startContainer(store, id, monitor::Hello{}); !link)
        return std::unexpected(link.error());
    return {};
}

// The window shows whole sentences; whose side was at fault is in them.
Result<> plain(const CopyResult &copied)
{
    if (!copied)
        return std::unexpected(copied.error().error);
    return {};
}

// A cancelled future takes no result any more; this is for those who want one all the same.
class StoppableProgress final : public Progress {
public:
    StoppableProgress(Progress &progress, const std::atomic_bool &stop) : m_progress(progress), m_stop(stop) {}
    void report(qint64 done, qint64 total) override { m_progress.report(done, total); }
    [[nodiscard]] bool isCancelled() const override { return m_stop || m_progress.isCancelled(); }

private:
    Progress &m_progress;
    const std::atomic_bool &m_stop;
};

} // namespace

struct Engine::Private {
    EnginePaths paths;
    QThreadPool imports; // their own, so that a click never waits behind an import
    QThreadPool pool;
    QThread thread;
    QList<QFuture<void>> running; // to cancel at the end

    // For operations that neither cancel nor show progress.
    template<typename T, typename Operation> QFuture<Result<T>> job(Operation operation)
    {
        return started<T>(pool, [operation](Store &store, Progress &) { return operation(store); });
    }
    template<typename T, typename Operation> QFuture<Result<T>> started(QThreadPool &threads, Operation operation)
    {
        auto future = runJob<T>(threads, paths, std::move(operation));
        running.removeIf([](const QFuture<void> &other) { return other.isFinished(); });
        running.append(QFuture<void>(future));
        return future;
    }
};

Engine::Engine(EnginePaths paths, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->paths = std::move(paths);
    d->imports.setMaxThreadCount(importThreads);
    d->pool.setMaxThreadCount(poolThreads);
    d->thread.setObjectName(QStringLiteral("snapshots"));
    auto *worker = new SnapshotWorker(d->paths);
    worker->moveToThread(&d->thread);
    connect(&d->thread, &QThread::started, worker, &SnapshotWorker::start);
    connect(&d->thread, &QThread::finished, worker, &QObject::deleteLater);
    connect(worker, &SnapshotWorker::imagesRead, this, &Engine::imagesChanged);
    connect(worker, &SnapshotWorker::containersRead, this, &Engine::containersChanged);
    connect(worker, &SnapshotWorker::volumesRead, this, &Engine::volumesChanged);
    connect(worker, &SnapshotWorker::failed, this, &Engine::failed);
    d->thread.start();
}

Engine::~Engine()
{
    for (QFuture<void> &future : d->running)
        future.cancel();
    d->imports.waitForDone();
    d->pool.waitForDone();
    d->thread.quit();
    d->thread.wait();
}

QFuture<Result<>> Engine::prepare()
{
    return d->job<void>([](Store &store) { return prepareHost(store); });
}

QFuture<Result<ArchivePreview>> Engine::preview(const QString &path)
{
    return d->job<ArchivePreview>([path](Store &store) { return previewArchive(store, path); });
}

QFuture<Result<QList<ImportedImage>>> Engine::importArchive(const QString &path)
{
    return d->started<QList<ImportedImage>>(
        d->imports, [path](Store &store, Progress &progress) { return berth::importArchive(store, path, progress); });
}

QFuture<Result<RemovedImage>> Engine::removeImage(const QString &nameOrId, bool force)
{
    return d->job<RemovedImage>([=](Store &store) { return berth::removeImage(store, nameOrId, force); });
}

QFuture<Result<QString>> Engine::create(const RunOptions &options)
{
    return d->job<QString>([options](Store &store) {
        return createContainer(store, options).transform([](const ContainerInfo &made) { return made.id; });
    });
}

QFuture<Result<QString>> Engine::run(const RunOptions &options)
{
    return d->job<QString>([options](Store &store) -> Result<QString> {
        UniqueFd reservation; // until it is started nobody tidies it away
        const auto made = createContainer(store, options, &reservation);
        if (!made)
            return std::unexpected(made.error());
        if (const auto started = startDetached(store, made->id); !started)
            return std::unexpected(started.error());
        return made->id;
    });
}

QFuture<Result<>> Engine::start(const QString &id)
{
    return d->job<void>([id](Store &store) { return startDetached(store, id); });
}

QFuture<Result<>> Engine::stop(const QString &id)
{
    return d->job<void>([id](Store &store) { return stopContainer(store, id, std::nullopt); });
}

QFuture<Result<>> Engine::kill(const QString &id)
{
    return d->job<void>([id](Store &store) { return killContainer(store, id, SIGKILL); });
}

QFuture<Result<>> Engine::restart(const QString &id)
{
    return d->job<void>([id](Store &store) { return restartContainer(store, id, std::nullopt); });
}

QFuture<Result<>> Engine::pause(const QString &id, bool paused)
{
    return d->job<void>([=](Store &store) { return pauseContainer(store, id, paused); });
}

QFuture<Result<>> Engine::rename(const QString &id, const QString &name)
{
    return d->job<void>([=](Store &store) { return renameContainer(store, id, name); });
}

QFuture<Result<>> Engine::setRestartPolicy(const QString &id, const RestartPolicy &policy)
{
    return d->job<void>([=](Store &store) { return updateRestartPolicy(store, id, policy); });
}

QFuture<Result<>> Engine::remove(const QString &id, bool force)
{
    return d->job<void>(
        [=](Store &store) { return removeContainer(store, id, RemoveContainerOptions{.force = force, .volumes = false}); });
}

QFuture<Result<QStringList>> Engine::offeredCommands(const QString &id)
{
    return d->job<QStringList>([id](Store &store) { return berth::offeredCommands(store, id); });
}

QFuture<Result<qint64>> Engine::exportContainer(const QString &id, const QString &path)
{
    return d->started<qint64>(d->pool, [=](Store &store, Progress &progress) -> Result<qint64> {
        const auto written = writeFile(path, [&](int file) { return berth::exportContainer(store, id, file, progress); });
        if (!written)
            return std::unexpected(written.error());
        return QFile(path).size();
    });
}

QFuture<Result<>> Engine::copyOut(const QString &id, const QString &inside, const QString &folder)
{
    return d->started<void>(d->pool, [=](Store &store, Progress &progress) {
        return plain(
            copyFromContainer(store, id, inside.toStdString(), QFile::encodeName(folder).toStdString(), CopyOptions(), progress));
    });
}

QFuture<Result<>> Engine::copyIn(const QString &id, const QString &file, const QString &inside)
{
    return d->started<void>(d->pool, [=](Store &store, Progress &progress) {
        return plain(
            copyToContainer(store, id, QFile::encodeName(file).toStdString(), inside.toStdString(), CopyOptions(), progress));
    });
}

QFuture<Result<ImageInfo>> Engine::commit(const QString &id, const CommitOptions &options)
{
    return d->started<ImageInfo>(
        d->pool, [=](Store &store, Progress &progress) { return commitContainer(store, id, options, progress); });
}

QFuture<Result<QList<PathChange>>> Engine::changedPaths(const QString &id)
{
    return d->job<QList<PathChange>>([id](Store &store) { return berth::changedPaths(store, id); });
}

QFuture<Result<ProcessTable>> Engine::processes(const QString &id)
{
    return d->job<ProcessTable>([id](Store &store) { return containerProcesses(store, id, {}); });
}

QFuture<Result<QList<FigureSample>>> Engine::figures(const QStringList &ids)
{
    return d->job<QList<FigureSample>>(
        [ids](Store &store) -> Result<QList<FigureSample>> { return sampleContainers(store, ids); });
}

QFuture<Result<QJsonObject>> Engine::inspectContainer(const QString &id)
{
    return d->job<QJsonObject>([id](Store &store) { return berth::inspectContainer(store, id); });
}

QFuture<Result<QJsonObject>> Engine::inspectImage(const QString &id)
{
    return d->job<QJsonObject>([id](Store &store) { return berth::inspectImage(store, id); });
}

QFuture<Result<>> Engine::tagImage(const QString &id, const ImageReference &name)
{
    return d->job<void>([=](Store &store) { return berth::tagImage(store, id, name); });
}

QFuture<Result<QList<HistoryEntry>>> Engine::imageHistory(const QString &id)
{
    return d->job<QList<HistoryEntry>>([id](Store &store) { return berth::imageHistory(store, id); });
}

QFuture<Result<qint64>> Engine::saveImages(const QStringList &namesOrIds, const QString &path)
{
    return d->started<qint64>(d->pool, [=](Store &store, Progress &progress) -> Result<qint64> {
        const auto written = writeFile(path, [&](int file) { return berth::saveImages(store, namesOrIds, file, progress); });
        if (!written)
            return std::unexpected(written.error());
        return QFile(path).size();
    });
}

QFuture<Result<VolumeInfo>> Engine::createVolume(const QString &name, const QMap<QString, QString> &labels)
{
    return d->job<VolumeInfo>([=](Store &store) { return berth::createVolume(store, name, labels); });
}

QFuture<Result<>> Engine::removeVolume(const QString &name)
{
    return d->job<void>([name](Store &store) { return berth::removeVolume(store, name, false); });
}

QFuture<Result<QJsonObject>> Engine::inspectVolume(const QString &name)
{
    return d->job<QJsonObject>([name](Store &store) { return berth::inspectVolume(store, name); });
}

QFuture<Result<QHash<QString, qint64>>> Engine::volumeSizes(const QStringList &names)
{
    return d->started<QHash<QString, qint64>>(
        d->pool, [names](Store &store, Progress &progress) { return berth::volumeSizes(store, names, progress); });
}

QFuture<Result<CleanUpPlan>> Engine::planCleanUp(const CleanUpOptions &options)
{
    return d->started<CleanUpPlan>(
        d->pool, [options](Store &store, Progress &progress) { return berth::planCleanUp(store, options, progress); });
}

QFuture<Result<CleanUpChoice>> Engine::chooseCleanUp(const CleanUpPlan &all, const QSet<qsizetype> &wanted)
{
    return d->job<CleanUpChoice>([=](Store &store) { return berth::chooseCleanUp(store, all, wanted); });
}

QFuture<Result<CleanUpResult>> Engine::cleanUp(const CleanUpPlan &plan, const std::shared_ptr<std::atomic_bool> &stop)
{
    return d->started<CleanUpResult>(d->pool, [plan, stop](Store &store, Progress &progress) {
        StoppableProgress stoppable(progress, *stop);
        return berth::cleanUp(store, plan, stoppable);
    });
}

} // namespace berth
