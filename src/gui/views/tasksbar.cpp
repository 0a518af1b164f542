// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/tasksbar.h"

#include "core/humantext.h"
#include "gui/style/icons.h"

#include "ui_taskrow.h"

#include <QDeadlineTimer>
#include <QPainter>
#include <QStyleOption>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

qint64 nowMs() { return QDeadlineTimer::current().deadline(); }

QString elapsedText(qint64 ms)
{
    const qint64 seconds = ms / 1000;
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

TaskRow::TaskRow(const QString &title, QWidget *parent) : QWidget(parent), m_ui(std::make_unique<Ui::TaskRow>())
{
    m_ui->setupUi(this);
    m_ui->titleLabel->setText(title);
    m_ui->progressBar->setAccessibleName(title);
    m_ui->cancelButton->setIcon(lineIcon(u"close"_s));
    connect(m_ui->cancelButton, &QToolButton::clicked, this, &TaskRow::cancelRequested);
    setWaiting();
}

TaskRow::~TaskRow() = default;

void TaskRow::setWaiting()
{
    m_started = 0;
    m_ui->progressBar->setRange(0, 1000);
    m_ui->progressBar->setValue(0);
    m_ui->progressLabel->setText(tr("waiting"));
}

void TaskRow::setProgress(qint64 done, qint64 total)
{
    if (m_started == 0)
        m_started = nowMs();
    m_done = done;
    m_total = total;
    m_ui->progressBar->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_ui->progressBar->setValue(static_cast<int>(done * 1000 / total));
    refresh();
}

void TaskRow::setCancelling()
{
    m_cancelling = true;
    m_ui->cancelButton->setEnabled(false);
    m_ui->progressLabel->setText(tr("cancelling…"));
}

void TaskRow::refresh()
{
    if (m_started == 0 || m_cancelling)
        return;
    const QString elapsed = elapsedText(nowMs() - m_started);
    if (m_total > 0)
        m_ui->progressLabel->setText(tr("%1 of %2 · %3").arg(humanSize(m_done), humanSize(m_total), elapsed));
    else
        m_ui->progressLabel->setText(elapsed);
}

TasksBar::TasksBar(QWidget *parent) : QWidget(parent), m_box(new QVBoxLayout(this)), m_clock(new QTimer(this))
{
    setObjectName("tasksBar"_L1);
    m_box->setContentsMargins(0, 4, 0, 4);
    m_box->setSpacing(0);
    m_clock->setInterval(std::chrono::seconds(1));
    connect(m_clock, &QTimer::timeout, this, [this] {
        for (TaskRow *row : std::as_const(m_rows))
            row->refresh();
    });
    hide();
}

TaskRow *TasksBar::addTask(const QString &title)
{
    auto *row = new TaskRow(title, this);
    m_rows.append(row);
    m_box->addWidget(row);
    m_clock->start();
    show();
    return row;
}

void TasksBar::removeTask(TaskRow *row)
{
    m_rows.removeOne(row);
    row->hide();
    row->deleteLater();
    if (!m_rows.isEmpty())
        return;
    m_clock->stop();
    hide();
}

void TasksBar::paintEvent(QPaintEvent *)
{
    QStyleOption option;
    option.initFrom(this);
    QPainter painter(this);
    style()->drawPrimitive(QStyle::PE_Widget, &option, &painter, this);
}

} // namespace berth
