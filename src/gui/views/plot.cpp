// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a plot knows and how it is used; plotpainting.cpp has how it looks.
#include "gui/views/plot.h"

#include "gui/views/plotscale.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace berth {

using namespace Qt::StringLiterals;

Plot::Plot(QString title, FigureUnit unit, QWidget *parent) : QWidget(parent), m_title(std::move(title)), m_unit(unit)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(m_title);
}

void Plot::setData(const QList<std::chrono::nanoseconds> &times, const QList<PlotLine> &lines)
{
    m_times = times;
    m_lines = lines;
    if (m_chosen && !m_times.contains(*m_chosen))
        m_chosen.reset(); // too old by now, or of another container
    describe();
    update();
}

void Plot::setLimit(std::optional<double> limit)
{
    m_limit = limit;
    update();
}

void Plot::setMissing(const QString &reason)
{
    m_missing = reason;
    describe();
    update();
}

void Plot::setNote(const QString &note) { setToolTip(note); }

QString Plot::valueText() const
{
    if (!m_missing.isEmpty())
        return missingFigureText();
    return m_times.isEmpty() ? QString() : valuesAt(m_times.size() - 1);
}

QString Plot::chosenText() const
{
    if (!m_chosen)
        return {};
    const auto ago = std::chrono::round<std::chrono::seconds>(m_times.last() - *m_chosen);
    return agoText(ago) + u": "_s + valuesAt(m_times.indexOf(*m_chosen));
}

double Plot::top() const
{
    double highest = 0;
    for (const PlotLine &line : m_lines) {
        for (const auto &value : line.values)
            highest = std::max(highest, value.value_or(0));
    }
    return scaleFor(highest, m_unit).top;
}

QString Plot::valuesAt(qsizetype moment) const
{
    QStringList texts;
    for (const PlotLine &line : m_lines) {
        const auto value = line.values.value(moment);
        const QString text = value ? figureText(*value, m_unit) : u"–"_s;
        texts.append(line.name.isEmpty() ? text : line.name + u' ' + text);
    }
    return texts.join(u" · "_s);
}

std::chrono::nanoseconds Plot::axis() const
{
    return timeAxisFor(m_times.isEmpty() ? std::chrono::nanoseconds() : m_times.last() - m_times.first());
}

// For screen readers, which see no line: what it says.
void Plot::describe()
{
    QString text = m_missing.isEmpty() ? valueText() : missingFigureText() + u". "_s + m_missing;
    double highest = -1;
    for (const PlotLine &line : m_lines) {
        for (const auto &value : line.values)
            highest = std::max(highest, value.value_or(-1));
    }
    if (m_missing.isEmpty() && highest >= 0)
        text += u". "_s + tr("Highest: %1").arg(figureText(highest, m_unit));
    if (m_chosen)
        text = chosenText() + u". "_s + text;
    setAccessibleDescription(text);
}

void Plot::choose(qsizetype moment)
{
    const auto before = m_chosen;
    m_chosen.reset();
    if (moment >= 0 && moment < m_times.size() && m_missing.isEmpty())
        m_chosen = m_times[moment];
    if (m_chosen == before)
        return;
    describe();
    update();
}

void Plot::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF position = event->position();
    if (m_times.isEmpty() || !area().adjusted(-4, 0, 4, 4).contains(position))
        return choose(-1);
    const auto nearest = std::ranges::min_element(
        m_times, {}, [&](std::chrono::nanoseconds time) { return std::abs(xOf(time) - position.x()); });
    constexpr qreal reach = 40; // pixels: further away the pointer is over a time that nobody looked at
    choose(std::abs(xOf(*nearest) - position.x()) <= reach ? nearest - m_times.begin() : -1);
}

void Plot::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    choose(-1);
}

void Plot::keyPressEvent(QKeyEvent *event)
{
    const qsizetype last = m_times.size() - 1;
    const qsizetype now = m_chosen ? m_times.indexOf(*m_chosen) : last;
    switch (event->key()) {
    case Qt::Key_Left: choose(m_chosen ? std::max<qsizetype>(now - 1, 0) : last); break;
    case Qt::Key_Right: choose(std::min(now + 1, last)); break;
    case Qt::Key_Home: choose(0); break;
    case Qt::Key_End: choose(last); break;
    case Qt::Key_Escape:
        if (m_chosen) {
            choose(-1);
            break;
        }
        [[fallthrough]];
    default: QWidget::keyPressEvent(event); return;
    }
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void Plot::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void Plot::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    choose(-1);
    update();
}

} // namespace berth
