// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/consolepage.h"

#include "gui/terminal/terminaltab.h"

#include "ui_consolepage.h"

#include <utility>

namespace berth {

ConsolePage::ConsolePage(const QStringList &program, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::ConsolePage>()), m_terminal(new TerminalTab(tr("Console"), program, this))
{
    m_ui->setupUi(this);
    m_ui->terminalLayout->addWidget(m_terminal);
    m_terminal->setPermanent(tr("&Open the console again"));
    setFocusProxy(m_terminal);
}

ConsolePage::~ConsolePage() = default;

void ConsolePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!std::exchange(m_started, true))
        (void)m_terminal->start(); // a refusal is shown by the terminal itself, where the person looks
    m_terminal->focusTerminal();
}

} // namespace berth
