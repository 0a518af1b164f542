// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/listroles.h"
#include "gui/models/relativetime.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace berth {

// What a list page and its filter ask every model for.
class ListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    // One line about all rows, above the list.
    [[nodiscard]] virtual QString totals() const = 0;
    // A container that runs; an image or a volume that a container uses.
    [[nodiscard]] virtual bool isActive(int row) const = 0;
    // What the words of the filter are looked for in, one line each.
    [[nodiscard]] virtual QStringList searchTexts(int row) const = 0;
    // Announces the rows whose texts tell another age now; returns when to ask again, or nothing without rows.
    virtual std::optional<std::chrono::milliseconds> refreshTimes(const QDateTime &now) = 0;
};

// The rows of the last snapshot, in the order in which they came. A snapshot is a whole list: what differs from
// the last one, by id, is announced row by row, so that views keep what is selected.
// Texts that tell an age are those of the last setRows() or refreshTimes(), so that nothing changes unannounced.
template<typename Row> class RowModel : public ListModel {
public:
    using ListModel::ListModel;

    [[nodiscard]] const Row &rowAt(int row) const { return m_rows.at(row); }
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }
    [[nodiscard]] const Row *find(const QString &id) const // until the next change
    {
        const int row = rowOf(id);
        return row < 0 ? nullptr : &m_rows.at(row);
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
    std::optional<std::chrono::milliseconds> refreshTimes(const QDateTime &now) override
    {
        std::optional<std::chrono::milliseconds> soonest;
        const QDateTime before = std::exchange(m_now, now);
        for (int row = 0; row < m_rows.size(); ++row) {
            bool changed = false;
            for (const QDateTime &time : timesOf(m_rows.at(row))) {
                if (!time.isValid())
                    continue;
                changed = changed || relativeTime(time, before) != relativeTime(time, now);
                const auto wait = untilTextChanges(time, now);
                soonest = soonest ? std::min(*soonest, wait) : wait;
            }
            if (changed)
                announce(row, {Qt::DisplayRole});
        }
        return soonest;
    }

protected:
    [[nodiscard]] virtual QString idOf(const Row &row) const = 0; // IdRole
    [[nodiscard]] virtual QList<QDateTime> timesOf(const Row &row) const = 0; // whose ages are shown
    virtual void forget(const QString &) {} // the row of that id goes now

    void setRows(const QList<Row> &rows, const QDateTime &now)
    {
        m_now = now;
        QSet<QString> wanted;
        for (const Row &row : rows)
            wanted.insert(idOf(row));
        for (int row = rowCount() - 1; row >= 0; --row) {
            const QString id = idOf(m_rows.at(row));
            if (wanted.contains(id))
                continue;
            beginRemoveRows({}, row, row);
            forget(id);
            m_rows.removeAt(row);
            endRemoveRows();
        }
        QHash<QString, int> places;
        for (int row = 0; row < rowCount(); ++row)
            places.insert(idOf(m_rows.at(row)), row);
        for (const Row &fresh : rows) {
            const QString id = idOf(fresh);
            const int row = places.value(id, -1);
            if (row < 0) {
                places.insert(id, rowCount());
                beginInsertRows({}, rowCount(), rowCount());
                m_rows.append(fresh);
                endInsertRows();
            } else if (m_rows.at(row) != fresh) {
                m_rows[row] = fresh;
                announce(row);
            }
        }
    }
    void announce(int row, const QList<int> &roles = {})
    {
        Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1), roles);
    }
    [[nodiscard]] int rowOf(const QString &id) const // -1: none
    {
        const auto found = std::ranges::find_if(m_rows, [&](const Row &row) { return idOf(row) == id; });
        return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
    }
    [[nodiscard]] const QDateTime &now() const { return m_now; }

private:
    QList<Row> m_rows;
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};

} // namespace berth
