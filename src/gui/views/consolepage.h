// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

namespace berth {

class TerminalTab;

namespace Ui {
class ConsolePage;
}

// One terminal with the prompt that takes commands. It starts when the page is first seen, goes on while
// another page is shown, and can be started again when the person has left it.
class ConsolePage final : public QWidget {
    Q_OBJECT
public:
    // program as TerminalTab takes it.
    explicit ConsolePage(const QStringList &program, QWidget *parent = nullptr);
    ~ConsolePage() override;

    [[nodiscard]] TerminalTab *terminal() const { return m_terminal; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    std::unique_ptr<Ui::ConsolePage> m_ui;
    TerminalTab *m_terminal;
    bool m_started = false; // once; then it is the person who decides
};

} // namespace berth
