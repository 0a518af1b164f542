// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/views/cleanuprows.h"

namespace berth {

// The commands that remove the wanted rows, each as its words: a prune when it would find just these, else
// the names. rows are all that could go; wanted has places in it. age: "until=…" of a prune, or empty.
QList<QStringList> cleanUpCommands(const QList<CleanUpRow> &rows, const QSet<qsizetype> &wanted, const QString &age);

} // namespace berth
