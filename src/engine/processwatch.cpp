// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/processwatch.h"

#include "base/uniquefd.h"

#include <QSet>
#include <QSocketNotifier>

#include <sys/syscall.h>

namespace berth {

struct ProcessWatch::Watched {
    UniqueFd pidfd;
    std::unique_ptr<QSocketNotifier> notifier; // destroyed before the descriptor it watches
};

ProcessWatch::ProcessWatch(QObject *parent) : QObject(parent) {}

ProcessWatch::~ProcessWatch() = default;

void ProcessWatch::setContainers(const QList<ContainerInfo> &containers)
{
    QSet<qint64> running;
    for (const ContainerInfo &container : containers) {
        if (container.pid > 0)
            running.insert(container.pid);
    }
    m_watched.removeIf([&](const auto &entry) { return !running.contains(entry.key()); });
    for (const qint64 pid : std::as_const(running)) {
        if (!m_watched.contains(pid))
            watch(pid);
    }
}

void ProcessWatch::watch(qint64 pid)
{
    auto watched = std::make_shared<Watched>();
    watched->pidfd.reset(static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0)));
    if (!watched->pidfd) // ended in between; whoever recorded the pid records the end too
        return;
    watched->notifier = std::make_unique<QSocketNotifier>(watched->pidfd.get(), QSocketNotifier::Read);
    connect(watched->notifier.get(), &QSocketNotifier::activated, this, [this, raw = watched.get()] {
        raw->notifier->setEnabled(false); // a pidfd stays readable for ever
        Q_EMIT ended();
    });
    m_watched.insert(pid, watched);
}

} // namespace berth
