// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/detailrows.h"

#include "core/humantext.h"
#include "gui/models/relativetime.h"

#include <QCoreApplication>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(DetailRows)
};

} // namespace

Rows processRows(const ProcessTable &processes)
{
    // The titles are those of ps, as `berth top` prints them.
    Rows rows{.headers = processes.titles,
        .rows = processes.rows,
        .numbers = {},
        .wide = static_cast<int>(processes.titles.size()) - 1,
        .notice = {}};
    for (const QString &title : {u"PID"_s, u"PPID"_s, u"C"_s})
        rows.numbers.append(static_cast<int>(processes.titles.indexOf(title)));
    return rows;
}

Rows changeRows(const QList<PathChange> &changes)
{
    Rows rows;
    rows.headers = {Say::tr("Change"), Say::tr("Path")};
    rows.wide = 1;
    rows.notice = Say::tr("Nothing differs from its image.");
    for (const PathChange &change : changes) {
        const QString kind = change.kind == PathChange::Kind::Added ? Say::tr("Added")
            : change.kind == PathChange::Kind::Deleted              ? Say::tr("Deleted")
                                                                    : Say::tr("Changed");
        rows.rows.append({kind, QString::fromUtf8(change.path)});
    }
    return rows;
}

Rows historyRows(const QList<HistoryEntry> &history, const QDateTime &now)
{
    Rows rows;
    rows.headers = {Say::tr("Created"), Say::tr("Step"), Say::tr("Size")};
    rows.numbers = {2};
    rows.wide = 1;
    rows.notice = Say::tr("The image does not say how it was made.");
    for (const HistoryEntry &entry : history) {
        const QString step = entry.comment.isEmpty() ? entry.createdBy : entry.createdBy + u" # "_s + entry.comment;
        rows.rows.append(
            {entry.created.isValid() ? relativeTime(entry.created, now) : QString(), step.simplified(), humanSize(entry.size)});
    }
    return rows;
}

} // namespace berth
