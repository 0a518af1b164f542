// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QSignalSpy>
#include <QTest>

namespace berth {

// What an Engine has told so far, as the window would hear it.
class EngineProbe {
public:
    explicit EngineProbe(Engine &engine)
    {
        QObject::connect(&engine, &Engine::imagesChanged, &m_context, [this](const QList<ImageInfo> &list) {
            images = list;
            ++imageSnapshots;
        });
        QObject::connect(&engine, &Engine::containersChanged, &m_context, [this](const QList<ContainerInfo> &list) {
            containers = list;
            ++containerSnapshots;
        });
        QObject::connect(&engine, &Engine::volumesChanged, &m_context, [this](const QList<VolumeInfo> &list) {
            volumes = list;
            ++volumeSnapshots;
        });
        QObject::connect(&engine, &Engine::failed, &m_context,
            [this](const Error &error) { failures.append(QString::fromStdString(error.detail)); });
    }

    [[nodiscard]] const ContainerInfo *named(const QString &name) const
    {
        const auto found = std::ranges::find(containers, name, &ContainerInfo::name);
        return found == containers.end() ? nullptr : &*found;
    }
    [[nodiscard]] bool isIn(const QString &name, ContainerState state) const
    {
        return named(name) != nullptr && named(name)->state == state;
    }

    QList<ImageInfo> images;
    QList<ContainerInfo> containers;
    QList<VolumeInfo> volumes;
    QStringList failures;
    int imageSnapshots = 0;
    int containerSnapshots = 0;
    int volumeSnapshots = 0;

private:
    QObject m_context;
};

// Runs the event loop until the job is done.
template<typename T> Result<T> waited(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        return fail(ErrorCode::Internal, "the job did not end");
    return resultOf(future);
}

// How often each thread of this process gave up the processor, by thread id. Source: proc(5), status.
inline QMap<QString, qint64> threadSwitches()
{
    QMap<QString, qint64> switches;
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile status(tasks.filePath(task + QStringLiteral("/status")));
        if (!status.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("voluntary_ctxt_switches:"))
                switches.insert(task, line.split('\t').value(1).toLongLong());
        }
    }
    return switches;
}

} // namespace berth
