// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>
#include <QWidget>

#include <memory>

namespace berth {

// One terminal session: the view, its search bar, and at the end a bar that says how the program
// ended. The tab owns the session, so it goes on while another page is shown.
class TerminalTab final : public QWidget {
    Q_OBJECT
public:
    // program[0] is an absolute path or a name found in PATH; the rest are its arguments, passed on
    // unchanged. No shell of the host is ever involved. title is shown until the program sets one.
    TerminalTab(QString title, QStringList program, QWidget *parent = nullptr);
    ~TerminalTab() override;

    // Starts the program. Refuses with NotFound or NotExecutable, and shows the sentence in the tab,
    // when program[0] is not an executable file. Starting again after the end keeps the old text.
    Result<> start();

    // It is not one of many: it has no button to close it, and the one to start again says this.
    void setPermanent(const QString &again);

    void focusTerminal();
    bool isRunning() const;
    bool isBusy() const; // as TerminalSession
    QString title() const;

    // All text from the oldest kept line to the last, wrapped lines joined, one '\n' per line.
    QString screenText() const;

Q_SIGNALS:
    void closeRequested();
    void titleChanged(const QString &title);
    // As a shell counts: 0–255, and 128 + n when signal n ended the program.
    void finished(int exitCode);

private:
    class Parts;

    void connectSession();
    void connectBars();
    void leaveModes();
    void showEnd(int exitCode);
    QString refusal(const Error &error) const;

    QString m_title;
    QStringList m_program;
    bool m_permanent = false;
    std::unique_ptr<Parts> m_parts;
};

} // namespace berth
