// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "gui/models/listroles.h"

#include <QAbstractTableModel>
#include <QHash>

#include <chrono>
#include <optional>

namespace berth {

// The containers of the last snapshot. Texts that tell an age are computed for the time of the last
// refreshTimes(), so that nothing changes unannounced.
class ContainerModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Image, Status, Created, ContainerId, Command, Buttons, ColumnCount };
    // What the small buttons of a row ask for; the numbers in RowButton::action.
    enum RowAction { StartOrStop, Terminal, Remove, More };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] const ContainerInfo &containerAt(int row) const { return m_containers.at(row); }
    [[nodiscard]] const ContainerInfo *find(const QString &id) const; // until the next change
    [[nodiscard]] const QList<ContainerInfo> &containers() const { return m_containers; }
    [[nodiscard]] int runningCount() const;

    void setContainers(const QList<ContainerInfo> &containers, const QDateTime &now); // diff by id

    // Shows text ("Stopping…") as the status while an action runs; an empty text ends it.
    void setPending(const QString &id, const QString &text);
    [[nodiscard]] bool isPending(const QString &id) const { return m_pending.contains(id); }

    // Announces the rows whose texts differ now; returns when to ask again, or nothing without rows.
    std::optional<std::chrono::milliseconds> refreshTimes(const QDateTime &now);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] int rowOf(const QString &id) const;
    [[nodiscard]] QString text(const ContainerInfo &container, int column) const;
    [[nodiscard]] QVariant sortValue(const ContainerInfo &container, int column) const;
    [[nodiscard]] QString toolTip(const ContainerInfo &container, int column) const;
    [[nodiscard]] QList<RowButton> buttons(const ContainerInfo &container) const;

    QList<ContainerInfo> m_containers;
    QHash<QString, QString> m_pending; // id → text
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};

} // namespace berth
