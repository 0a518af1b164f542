// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/figuretext.h"

#include <QList>
#include <QWidget>

#include <chrono>
#include <optional>

namespace berth {

// One line of a plot. A moment without a value, and a long time without a moment, is a gap.
struct PlotLine {
    QString name; // beside its value, where there are several
    QList<std::optional<double>> values; // one for each of the plot's times
};

// One or two quantities over the last minutes: a title with the value of now, both axes with their units, and the
// value of another moment below the pointer or by the arrow keys. Draws when it is told something new, and at no
// other time.
class Plot final : public QWidget {
    Q_OBJECT
public:
    Plot(QString title, FigureUnit unit, QWidget *parent = nullptr);

    // times: oldest first, of a clock that only goes forward; the last is "now".
    void setData(const QList<std::chrono::nanoseconds> &times, const QList<PlotLine> &lines);
    // A dashed line, where the scale reaches so far; the title names it.
    void setLimit(std::optional<double> limit);
    // Instead of lines: why there are none. Empty: there are.
    void setMissing(const QString &reason);
    void setNote(const QString &note); // how the numbers came about, as a tool tip

    [[nodiscard]] QString valueText() const; // beside the title
    [[nodiscard]] QString chosenText() const; // of the moment below the pointer; empty: none
    [[nodiscard]] double top() const; // of the axis
    QSize sizeHint() const override { return {360, 150}; }
    QSize minimumSizeHint() const override { return {220, 104}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] QRectF area() const; // of the lines
    [[nodiscard]] qreal xOf(std::chrono::nanoseconds time) const;
    [[nodiscard]] qreal yOf(double value) const;
    [[nodiscard]] QColor colorOf(qsizetype line) const;
    [[nodiscard]] QString valuesAt(qsizetype moment) const;
    [[nodiscard]] std::chrono::nanoseconds axis() const;
    void choose(qsizetype moment); // -1: none
    void describe();
    void paintTitle(QPainter &painter) const;
    void paintAxes(QPainter &painter) const;
    void paintTimes(QPainter &painter) const;
    void paintLine(QPainter &painter, qsizetype line) const;
    void paintLimit(QPainter &painter) const;
    void paintChosen(QPainter &painter) const;
    void paintMissing(QPainter &painter) const;

    QString m_title;
    FigureUnit m_unit;
    QList<std::chrono::nanoseconds> m_times;
    QList<PlotLine> m_lines;
    std::optional<double> m_limit;
    QString m_missing;
    std::optional<std::chrono::nanoseconds> m_chosen; // stays at its moment when new ones come
};

} // namespace berth
