// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace berth {

// Looks for text in the terminal and its scroll-back. Enter goes to older places, Shift+Enter to
// newer ones, Escape closes.
class SearchBar final : public QWidget {
    Q_OBJECT
public:
    explicit SearchBar(QWidget *parent = nullptr);

    // Shows the bar and selects its text; a text is offered when something is marked.
    void open(const QString &suggestion);
    // current counts from 0 at the oldest match, -1 is none.
    void showResult(qsizetype current, qsizetype count);

Q_SIGNALS:
    void needleChanged(const QString &needle, Qt::CaseSensitivity sensitivity);
    void olderRequested();
    void newerRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void close();
    void emitNeedle();
    QToolButton *addButton(const QString &icon, const QString &text, const QString &toolTip);

    QLineEdit *m_edit;
    QLabel *m_result;
    QToolButton *m_case;
};

} // namespace berth
