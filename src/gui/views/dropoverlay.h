// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace berth {

// Lies over the whole window while files are dragged over it and says what a drop will do.
class DropOverlay final : public QWidget {
    Q_OBJECT
public:
    explicit DropOverlay(QWidget *window);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace berth
