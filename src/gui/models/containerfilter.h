// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace berth {

// Containers that match a text (name, image, id, command) and a state, sorted by raw values.
class ContainerFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum class States { All, Running, Stopped };

    explicit ContainerFilter(QObject *parent = nullptr);

    void setText(const QString &text);
    void setStates(States states);
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] States states() const { return m_states; }

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    QString m_text;
    States m_states = States::All;
};

} // namespace berth
