// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace berth {

// Volumes that match a text (name, label, user) and whether containers use them, sorted by raw values.
class VolumeFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum class Use { All, Used, Unused };

    explicit VolumeFilter(QObject *parent = nullptr);

    void setText(const QString &text);
    void setUse(Use use);
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] Use use() const { return m_use; }

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    QString m_text;
    Use m_use = Use::All;
};

} // namespace berth
