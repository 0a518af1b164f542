// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <chrono>
#include <functional>

class QTimer;
class QWidget;
class QWindow;

namespace berth {

// Asks again and again for the figures of what can be seen of a widget, and at no other time: while it is hidden, its
// window minimised or covered as far as the desktop tells, or nothing in it wants figures, no timer runs.
class FigureFeed final : public QObject {
    Q_OBJECT
public:
    // wanted: ids of containers; none: nothing to ask for. They are asked for in turn, never two questions at once.
    FigureFeed(QWidget *widget, std::function<QStringList()> wanted);

    void refresh(); // what can be seen, or what runs, may have changed
    void setInterval(std::chrono::milliseconds interval) { m_interval = interval; } // from an answer to the next question
    void answered(); // to be called for each question, with or without figures
    [[nodiscard]] bool isIdle() const; // neither a question is open nor one to come

Q_SIGNALS:
    void figuresWanted(const QStringList &ids);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool isSeen() const;
    void ask();

    QWidget *m_widget;
    QPointer<QWindow> m_window;
    std::function<QStringList()> m_wanted;
    QTimer *m_timer;
    std::chrono::milliseconds m_interval{2000};
    QStringList m_asked;   // the last time
    bool m_isNew = false;  // which are not those of the time before
    bool m_isOpen = false; // a question without its answer
};

} // namespace berth
