// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runjob.h"
#include "gui/frame.h"
#include "gui/views/tasksbar.h"
#include "gui/whendone.h"

#include <functional>

namespace berth {

// Shows the job in the tasks bar while it runs, with its progress and a button that cancels it; then
// done(Result<T>), unless context is gone. stop: cancels in another way than by the future.
template<typename T, typename Done>
void followInTasks(const QFuture<Result<T>> &future, const QString &title, const Frame &frame, QObject *context, Done done,
    const std::function<void()> &stop = {})
{
    TaskRow *row = frame.tasks->addTask(title);
    row->setProgress(0, 0);
    auto *watcher = whenDone(future, context, [frame, row, done = std::move(done)](const Result<T> &result) {
        frame.tasks->removeTask(row);
        done(result);
    });
    QObject::connect(watcher, &QFutureWatcherBase::progressValueChanged, row,
        [watcher, row](int value) { row->setProgress(value * progressUnit, watcher->progressMaximum() * progressUnit); });
    QObject::connect(row, &TaskRow::cancelRequested, watcher, [watcher, row, stop] {
        row->setCancelling();
        if (stop)
            stop();
        else
            watcher->cancel();
    });
}

} // namespace berth
