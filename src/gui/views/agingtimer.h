// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <chrono>
#include <functional>
#include <optional>

class QTimer;
class QWidget;

namespace berth {

// Calls refresh when a text that tells an age may have changed, and only while widget is to be seen.
// refresh returns how long the texts stay as they are; nothing: until told again by restart().
class AgingTimer final : public QObject {
    Q_OBJECT
public:
    using Refresh = std::function<std::optional<std::chrono::milliseconds>()>;
    AgingTimer(QWidget *widget, Refresh refresh);

    void restart(); // after new data

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void tick();

    QWidget *m_widget;
    Refresh m_refresh;
    QTimer *m_timer;
};

} // namespace berth
