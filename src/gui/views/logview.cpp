// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/logview.h"

#include "gui/style/icons.h"
#include "gui/style/theme.h"
#include "gui/views/logfollower.h"
#include "gui/views/logtext.h"

#include "ui_logview.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSettings>
#include <QTextBlock>
#include <QTimer>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

constexpr int markDelayMs = 200;

} // namespace

LogView::LogView(QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::LogView>()), m_latestButton(new QPushButton(this)), m_markTimer(new QTimer(this))
{
    m_ui->setupUi(this);
    m_ui->text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->text->setMaximumBlockCount(maxLines);
    m_ui->previousButton->setIcon(lineIcon(u"up"_s));
    m_ui->nextButton->setIcon(lineIcon(u"down"_s));
    m_ui->timesButton->setIcon(lineIcon(u"clock"_s));
    m_ui->wrapButton->setIcon(lineIcon(u"wrap"_s));
    m_ui->copyButton->setIcon(lineIcon(u"copy"_s));
    m_ui->timesButton->setChecked(QSettings().value("logs/times"_L1, false).toBool());
    m_ui->wrapButton->setChecked(QSettings().value("logs/wrap"_L1, true).toBool());
    setWrap(m_ui->wrapButton->isChecked());
    m_latestButton->setObjectName("latestButton"_L1);
    m_latestButton->setIcon(lineIcon(u"latest"_s, QPalette::BrightText));
    m_latestButton->setFocusPolicy(Qt::NoFocus);
    m_latestButton->hide();

    m_markTimer->setSingleShot(true);
    m_markTimer->setInterval(markDelayMs);
    connect(m_markTimer, &QTimer::timeout, this, &LogView::markMatches);
    m_ui->searchEdit->installEventFilter(this);
    connect(m_ui->searchEdit, &QLineEdit::textChanged, this, &LogView::search);
    connect(m_ui->previousButton, &QToolButton::clicked, this, [this] { find(true); });
    connect(m_ui->nextButton, &QToolButton::clicked, this, [this] { find(false); });
    connect(m_ui->timesButton, &QToolButton::toggled, this, &LogView::setTimes);
    connect(m_ui->wrapButton, &QToolButton::toggled, this, &LogView::setWrap);
    connect(m_ui->copyButton, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(m_latestButton, &QPushButton::clicked, this, &LogView::jumpToLatest);
    connect(m_ui->text->verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::scrolled);
}

LogView::~LogView() = default;

void LogView::follow(const EnginePaths &paths, const QString &containerId)
{
    if (m_follower && containerId == m_containerId)
        return;
    clear();
    m_paths = paths;
    m_containerId = containerId;
    m_follower = std::make_unique<LogFollower>(paths, containerId, maxLines);
    // A batch of an earlier follower may still be in the event queue.
    connect(
        m_follower.get(), &LogFollower::entriesRead, this,
        [this, generation = ++m_generation](const QList<LogEntry> &entries) {
            if (generation == m_generation)
                receive(entries);
        },
        Qt::QueuedConnection);
    connect(m_follower.get(), &LogFollower::failed, this, &LogView::failed, Qt::QueuedConnection);
    m_follower->start();
}

void LogView::stop() { m_follower.reset(); }

void LogView::clear()
{
    stop();
    ++m_generation;
    m_containerId.clear();
    m_waiting.clear();
    m_waitingBatches = 0;
    m_ui->text->clear();
    m_atLineStart = true;
    m_following = true;
    m_unseen = 0;
    showLatestButton();
}

QString LogView::text() const { return m_ui->text->toPlainText(); }

void LogView::receive(const QList<LogEntry> &entries)
{
    if (!m_follower)
        return;
    const bool full = m_ui->text->blockCount() + entries.size() > maxLines;
    if (!m_following && full) {
        m_waiting += entries;
        ++m_waitingBatches;
        m_unseen += static_cast<int>(entries.size());
        showLatestButton();
        return; // not taken(): the follower stops when its few batches are under way
    }
    append(entries);
    m_follower->taken();
}

void LogView::append(const QList<LogEntry> &entries)
{
    {
        const QScopedValueRollback inserting(m_inserting, true);
        QTextCursor cursor(m_ui->text->document());
        cursor.movePosition(QTextCursor::End);
        cursor.beginEditBlock();
        for (const LogEntry &entry : entries)
            insert(entry, cursor);
        cursor.endEditBlock();
        if (m_following)
            m_ui->text->verticalScrollBar()->setValue(m_ui->text->verticalScrollBar()->maximum());
        else
            m_unseen += static_cast<int>(entries.size());
    }
    if (!m_ui->searchEdit->text().isEmpty() && !m_markTimer->isActive())
        m_markTimer->start();
    showLatestButton();
}

void LogView::insert(const LogEntry &entry, QTextCursor &cursor)
{
    const ThemeColors &colors = themeColors(palette());
    if (m_atLineStart && m_ui->timesButton->isChecked()) {
        QTextCharFormat format;
        format.setForeground(colors.secondaryText);
        cursor.insertText(entry.time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz  "_s), format);
    }
    QTextCharFormat format;
    if (entry.stream == LogEntry::Stream::Stderr)
        format.setForeground(colors.amber);
    cursor.insertText(plainLogText(entry.text), format);
    m_atLineStart = entry.text.endsWith('\n');
}

void LogView::scrolled()
{
    if (m_inserting)
        return;
    const QScrollBar *bar = m_ui->text->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - 1;
    if (atEnd && !m_following)
        jumpToLatest();
    m_following = atEnd;
    showLatestButton();
}

void LogView::jumpToLatest()
{
    m_following = true;
    m_unseen = 0;
    const auto waiting = std::exchange(m_waiting, {});
    if (!waiting.isEmpty()) {
        append(waiting);
        for (qsizetype batch = std::exchange(m_waitingBatches, 0); m_follower && batch > 0; --batch)
            m_follower->taken();
    }
    m_ui->text->verticalScrollBar()->setValue(m_ui->text->verticalScrollBar()->maximum());
    showLatestButton();
}

void LogView::showLatestButton()
{
    m_latestButton->setVisible(!m_following);
    if (m_following)
        return;
    m_latestButton->setText(m_unseen == 0 ? tr("Jump to latest") : tr("Jump to latest · %n new", nullptr, m_unseen));
    m_latestButton->adjustSize();
    const QPoint corner(width() - m_latestButton->width() - 28, height() - m_latestButton->height() - 14);
    m_latestButton->move(corner);
    m_latestButton->raise();
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_following)
        m_ui->text->verticalScrollBar()->setValue(m_ui->text->verticalScrollBar()->maximum());
    showLatestButton();
}

void LogView::setTimes(bool shown)
{
    QSettings().setValue("logs/times"_L1, shown);
    if (!m_follower)
        return;
    const QString id = m_containerId;
    clear();
    follow(m_paths, id);
}

void LogView::setWrap(bool wrapped)
{
    QSettings().setValue("logs/wrap"_L1, wrapped);
    m_ui->text->setLineWrapMode(wrapped ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    if (m_following) // the end is at another place now
        jumpToLatest();
}

} // namespace berth
