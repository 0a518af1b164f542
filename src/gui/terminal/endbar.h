// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace berth {

// Stands under a terminal whose program has ended or could not be started: what happened, and what
// to do now.
class EndBar final : public QWidget {
    Q_OBJECT
public:
    explicit EndBar(QWidget *parent = nullptr);

    // What the button that starts the program again says, and whether there is one that closes.
    void setButtons(const QString &again, bool closable);
    void showExit(int exitCode);
    void showRefusal(const QString &sentence);

Q_SIGNALS:
    void againRequested();
    void closeRequested();

private:
    void showSentence(const QString &sentence, bool good);

    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_again;
    QPushButton *m_close;
};

} // namespace berth
