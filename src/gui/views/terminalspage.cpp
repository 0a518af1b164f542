// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/terminalspage.h"

#include "gui/style/icons.h"
#include "gui/terminal/terminaltab.h"
#include "gui/views/emptypage.h"

#include "ui_terminalspage.h"

namespace berth {

using namespace Qt::StringLiterals;

TerminalsPage::TerminalsPage(QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::TerminalsPage>()), m_empty(new EmptyPage(this))
{
    m_ui->setupUi(this);
    m_ui->openButton->setIcon(lineIcon(u"terminal"_s, QPalette::BrightText));
    m_ui->stack->addWidget(m_empty);
    m_ui->tabs->setElideMode(Qt::ElideRight);
    m_empty->setTexts({u"terminal"_s, tr("No terminal is open"),
        tr("A terminal runs a command such as a shell or redis-cli inside a running container."), tr("Open terminal…"),
        u"berth exec -it CONTAINER sh"_s});
    connect(m_empty, &EmptyPage::buttonClicked, this, &TerminalsPage::openRequested);
    connect(m_ui->openButton, &QPushButton::clicked, this, &TerminalsPage::openRequested);
    connect(m_ui->tabs, &QTabWidget::tabCloseRequested, this, &TerminalsPage::askToClose);
    connect(m_ui->tabs, &QTabWidget::currentChanged, this, [this] {
        if (isVisible() && current() != nullptr)
            current()->focusTerminal();
    });
    changed();
}

TerminalsPage::~TerminalsPage() = default;

TerminalTab *TerminalsPage::open(const QString &title, const QStringList &program)
{
    auto *tab = new TerminalTab(title, program, m_ui->tabs);
    const int index = m_ui->tabs->addTab(tab, {});
    const auto name = [this, tab, title] {
        // Where it runs, and what the program calls itself.
        QString text = tab->title() == title ? title : u"%1 · %2"_s.arg(title, tab->title());
        m_ui->tabs->setTabText(m_ui->tabs->indexOf(tab), text.replace(u'&', "&&"_L1));
    };
    name();
    connect(tab, &TerminalTab::titleChanged, this, name);
    m_ui->tabs->setTabToolTip(index, program.join(u' '));
    connect(tab, &TerminalTab::closeRequested, this, [this, tab] { close(tab); });
    connect(tab, &TerminalTab::finished, this, [this] { Q_EMIT countChanged(count()); });
    m_ui->tabs->setCurrentIndex(index);
    changed();
    // A refusal is shown by the tab itself, where the person looks.
    if (tab->start())
        tab->focusTerminal();
    return tab;
}

int TerminalsPage::count() const { return m_ui->tabs->count(); }

int TerminalsPage::runningCount() const
{
    int running = 0;
    for (int index = 0; index < count(); ++index)
        running += qobject_cast<TerminalTab *>(m_ui->tabs->widget(index))->isRunning() ? 1 : 0;
    return running;
}

TerminalTab *TerminalsPage::current() const { return qobject_cast<TerminalTab *>(m_ui->tabs->currentWidget()); }

void TerminalsPage::closeCurrent()
{
    if (count() > 0)
        askToClose(m_ui->tabs->currentIndex());
}

void TerminalsPage::askToClose(int index)
{
    auto *tab = qobject_cast<TerminalTab *>(m_ui->tabs->widget(index));
    if (tab->isRunning())
        Q_EMIT closeQuestion(tab);
    else
        close(tab);
}

void TerminalsPage::close(TerminalTab *tab)
{
    m_ui->tabs->removeTab(m_ui->tabs->indexOf(tab));
    tab->deleteLater();
    changed();
}

void TerminalsPage::changed()
{
    m_ui->stack->setCurrentIndex(count() == 0 ? 1 : 0);
    m_ui->openButton->setVisible(count() > 0);
    Q_EMIT countChanged(count());
}

void TerminalsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (current() != nullptr)
        current()->focusTerminal();
}

} // namespace berth
