// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "core/volumeinfo.h"
#include "gui/models/listmodel.h"

#include <QHash>

#include <optional>

namespace berth {

// The volumes, by name. Sizes are measured apart from the snapshot, since that takes a walk through
// every volume: until one is known its row says so.
class VolumeModel final : public RowModel<VolumeInfo> {
    Q_OBJECT
public:
    enum Column { Name, UsedBy, Size, Created, Labels, Buttons, ColumnCount };
    enum RowAction { Remove, More };

    using RowModel::RowModel;

    [[nodiscard]] QStringList usersOf(const QString &name) const { return m_users.value(name); } // names of containers
    [[nodiscard]] std::optional<qint64> sizeOf(const QString &name) const;

    void setVolumes(const QList<VolumeInfo> &volumes, const QDateTime &now) { setRows(volumes, now); }
    void setContainers(const QList<ContainerInfo> &containers); // who uses which
    void setSizes(const QHash<QString, qint64> &bytes);         // by name

    // "3 volumes, 412MB · 1 not used by any container, 78MB"; without sizes until all are known.
    QString totals() const override;
    bool isActive(int row) const override { return rowAt(row).containers > 0; }
    QStringList searchTexts(int row) const override;
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString idOf(const VolumeInfo &volume) const override { return volume.name; }
    QList<QDateTime> timesOf(const VolumeInfo &volume) const override { return {volume.created}; }
    void forget(const QString &name) override { m_sizes.remove(name); } // another one of this name is another volume

private:
    [[nodiscard]] QString text(const VolumeInfo &volume, int column) const;
    [[nodiscard]] QVariant sortValue(const VolumeInfo &volume, int column) const;
    [[nodiscard]] QString toolTip(const VolumeInfo &volume, int column) const;

    QHash<QString, QStringList> m_users;
    QHash<QString, qint64> m_sizes;
};

// "a=1, b=2"; what a list or a command line shows of labels.
QString labelLine(const QMap<QString, QString> &labels);

} // namespace berth
