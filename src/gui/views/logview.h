// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/containerlogs.h"

#include <QTextCharFormat>
#include <QWidget>

#include <memory>

class QPushButton;
class QTextCursor;
class QTimer;

namespace berth {

class LogFollower;

namespace Ui {
class LogView;
}

// A container's log. It follows the end until the person scrolls up, and again when the end is reached
// or "Jump to latest" is pressed. Keeps the last maxLines lines; while the person reads further up and
// that is full, new text waits in the file so that nothing moves below the eyes.
class LogView final : public QWidget {
    Q_OBJECT
public:
    static constexpr int maxLines = 10'000;

    explicit LogView(QWidget *parent = nullptr);
    ~LogView() override;

    void follow(const EnginePaths &paths, const QString &containerId);
    void stop();                                    // keeps the text
    void clear();
    void append(const QList<LogEntry> &entries);
    void focusSearch();
    [[nodiscard]] bool isFollowing() const { return m_following; }
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void failed(const berth::Error &error);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void receive(const QList<LogEntry> &entries);
    void insert(const LogEntry &entry, QTextCursor &cursor);
    void scrolled();
    void jumpToLatest();
    void showLatestButton();
    void search(const QString &text);
    void markMatches();
    void find(bool backward);
    void setTimes(bool shown);
    void setWrap(bool wrapped);

    std::unique_ptr<Ui::LogView> m_ui;
    std::unique_ptr<LogFollower> m_follower;
    qsizetype m_waitingBatches = 0;
    QPushButton *m_latestButton;
    QTimer *m_markTimer;        // text that comes is searched now and then, not for every line
    EnginePaths m_paths;
    QString m_containerId;
    QList<LogEntry> m_waiting;  // held back while reading further up with a full view
    int m_generation = 0;
    int m_unseen = 0;           // lines below that the person has not seen
    bool m_following = true;
    bool m_inserting = false;
    bool m_atLineStart = true;
};

} // namespace berth
