// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/stateshape.h"

#include "gui/style/theme.h"

#include <QPainter>

namespace berth {

StateShape stateShape(const ContainerInfo &container)
{
    switch (container.state) {
    case ContainerState::Created: return StateShape::Created;
    case ContainerState::Running: return StateShape::Running;
    case ContainerState::Paused: return StateShape::Paused;
    case ContainerState::Restarting:
    case ContainerState::Removing: return StateShape::Changing;
    case ContainerState::Exited: return container.exitCode == 0 ? StateShape::Exited : StateShape::Failed;
    case ContainerState::Dead: return StateShape::Dead;
    }
    return StateShape::Dead;
}

QColor stateColor(StateShape shape, const QPalette &palette)
{
    const ThemeColors &colors = themeColors(palette);
    switch (shape) {
    case StateShape::Running: return colors.green;
    case StateShape::Paused:
    case StateShape::Changing: return colors.amber;
    case StateShape::Created: return colors.blue;
    case StateShape::Exited: return colors.grey;
    case StateShape::Failed:
    case StateShape::Dead: return colors.red;
    }
    return colors.grey;
}

void paintStateShape(QPainter *painter, const QRectF &square, StateShape shape, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal side = square.width();
    const QRectF inner = square.adjusted(1, 1, -1, -1);
    QPen pen(color, side / 6);
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    switch (shape) {
    case StateShape::Running: painter->drawEllipse(inner); break;
    case StateShape::Paused: {
        const qreal bar = side * 0.28;
        painter->drawRoundedRect(QRectF(inner.left(), inner.top(), bar, inner.height()), 1.5, 1.5);
        painter->drawRoundedRect(QRectF(inner.right() - bar, inner.top(), bar, inner.height()), 1.5, 1.5);
        break;
    }
    case StateShape::Exited: painter->drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2); break;
    case StateShape::Failed: {
        const QPointF corners[]{{square.center().x(), square.top() + 0.5}, {square.right(), square.bottom() - 1},
            {square.left(), square.bottom() - 1}};
        painter->setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolygon(corners, 3);
        break;
    }
    case StateShape::Created:
        painter->setBrush(Qt::NoBrush);
        painter->setPen(pen);
        painter->drawEllipse(inner.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case StateShape::Changing:
        painter->setBrush(Qt::NoBrush);
        painter->setPen(pen);
        painter->drawArc(inner.adjusted(0.5, 0.5, -0.5, -0.5), 30 * 16, 250 * 16);
        break;
    case StateShape::Dead:
        painter->setPen(pen);
        painter->drawLine(inner.topLeft(), inner.bottomRight());
        painter->drawLine(inner.topRight(), inner.bottomLeft());
        break;
    }
    painter->restore();
}

} // namespace berth
