// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/listroles.h"

#include <QStyledItemDelegate>

#include <optional>

namespace berth {

// Draws the rows of our lists: one calm line per row, a state shape before the name, secondary text in
// a softer colour, and small buttons at the end. Knows nothing about what the rows are.
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static constexpr int buttonSide = 28;
    static constexpr int buttonGap = 2;
    static constexpr int sideMargin = 10;

    // The row below the pointer is tinted as a whole; -1: none.
    void setHover(int row, QPoint position);

    // The button at a position of a cell, if one is there and enabled.
    static std::optional<RowButton> buttonAt(const QModelIndex &index, const QRect &cell, QPoint position);
    static QRect buttonRect(const QRect &cell, qsizetype count, qsizetype number);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(
        QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override;

private:
    void paintButtons(QPainter *painter, const QStyleOptionViewItem &option, const QList<RowButton> &buttons, bool rowActive,
        bool rowHovered) const;

    int m_hoverRow = -1;
    QPoint m_pointer;
};

} // namespace berth
