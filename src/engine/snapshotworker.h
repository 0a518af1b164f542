// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "engine/processwatch.h"
#include "store/store.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace berth {

// Lives in the engine's worker thread. Reads the lists when it starts and after each change that any
// process makes (inotify on the store's "changed" file), and emits those that differ from the last time.
class SnapshotWorker final : public QObject {
    Q_OBJECT
public:
    explicit SnapshotWorker(EnginePaths paths);
    ~SnapshotWorker() override;

    // Opens the store and the watch; called in the worker thread.
    void start();

Q_SIGNALS:
    void imagesRead(const QList<berth::ImageInfo> &images);
    void containersRead(const QList<berth::ContainerInfo> &containers);
    void volumesRead(const QList<berth::VolumeInfo> &volumes);
    void failed(const berth::Error &error);

private:
    Result<> open();
    Result<> read();
    void refresh();
    void drainWatch();

    EnginePaths m_paths;
    std::optional<Store> m_store;
    UniqueFd m_watch;
    QTimer m_debounce;
    QTimer m_afterEnd;
    ProcessWatch m_processes;
    std::optional<QList<ImageInfo>> m_images;         // as last emitted
    std::optional<QList<ContainerInfo>> m_containers; // as last emitted
    std::optional<QList<VolumeInfo>> m_volumes;       // as last emitted
};

} // namespace berth
