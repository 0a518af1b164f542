// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "store/store.h"

#include <QFuture>
#include <QPromise>
#include <QtConcurrentRun>
#include <QThreadPool>

#include <algorithm>
#include <limits>

namespace berth {

// A future's progress is an int, and archives are larger than 2 GiB: it counts KiB.
inline constexpr qint64 progressUnit = 1024;

template<typename T> class PromiseProgress final : public Progress {
public:
    explicit PromiseProgress(QPromise<T> &promise) : m_promise(promise) {}
    void report(qint64 done, qint64 total) override
    {
        m_promise.setProgressRange(0, units(total));
        m_promise.setProgressValue(units(done));
    }
    [[nodiscard]] bool isCancelled() const override { return m_promise.isCanceled(); }

private:
    static int units(qint64 bytes)
    {
        return static_cast<int>(std::min<qint64>(bytes / progressUnit, std::numeric_limits<int>::max()));
    }
    QPromise<T> &m_promise;
};

// Runs operation(Store &, Progress &) on the pool with a Store of its own. A Store belongs to one
// thread, and opening one is cheap.
template<typename T, typename Operation>
QFuture<Result<T>> runJob(QThreadPool &pool, const EnginePaths &paths, Operation operation)
{
    return QtConcurrent::run(&pool, [paths, operation = std::move(operation)](QPromise<Result<T>> &promise) {
        if (promise.isCanceled()) // while it waited for a thread
            return;
        auto store = Store::open(paths);
        if (!store) {
            promise.addResult(std::unexpected(store.error()));
            return;
        }
        PromiseProgress<Result<T>> progress(promise);
        promise.addResult(operation(*store, progress));
    });
}

} // namespace berth
