// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/cleanup.h"

#include <QHash>
#include <QSet>

namespace berth {

// What is left of a plan when only a part of it is wanted.
struct CleanUpChoice {
    CleanUpPlan plan;                       // what is wanted and can go, with the sizes that then go
    QHash<qsizetype, QStringList> blocked;  // by place in the whole plan: containers that stay and use it
};

// wanted has places in all.items. Layers that an image shares with one that stays are not counted, and what
// a container uses that is not wanted cannot go. Reads the index only; changes nothing.
Result<CleanUpChoice> chooseCleanUp(const Store &store, const CleanUpPlan &all, const QSet<qsizetype> &wanted);

} // namespace berth
