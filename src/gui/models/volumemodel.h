// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "core/volumeinfo.h"
#include "gui/models/listroles.h"

#include <QAbstractTableModel>
#include <QHash>

#include <chrono>
#include <optional>

namespace berth {

// The volumes of the last snapshot. Sizes are measured apart from it, since that takes a walk through
// every volume: until one is known its row says so.
class VolumeModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, UsedBy, Size, Created, Labels, Buttons, ColumnCount };
    enum RowAction { Remove, More };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] const VolumeInfo &volumeAt(int row) const { return m_volumes.at(row); }
    [[nodiscard]] const VolumeInfo *find(const QString &name) const; // until the next change
    [[nodiscard]] const QList<VolumeInfo> &volumes() const { return m_volumes; }
    [[nodiscard]] QStringList usersOf(const QString &name) const { return m_users.value(name); } // names of containers
    [[nodiscard]] std::optional<qint64> sizeOf(const QString &name) const;

    void setVolumes(const QList<VolumeInfo> &volumes, const QDateTime &now); // diff by name
    void setContainers(const QList<ContainerInfo> &containers);              // who uses which
    void setSizes(const QHash<QString, qint64> &bytes);                      // by name

    // "3 volumes, 412MB · 1 not used by any container, 78MB"; without sizes until all are known.
    [[nodiscard]] QString totals() const;
    std::optional<std::chrono::milliseconds> refreshTimes(const QDateTime &now);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] int rowOf(const QString &name) const;
    [[nodiscard]] QString text(const VolumeInfo &volume, int column) const;
    [[nodiscard]] QVariant sortValue(const VolumeInfo &volume, int column) const;
    [[nodiscard]] QString toolTip(const VolumeInfo &volume, int column) const;
    void announce(int row);

    QList<VolumeInfo> m_volumes;
    QHash<QString, QStringList> m_users;
    QHash<QString, qint64> m_sizes;
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};

// "a=1, b=2"; what a list or a command line shows of labels.
QString labelLine(const QMap<QString, QString> &labels);

} // namespace berth
