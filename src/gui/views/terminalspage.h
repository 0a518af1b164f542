// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

namespace berth {

class EmptyPage;
class TerminalTab;

namespace Ui {
class TerminalsPage;
}

// The terminal sessions as tabs. They belong to the program and go on while another page is shown.
class TerminalsPage final : public QWidget {
    Q_OBJECT
public:
    explicit TerminalsPage(QWidget *parent = nullptr);
    ~TerminalsPage() override;

    // program as TerminalTab takes it. The tab is shown and has the keyboard.
    TerminalTab *open(const QString &title, const QStringList &program);
    [[nodiscard]] int count() const;
    [[nodiscard]] int runningCount() const;
    [[nodiscard]] TerminalTab *current() const;
    void closeCurrent();

Q_SIGNALS:
    void openRequested();
    void countChanged(int count);
    void closeQuestion(berth::TerminalTab *tab); // its program still runs; answer with close()

public Q_SLOTS:
    void close(berth::TerminalTab *tab);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void askToClose(int index);
    void changed();

    std::unique_ptr<Ui::TerminalsPage> m_ui;
    EmptyPage *m_empty;
};

} // namespace berth
