// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/figurefeed.h"

#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <QWindow>

#include <utility>

namespace berth {

namespace {

using namespace std::chrono_literals;

// A percentage needs two looks; the first pair comes soon.
constexpr auto soon = 700ms;
// While a list is scrolled, others are seen all the time.
constexpr auto calm = 150ms;

} // namespace

FigureFeed::FigureFeed(QWidget *widget, std::function<QStringList()> wanted)
    : QObject(widget), m_widget(widget), m_wanted(std::move(wanted)), m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setTimerType(Qt::CoarseTimer);
    connect(m_timer, &QTimer::timeout, this, &FigureFeed::ask);
    widget->installEventFilter(this);
}

bool FigureFeed::isIdle() const { return !m_timer->isActive() && !m_isOpen; }

bool FigureFeed::isSeen() const
{
    const QWidget *window = m_widget->window();
    return m_widget->isVisible() && !window->isMinimized()
        && (window->windowHandle() == nullptr || window->windowHandle()->isExposed());
}

void FigureFeed::refresh()
{
    if (m_isOpen)
        return;
    if (!m_timer->isActive())
        ask();
    else if (m_wanted() != m_asked && m_timer->remainingTimeAsDuration() > calm)
        m_timer->start(calm);
}

void FigureFeed::ask()
{
    m_timer->stop();
    // It tells when it is exposed, for the first time or again.
    if (QWindow *window = m_widget->window()->windowHandle(); window != nullptr && window != m_window) {
        m_window = window;
        window->installEventFilter(this);
    }
    if (m_isOpen || !isSeen())
        return;
    const QStringList ids = m_wanted();
    m_isNew = std::exchange(m_asked, ids) != ids;
    if (ids.isEmpty())
        return;
    m_isOpen = true;
    Q_EMIT figuresWanted(ids);
}

void FigureFeed::answered()
{
    m_isOpen = false;
    if (isSeen())
        m_timer->start(m_isNew ? soon : m_interval);
}

bool FigureFeed::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Expose:
        // Behind the event: the widget is seen when it is through.
        QMetaObject::invokeMethod(this, &FigureFeed::refresh, Qt::QueuedConnection);
        break;
    case QEvent::Hide: m_timer->stop(); break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace berth
