// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// How a plot looks.
#include "gui/style/theme.h"
#include "gui/views/plot.h"
#include "gui/views/plotscale.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal labelWidth = 74; // of the values beside the axis
constexpr qreal margin = 8;
constexpr std::chrono::seconds longestStep(6); // between two moments of one line; more is a gap

QColor faded(QColor color, float alpha)
{
    color.setAlphaF(alpha);
    return color;
}

} // namespace

QRectF Plot::area() const
{
    const qreal line = fontMetrics().height();
    return QRectF(rect()).adjusted(labelWidth, line + 2 * margin, -margin - 6, -line - 6);
}

qreal Plot::xOf(std::chrono::nanoseconds time) const
{
    const QRectF box = area();
    const auto ago = std::chrono::duration<double>(m_times.last() - time);
    return box.right() - box.width() * (ago / std::chrono::duration<double>(axis()));
}

qreal Plot::yOf(double value) const
{
    const QRectF box = area();
    return box.bottom() - box.height() * std::min(value / top(), 1.0);
}

QColor Plot::colorOf(qsizetype line) const
{
    const ThemeColors &colors = themeColors(palette());
    return line == 0 ? colors.blue : colors.amber;
}

void Plot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors &colors = themeColors(palette());
    painter.setPen(hasFocus() ? QPen(palette().color(QPalette::Accent), 1.5) : QPen(colors.border, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    paintTitle(painter);
    if (!m_missing.isEmpty())
        return paintMissing(painter);
    paintAxes(painter);
    painter.save();
    painter.setClipRect(area().adjusted(0, -2, 2, 2));
    for (qsizetype line = m_lines.size() - 1; line >= 0; --line)
        paintLine(painter, line);
    painter.restore();
    paintLimit(painter);
    if (m_chosen)
        paintChosen(painter);
}

// The values of now, each with a piece of its line: what is known by colour alone is not known to everybody.
void Plot::paintTitle(QPainter &painter) const
{
    const QRectF row(margin + 2, margin - 2, width() - 2 * margin - 4, fontMetrics().height() + 4);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::Text));
    const qreal titleWidth = QFontMetricsF(bold).horizontalAdvance(m_title) + 14;
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    painter.setFont(font());
    if (!m_missing.isEmpty() || m_times.isEmpty())
        return;
    qreal right = row.right();
    for (qsizetype line = m_lines.size() - 1; line >= 0; --line) {
        const auto value = m_lines[line].values.value(m_times.size() - 1);
        QString text = value ? figureText(*value, m_unit) : u"–"_s;
        if (!m_lines[line].name.isEmpty())
            text.prepend(m_lines[line].name + u' ');
        if (m_limit && line == 0)
            text = tr("%1 of %2").arg(text, figureText(*m_limit, m_unit));
        const qreal wide = fontMetrics().horizontalAdvance(text);
        const bool several = m_lines.size() > 1;
        if (right - wide - (several ? 24 : 0) < row.left() + titleWidth)
            return; // no room; the tip below the pointer has it
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRectF(right - wide, row.top(), wide + 1, row.height()), Qt::AlignRight | Qt::AlignVCenter, text);
        right -= wide + 6;
        if (several) {
            painter.setPen(QPen(colorOf(line), 2, line == 0 ? Qt::SolidLine : Qt::DotLine));
            painter.drawLine(QPointF(right - 16, row.center().y()), QPointF(right, row.center().y()));
            right -= 30;
        }
    }
}

void Plot::paintAxes(QPainter &painter) const
{
    const ThemeColors &colors = themeColors(palette());
    const QRectF box = area();
    const qreal line = fontMetrics().height();
    double highest = 0;
    for (const PlotLine &each : m_lines) {
        for (const auto &value : each.values)
            highest = std::max(highest, value.value_or(0));
    }
    const PlotScale scale = scaleFor(highest, m_unit);
    // Where all labels would touch: the ends, and the middle if there is a line.
    const int steps = static_cast<int>(std::lround(scale.top / scale.step));
    const int skip = box.height() / steps >= line ? 1 : steps % 2 == 0 ? steps / 2 : steps;
    for (int number = 0; number <= steps; ++number) {
        const double value = scale.step * number;
        const qreal y = yOf(value);
        painter.setPen(QPen(number == 0 ? colors.grey : faded(colors.border, 0.8F), 1));
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
        if (number % skip != 0)
            continue;
        painter.setPen(colors.secondaryText);
        painter.drawText(
            QRectF(0, y - line / 2, labelWidth - 7, line), Qt::AlignRight | Qt::AlignVCenter, axisText(value, m_unit));
    }
    paintTimes(painter);
}

// Both ends have their label, the others as far as there is room.
void Plot::paintTimes(QPainter &painter) const
{
    const ThemeColors &colors = themeColors(palette());
    const QRectF box = area();
    const auto span = std::chrono::duration_cast<std::chrono::seconds>(axis());
    const int steps = span > std::chrono::minutes(2) ? 5 : 4; // whole minutes, or quarters
    QList<int> order{0, steps};
    for (int number = 1; number < steps; ++number)
        order.append(number);
    QList<QRectF> taken;
    for (const int number : std::as_const(order)) {
        const qreal x = box.left() + box.width() * number / steps;
        painter.setPen(QPen(colors.grey, 1));
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 3));
        const QString text = agoText(span - span * number / steps);
        const qreal wide = fontMetrics().horizontalAdvance(text) + 1;
        const qreal left = std::clamp(x - wide / 2, box.left() - 4, width() - margin - wide);
        const QRectF place(left, box.bottom() + 3, wide, fontMetrics().height());
        if (std::ranges::any_of(taken, [&](const QRectF &other) { return other.adjusted(-10, 0, 10, 0).intersects(place); }))
            continue;
        taken.append(place);
        painter.setPen(colors.secondaryText);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignTop, text);
    }
}

void Plot::paintLine(QPainter &painter, qsizetype line) const
{
    const QColor color = colorOf(line);
    const auto &values = m_lines[line].values;
    QPainterPath path;
    QPointF start, last;
    int points = 0;
    const auto finish = [&] {
        if (points == 1) { // nobody would see a line of one point
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawEllipse(last, 2, 2);
        } else if (points > 1) {
            QPainterPath below = path;
            below.lineTo(last.x(), area().bottom());
            below.lineTo(start.x(), area().bottom());
            painter.fillPath(below, faded(color, line == 0 ? 0.16F : 0.08F));
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(color, 1.8, line == 0 ? Qt::SolidLine : Qt::DotLine, Qt::RoundCap, Qt::RoundJoin));
            painter.drawPath(path);
        }
        points = 0;
    };
    for (qsizetype moment = 0; moment < m_times.size(); ++moment) {
        const auto value = values.value(moment);
        if (!value || (moment > 0 && m_times[moment] - m_times[moment - 1] > longestStep))
            finish();
        if (!value)
            continue;
        const QPointF point(xOf(m_times[moment]), yOf(*value));
        if (points++ == 0) {
            path = QPainterPath(point);
            start = point;
        } else {
            path.lineTo(point);
        }
        last = point;
    }
    finish();
}

void Plot::paintLimit(QPainter &painter) const
{
    if (!m_limit || *m_limit > top())
        return;
    painter.setPen(QPen(themeColors(palette()).red, 1.2, Qt::DashLine));
    painter.drawLine(QPointF(area().left(), yOf(*m_limit)), QPointF(area().right(), yOf(*m_limit)));
}

void Plot::paintChosen(QPainter &painter) const
{
    const QRectF box = area();
    const qreal x = xOf(*m_chosen);
    painter.setPen(QPen(palette().color(QPalette::Text), 1));
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
    const auto moment = m_times.indexOf(*m_chosen);
    for (qsizetype line = 0; line < m_lines.size(); ++line) {
        if (const auto value = m_lines[line].values.value(moment)) {
            painter.setPen(QPen(palette().color(QPalette::Base), 1.5));
            painter.setBrush(colorOf(line));
            painter.drawEllipse(QPointF(x, yOf(*value)), 4, 4);
        }
    }
    const QString text = chosenText();
    const QSizeF size(fontMetrics().horizontalAdvance(text) + 14, fontMetrics().height() + 6);
    const qreal rightmost = width() - size.width() - 4;
    const qreal left = std::clamp(x - size.width() / 2, std::min(box.left(), rightmost), rightmost);
    const QRectF bubble(QPointF(left, box.top() - 2), size);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::ToolTipBase));
    painter.drawRoundedRect(bubble, 4, 4);
    painter.setPen(palette().color(QPalette::ToolTipText));
    painter.drawText(bubble, Qt::AlignCenter, text);
}

void Plot::paintMissing(QPainter &painter) const
{
    const ThemeColors &colors = themeColors(palette());
    const QRectF box = QRectF(rect()).adjusted(16, fontMetrics().height() + 12, -16, -10);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    const qreal largeHeight = QFontMetricsF(large).height();
    const QRectF reason = fontMetrics().boundingRect(box.toRect(), Qt::AlignHCenter | Qt::TextWordWrap, m_missing);
    const qreal top = box.center().y() - (largeHeight + reason.height() + 4) / 2;
    painter.setPen(colors.secondaryText);
    painter.setFont(large);
    painter.drawText(QRectF(box.left(), top, box.width(), largeHeight), Qt::AlignCenter, missingFigureText());
    painter.setFont(font());
    painter.drawText(QRectF(box.left(), top + largeHeight + 4, box.width(), reason.height() + 4),
        Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_missing);
}

} // namespace berth
