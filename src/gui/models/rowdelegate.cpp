// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/rowdelegate.h"

#include "gui/models/stateshape.h"
#include "gui/style/icons.h"
#include "gui/style/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace berth {

void RowDelegate::setHover(int row, QPoint position)
{
    m_hoverRow = row;
    m_pointer = position;
}

QRect RowDelegate::buttonRect(const QRect &cell, qsizetype count, qsizetype number)
{
    const int step = buttonSide + buttonGap;
    const int left = cell.right() - sideMargin / 2 - static_cast<int>(count - number) * step;
    return {left, cell.center().y() - buttonSide / 2 + 1, buttonSide, buttonSide};
}

std::optional<RowButton> RowDelegate::buttonAt(const QModelIndex &index, const QRect &cell, QPoint position)
{
    const auto buttons = index.data(ButtonsRole).value<QList<RowButton>>();
    for (qsizetype number = 0; number < buttons.size(); ++number) {
        if (buttonRect(cell, buttons.size(), number).contains(position))
            return buttons.at(number);
    }
    return std::nullopt;
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColors &colors = themeColors(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = index.row() == m_hoverRow;
    if (selected)
        painter->fillRect(option.rect, option.palette.color(QPalette::Highlight));
    else if (hovered)
        painter->fillRect(option.rect, option.palette.color(QPalette::AlternateBase));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
        QColor(colors.border.red(), colors.border.green(), colors.border.blue(), 120));

    const auto buttons = index.data(ButtonsRole).value<QList<RowButton>>();
    if (!buttons.isEmpty()) {
        paintButtons(painter, option, buttons, selected || hovered, hovered);
        return;
    }
    QRect rect = option.rect.adjusted(sideMargin, 0, -sideMargin, 0);
    const QVariant shape = index.data(ShapeRole);
    if (shape.isValid()) {
        const auto state = static_cast<StateShape>(shape.toInt());
        const QRectF square(rect.left() + 4, rect.center().y() - 5, 11, 11);
        paintStateShape(painter, square, state, stateColor(state, option.palette));
        rect.setLeft(rect.left() + 26);
    }
    QFont font = option.font;
    const bool faded = index.data(FadedRole).toBool();
    if (!faded)
        font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(faded && !selected ? colors.secondaryText : option.palette.color(QPalette::Text));
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const auto flags = alignment.isValid() ? alignment.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);
    const QString text = index.data(Qt::DisplayRole).toString().simplified();
    painter->drawText(rect, flags | Qt::TextSingleLine, QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
}

void RowDelegate::paintButtons(
    QPainter *painter, const QStyleOptionViewItem &option, const QList<RowButton> &buttons, bool rowActive, bool rowHovered) const
{
    const ThemeColors &colors = themeColors(option.palette);
    for (qsizetype number = 0; number < buttons.size(); ++number) {
        const RowButton &button = buttons.at(number);
        const QRect rect = buttonRect(option.rect, buttons.size(), number);
        QColor color = rowActive ? option.palette.color(QPalette::Text) : colors.secondaryText;
        if (!button.enabled)
            color = option.palette.color(QPalette::Disabled, QPalette::Text);
        if (!button.enabled || !rowActive)
            color.setAlphaF(button.enabled ? 0.75F : 0.45F);
        if (rowHovered && button.enabled && rect.contains(m_pointer)) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(colors.border);
            painter->drawRoundedRect(rect, 6, 6);
        }
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect.adjusted(5, 5, -5, -5), linePixmap(button.icon, {18, 18}, color, ratio));
    }
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto buttons = index.data(ButtonsRole).value<QList<RowButton>>();
    const int height = std::max(option.fontMetrics.height() + 20, buttonSide + 8);
    if (!buttons.isEmpty())
        return {static_cast<int>(buttons.size()) * (buttonSide + buttonGap) + 2 * sideMargin, height};
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    const int shape = index.data(ShapeRole).isValid() ? 26 : 0;
    const QString text = index.data(Qt::DisplayRole).toString();
    return {QFontMetrics(bold).horizontalAdvance(text) + 2 * sideMargin + shape + 4, height};
}

bool RowDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::ToolTip) {
        if (const auto button = buttonAt(index, option.rect, event->pos())) {
            QToolTip::showText(event->globalPos(), button->toolTip, view->window());
            return true;
        }
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

} // namespace berth
