// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/lifecycleview.h"

#include "gui/style/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

constexpr QSizeF nodeSize{78, 28};
const QRectF createdBox{QPointF(4, 36), nodeSize};
const QRectF runningBox{QPointF(174, 36), nodeSize};
const QRectF exitedBox{QPointF(344, 36), nodeSize};
const QRectF pausedBox{QPointF(174, 128), nodeSize};
const QRectF removedBox{QPointF(344, 128), nodeSize};

} // namespace

struct LifecycleView::Edge {
    ContainerState from;
    ContainerAction action;
    QPointF start, end;
    QPointF label;     // its centre
};

const QList<LifecycleView::Edge> &LifecycleView::edges()
{
    using enum ContainerAction;
    static const QList<Edge> all{
        {ContainerState::Created, Start, {82, 50}, {172, 50}, {127, 50}},
        {ContainerState::Running, Stop, {252, 43}, {342, 43}, {297, 36}},
        {ContainerState::Running, Kill, {252, 43}, {342, 43}, {297, 13}},
        {ContainerState::Exited, Start, {344, 57}, {254, 57}, {297, 66}},
        {ContainerState::Running, Pause, {202, 64}, {202, 126}, {178, 96}},
        {ContainerState::Paused, Unpause, {224, 128}, {224, 66}, {258, 96}},
        {ContainerState::Paused, Stop, {252, 140}, {362, 66}, {283, 119}},
        {ContainerState::Paused, Kill, {252, 140}, {362, 66}, {330, 88}},
        {ContainerState::Exited, Remove, {391, 64}, {391, 126}, {391, 96}},
    };
    return all;
}

LifecycleView::LifecycleView(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LifecycleView::setState(ContainerState state)
{
    m_state = state;
    setAccessibleName(tr("Life of a container; now: %1").arg(dockerName(state)));
    update();
}

bool LifecycleView::isOpen(const Edge &edge) const { return edge.from == m_state && can(m_state, edge.action); }

const LifecycleView::Edge *LifecycleView::edgeAt(QPointF position) const
{
    for (const Edge &edge : edges()) {
        const qreal width = fontMetrics().horizontalAdvance(dockerVerb(edge.action)) + 16;
        if (QRectF(edge.label.x() - width / 2, edge.label.y() - 10, width, 20).contains(position))
            return &edge;
    }
    return nullptr;
}

void LifecycleView::paintNode(QPainter &painter, const QRectF &box, const QString &text, bool current) const
{
    const ThemeColors &colors = themeColors(palette());
    painter.setPen(QPen(current ? colors.accent : colors.border, 1.5));
    painter.setBrush(current ? QBrush(colors.accent) : QBrush(palette().color(QPalette::Base)));
    painter.drawRoundedRect(box, 8, 8);
    painter.setPen(current ? colors.accentText : colors.secondaryText);
    QFont own = font();
    own.setBold(current);
    painter.setFont(own);
    painter.drawText(box, Qt::AlignCenter, text);
    painter.setFont(font());
}

void LifecycleView::paintEdge(QPainter &painter, const Edge &edge) const
{
    const ThemeColors &colors = themeColors(palette());
    const bool open = isOpen(edge);
    const QColor color = open ? colors.accent : colors.border;
    painter.setPen(QPen(color, open ? 1.8 : 1.2));
    painter.drawLine(edge.start, edge.end);
    const QLineF line(edge.end, edge.start);
    for (const qreal turn : {-28.0, 28.0}) {
        QLineF barb = line;
        barb.setLength(7);
        barb.setAngle(line.angle() + turn);
        painter.drawLine(barb);
    }
    const qreal width = painter.fontMetrics().horizontalAdvance(dockerVerb(edge.action)) + 14;
    const QRectF pill(edge.label.x() - width / 2, edge.label.y() - 10, width, 20);
    painter.setPen(open ? QPen(colors.accent, 1) : QPen(Qt::NoPen));
    const bool hovered = open && edgeAt(m_pointer) == &edge;
    painter.setBrush(hovered ? colors.infoTint.darker(106) : open ? colors.infoTint : palette().color(QPalette::Base));
    painter.drawRoundedRect(pill, 10, 10);
    painter.setPen(open ? palette().color(QPalette::Text) : palette().color(QPalette::PlaceholderText));
    painter.drawText(pill, Qt::AlignCenter, dockerVerb(edge.action));
}

void LifecycleView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const bool open : {false, true}) { // allowed ways lie above the others
        for (const Edge &edge : edges()) {
            if (isOpen(edge) == open)
                paintEdge(painter, edge);
        }
    }
    using enum ContainerState;
    paintNode(painter, createdBox, dockerName(Created), m_state == Created);
    paintNode(painter, runningBox, dockerName(Running), m_state == Running || m_state == Restarting);
    paintNode(painter, exitedBox, dockerName(Exited), m_state == Exited || m_state == Dead);
    paintNode(painter, pausedBox, dockerName(Paused), m_state == Paused);
    paintNode(painter, removedBox, u"removed"_s, m_state == Removing);
}

void LifecycleView::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position();
    const Edge *edge = edgeAt(m_pointer);
    setCursor(edge != nullptr && isOpen(*edge) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(edge != nullptr ? u"berth %1"_s.arg(dockerVerb(edge->action)) : QString());
    update();
}

void LifecycleView::mouseReleaseEvent(QMouseEvent *event)
{
    const Edge *edge = edgeAt(event->position());
    if (event->button() == Qt::LeftButton && edge != nullptr && isOpen(*edge))
        Q_EMIT actionRequested(edge->action);
}

void LifecycleView::leaveEvent(QEvent *)
{
    m_pointer = {-1, -1};
    update();
}

} // namespace berth
