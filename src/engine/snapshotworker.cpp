// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/snapshotworker.h"

#include "operations/containeroperations.h"

#include <QFile>
#include <QSocketNotifier>

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include <sys/inotify.h>

using namespace std::chrono_literals;

namespace berth {
namespace {

// A verb touches the file a few times in a row; one reading serves them all. Far below the 200 ms in
// which a change must be seen.
constexpr auto debounce = 25ms;
// What a living monitor needs to write its exit record after process 1 has ended. Only when it has
// not done so is the container taken for lost.
constexpr auto patienceWithMonitor = 500ms;

// Touched by Store after each change. IN_ATTRIB is the touch, the others are a new file in its place.
constexpr std::string_view changedFile = "changed";
constexpr std::uint32_t watchedEvents = IN_ATTRIB | IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;

} // namespace

SnapshotWorker::SnapshotWorker(EnginePaths paths) : m_paths(std::move(paths))
{
    for (QTimer *timer : {&m_debounce, &m_afterEnd}) {
        timer->setParent(this); // moves to the worker thread with this object
        timer->setSingleShot(true);
    }
    m_processes.setParent(this);
    m_debounce.setInterval(debounce);
    m_afterEnd.setInterval(patienceWithMonitor);
    connect(&m_debounce, &QTimer::timeout, this, &SnapshotWorker::refresh);
    connect(&m_processes, &ProcessWatch::ended, &m_afterEnd, qOverload<>(&QTimer::start));
    connect(&m_afterEnd, &QTimer::timeout, this, [this] {
        if (const auto done = reconcile(*m_store); !done)
            Q_EMIT failed(done.error());
        refresh();
    });
}

SnapshotWorker::~SnapshotWorker() = default;

void SnapshotWorker::start()
{
    if (const auto opened = open(); !opened) {
        Q_EMIT failed(opened.error());
        return;
    }
    // Show what there is at once; what a crash left is put right behind it.
    refresh();
    if (const auto done = reconcile(*m_store); !done)
        Q_EMIT failed(done.error());
    refresh();
}

Result<> SnapshotWorker::open()
{
    auto store = Store::open(m_paths);
    if (!store)
        return std::unexpected(store.error());
    m_store = std::move(*store);
    m_watch.reset(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (!m_watch)
        return failErrno("cannot watch for changes");
    // The folder, not the file: a watch on the file would be lost with it when a backup is restored.
    const QByteArray folder = QFile::encodeName(m_paths.data);
    if (::inotify_add_watch(m_watch.get(), folder.constData(), watchedEvents) < 0)
        return failErrno("cannot watch " + folder.toStdString());
    auto *notifier = new QSocketNotifier(m_watch.get(), QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &SnapshotWorker::drainWatch);
    return {};
}

void SnapshotWorker::drainWatch()
{
    alignas(inotify_event) std::array<char, 4096> buffer;
    bool isChanged = false;
    for (ssize_t size = 0; (size = ::read(m_watch.get(), buffer.data(), buffer.size())) > 0;) {
        for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
            const auto *event = reinterpret_cast<const inotify_event *>(buffer.data() + at);
            at += sizeof(inotify_event) + event->len;
            if ((event->mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0)
                Q_EMIT failed(Error{ErrorCode::Unavailable,
                    "the folder " + m_paths.data.toStdString() + " was moved or removed; start Berth again"});
            isChanged = isChanged || (event->mask & IN_Q_OVERFLOW) != 0
                || (event->len > 0 && std::string_view(event->name) == changedFile);
        }
    }
    // Not restarted by later events, or a busy store would never be shown.
    if (isChanged && !m_debounce.isActive())
        m_debounce.start();
}

void SnapshotWorker::refresh()
{
    if (const auto done = read(); !done)
        Q_EMIT failed(done.error());
}

Result<> SnapshotWorker::read()
{
    auto images = m_store->images();
    if (!images)
        return std::unexpected(images.error());
    auto containers = m_store->containers();
    if (!containers)
        return std::unexpected(containers.error());
    auto volumes = m_store->volumes();
    if (!volumes)
        return std::unexpected(volumes.error());
    m_processes.setContainers(*containers);
    if (m_images != *images) {
        m_images = *images;
        Q_EMIT imagesRead(*images);
    }
    if (m_containers != *containers) {
        m_containers = *containers;
        Q_EMIT containersRead(*containers);
    }
    if (m_volumes != *volumes) {
        m_volumes = *volumes;
        Q_EMIT volumesRead(*volumes);
    }
    return {};
}

} // namespace berth
