// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/logfollower.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <array>

namespace berth {

LogFollower::LogFollower(EnginePaths paths, QString containerId, qint64 tail, QObject *parent)
    : QObject(parent), m_paths(std::move(paths)), m_containerId(std::move(containerId)), m_tail(tail),
      m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

void LogFollower::start()
{
    m_thread = std::jthread([this](const std::stop_token &stop) { follow(stop); });
}

LogFollower::~LogFollower()
{
    m_thread.request_stop();
    m_room.release();
    ::eventfd_write(m_wake.get(), 1);
    if (m_thread.joinable())
        m_thread.join();
}

void LogFollower::follow(const std::stop_token &stop)
{
    auto store = Store::open(m_paths);
    if (!store)
        return Q_EMIT failed(store.error());
    auto reader = LogReader::open(*store, m_containerId, {.tail = m_tail, .since = {}, .until = {}});
    if (!reader)
        return Q_EMIT failed(reader.error());
    while (!stop.stop_requested()) {
        if (!deliver(*reader, stop))
            return;
        std::array<pollfd, 2> waits{pollfd{reader->changeFd(), POLLIN, 0}, pollfd{m_wake.get(), POLLIN, 0}};
        ::poll(waits.data(), waits.size(), -1);
    }
}

bool LogFollower::deliver(LogReader &reader, const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        auto entries = reader.readMore(batchEntries);
        if (!entries) {
            Q_EMIT failed(entries.error());
            return false;
        }
        if (entries->isEmpty())
            return true;
        m_room.acquire();
        if (!stop.stop_requested())
            Q_EMIT entriesRead(*entries);
    }
    return false;
}

} // namespace berth
