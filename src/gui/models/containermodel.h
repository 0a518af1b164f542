// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "gui/models/figurebook.h"
#include "gui/models/listmodel.h"

#include <QHash>

namespace berth {

// The containers, by id.
class ContainerModel final : public RowModel<ContainerInfo> {
    Q_OBJECT
public:
    enum Column { Name, Image, Status, Created, Cpu, Memory, ContainerId, Command, Buttons, ColumnCount };
    // What the small buttons of a row ask for; the numbers in RowButton::action.
    enum RowAction { StartOrStop, Terminal, Remove, More };

    using RowModel::RowModel;

    [[nodiscard]] int runningCount() const;
    void setContainers(const QList<ContainerInfo> &containers, const QDateTime &now);

    void setFigures(const QList<FigureSample> &samples);
    [[nodiscard]] const FigureBook &figures() const { return m_figures; }

    // Shows text ("Stopping…") as the status while an action runs; an empty text ends it.
    void setPending(const QString &id, const QString &text);
    [[nodiscard]] bool isPending(const QString &id) const { return m_pending.contains(id); }

    QString totals() const override; // "2 running · 5 in total"
    bool isActive(int row) const override { return isUp(rowAt(row).state); }
    QStringList searchTexts(int row) const override;
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString idOf(const ContainerInfo &container) const override { return container.id; }
    QList<QDateTime> timesOf(const ContainerInfo &container) const override
    {
        return {container.created, container.started, container.finished};
    }
    void forget(const QString &id) override
    {
        m_pending.remove(id);
        m_figures.forget(id);
    }

private:
    [[nodiscard]] QString text(const ContainerInfo &container, int column) const;
    [[nodiscard]] QVariant sortValue(const ContainerInfo &container, int column) const;
    [[nodiscard]] QString toolTip(const ContainerInfo &container, int column) const;
    [[nodiscard]] QString figureText(const ContainerInfo &container, int column) const;
    [[nodiscard]] QString memoryToolTip(const ContainerInfo &container) const;
    [[nodiscard]] QList<RowButton> buttons(const ContainerInfo &container) const;

    QHash<QString, QString> m_pending; // id → text
    FigureBook m_figures;
};

} // namespace berth
