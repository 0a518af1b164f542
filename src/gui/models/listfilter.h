// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace berth {

class ListModel;

// The rows of a ListModel that have all words of a text and are of one kind, sorted by raw values.
class ListFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum class Kind { All, Active, Idle }; // see ListModel::isActive

    explicit ListFilter(ListModel *model, QObject *parent = nullptr);

    void setText(const QString &text);
    void setKind(Kind kind);
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] Kind kind() const { return m_kind; }

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    const ListModel *m_model;
    QString m_text;
    Kind m_kind = Kind::All;
};

} // namespace berth
