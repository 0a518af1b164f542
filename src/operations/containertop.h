// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QSet>

namespace berth {

// The rows of the host's ps that belong to a container.
struct ProcessTable {
    QStringList titles;
    QList<QStringList> rows; // as many cells as titles; the last one may hold spaces
};
// options: of ps; empty: -ef.
Result<ProcessTable> containerProcesses(Store &store, const QString &nameOrId, const QStringList &options);

// Keeps what ps says of these processes. Only the PID column decides, and it has to be a number.
Result<ProcessTable> parseProcessTable(const QString &text, const QSet<qint64> &processes);

} // namespace berth
