// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPainter;

namespace berth {

// Says what a drop will do while files are dragged over the window: it lies over all of it, or, where a drop on
// a row means something else, along its upper edge, where no rows are.
class DropOverlay final : public QWidget {
    Q_OBJECT
public:
    explicit DropOverlay(QWidget *window);

    void coverWindow();
    // container: the name of the one that the files would be copied into; empty: none is below the pointer.
    void showStrip(const QString &container);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void place();
    void paintWhole(QPainter &painter) const;
    void paintStrip(QPainter &painter) const;

    bool m_isStrip = false;
    QString m_container;
};

} // namespace berth
