// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/views/rowsview.h"
#include "operations/containerchanges.h"
#include "operations/containertop.h"
#include "operations/imageoperations.h"

namespace berth {

// What the tables in the details show.
Rows processRows(const ProcessTable &processes);
Rows changeRows(const QList<PathChange> &changes);
Rows historyRows(const QList<HistoryEntry> &history, const QDateTime &now);

} // namespace berth
