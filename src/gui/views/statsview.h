// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/figurebook.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QScrollArea;

namespace berth {

class Plot;

// The tab that shows what a container has used in the last minutes. Asks for nothing itself.
class StatsView final : public QWidget {
    Q_OBJECT
public:
    explicit StatsView(QWidget *parent = nullptr);

    void setFigures(const FigureSample &last, const QList<FigurePoint> &history);
    void setNotice(const QString &notice); // and no plots
    [[nodiscard]] QString notice() const;  // as shown; empty: there are plots

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    QScrollArea *m_area;
    QGridLayout *m_grid;
    QLabel *m_notice;
    Plot *m_cpu;
    Plot *m_memory;
    Plot *m_network;
    Plot *m_disk;
    int m_columns = 0;
};

} // namespace berth
