// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

class QTimer;
class QVBoxLayout;

namespace berth {

namespace Ui {
class TaskRow;
}

// One long task: what it does, how far it is, how long it has taken, and a way to cancel it.
class TaskRow final : public QWidget {
    Q_OBJECT
public:
    explicit TaskRow(const QString &title, QWidget *parent = nullptr);
    ~TaskRow() override;

    void setWaiting();
    void setProgress(qint64 done, qint64 total); // bytes; total 0: unknown
    void setCancelling();
    void refresh();                              // the elapsed time

Q_SIGNALS:
    void cancelRequested();

private:
    std::unique_ptr<Ui::TaskRow> m_ui;
    qint64 m_started = 0; // milliseconds of the monotonic clock, 0: waiting
    qint64 m_done = 0;
    qint64 m_total = 0;
    bool m_cancelling = false;
};

// The tasks that are running or waiting, at the foot of the window; gone when there is none.
class TasksBar final : public QWidget {
    Q_OBJECT
public:
    explicit TasksBar(QWidget *parent = nullptr);

    TaskRow *addTask(const QString &title);
    void removeTask(TaskRow *row);
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_box;
    QTimer *m_clock;
    QList<TaskRow *> m_rows;
};

} // namespace berth
