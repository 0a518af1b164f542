// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QFutureWatcher>

namespace berth {

// Calls done(Result<T>) in the window's thread when the job has ended, unless context is gone by then.
// Not QFuture::then(): cancelling its result would not reach the job. The watcher lives until then and
// may be asked for progress.
template<typename T, typename Done>
QFutureWatcher<Result<T>> *whenDone(const QFuture<Result<T>> &future, QObject *context, Done done)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        done(resultOf(watcher->future()));
    });
    watcher->setFuture(future);
    return watcher;
}

} // namespace berth
