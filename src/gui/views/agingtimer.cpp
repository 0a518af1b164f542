// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/agingtimer.h"

#include <QEvent>
#include <QTimer>
#include <QWidget>

namespace berth {

AgingTimer::AgingTimer(QWidget *widget, Refresh refresh)
    : QObject(widget), m_widget(widget), m_refresh(std::move(refresh)), m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setTimerType(Qt::CoarseTimer);
    connect(m_timer, &QTimer::timeout, this, &AgingTimer::tick);
    widget->installEventFilter(this);
}

void AgingTimer::restart()
{
    if (m_widget->isVisible())
        tick();
}

bool AgingTimer::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show)
        tick();
    else if (event->type() == QEvent::Hide)
        m_timer->stop();
    return QObject::eventFilter(watched, event);
}

void AgingTimer::tick()
{
    const auto wait = m_refresh();
    m_timer->stop();
    // A moment later than the change, because a coarse timer may fire early.
    if (wait && m_widget->isVisible() && !m_widget->window()->isMinimized())
        m_timer->start(*wait + std::chrono::milliseconds(60) + *wait / 20);
}

} // namespace berth
