// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/listing.h"

#include <QDateTime>
#include <QJsonObject>

namespace berth {

// One line of `history` as the engine knows it; id is empty for a step that is no image of its own.
struct HistoryLine {
    QString id;
    QDateTime created;
    QString createdBy;
    QString comment;
    qint64 size = 0;
};

struct HistoryStyle {
    bool isHuman = true;      // ages and units instead of times and bytes
    bool truncates = true;
};

QJsonObject historyRow(const HistoryLine &line, const QDateTime &now, HistoryStyle style);
ListingLayout historyLayout(bool isHuman);

} // namespace berth
