// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerstate.h"

#include <QWidget>

#include <optional>

namespace berth {

// The life of a container as a picture: its states, the commands that lead from one to another, and
// where this container is. What is allowed now can be clicked; it comes from the one state table.
class LifecycleView final : public QWidget {
    Q_OBJECT
public:
    explicit LifecycleView(QWidget *parent = nullptr);

    void setState(ContainerState state);
    QSize sizeHint() const override { return {430, 160}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void actionRequested(berth::ContainerAction action);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    struct Edge;
    static const QList<Edge> &edges();
    [[nodiscard]] bool isOpen(const Edge &edge) const;
    [[nodiscard]] const Edge *edgeAt(QPointF position) const;
    void paintNode(QPainter &painter, const QRectF &box, const QString &text, bool current) const;
    void paintEdge(QPainter &painter, const Edge &edge) const;

    ContainerState m_state = ContainerState::Created;
    QPointF m_pointer{-1, -1};
};

} // namespace berth
