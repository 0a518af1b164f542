// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/terminaldialog.h"

#include "core/shellwords.h"
#include "gui/dialogs/alignlabels.h"
#include "gui/dialogs/commandrow.h"

#include "ui_terminaldialog.h"

#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

QStringList TerminalChoice::arguments() const
{
    QStringList arguments{u"exec"_s, u"-it"_s};
    if (!user.isEmpty())
        arguments << u"-u"_s << user;
    if (!folder.isEmpty())
        arguments << u"-w"_s << folder;
    return arguments << container << command;
}

TerminalDialog::TerminalDialog(const QStringList &containers, const TerminalChoice &last, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::TerminalDialog>())
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    alignLabels({m_ui->layout2});
    m_ui->containerCombo->addItems(containers);
    m_ui->containerCombo->setCurrentText(last.container);
    m_ui->commandCombo->addItems({u"sh"_s, u"bash"_s});
    m_edited = !last.command.isEmpty();
    if (m_edited)
        m_ui->commandCombo->setCurrentText(shellLine(last.command));
    m_ui->userEdit->setText(last.user);
    m_ui->folderEdit->setText(last.folder);

    connect(m_ui->commandCombo, &QComboBox::currentTextChanged, this, &TerminalDialog::update);
    connect(m_ui->commandCombo->lineEdit(), &QLineEdit::textEdited, this, [this] { m_edited = true; });
    connect(m_ui->commandCombo, &QComboBox::activated, this, [this] { m_edited = true; });
    connect(m_ui->userEdit, &QLineEdit::textChanged, this, &TerminalDialog::update);
    connect(m_ui->folderEdit, &QLineEdit::textChanged, this, &TerminalDialog::update);
    connect(m_ui->containerCombo, &QComboBox::currentTextChanged, this, [this](const QString &name) {
        update();
        Q_EMIT containerChosen(name);
    });
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &TerminalDialog::reject);
    connect(m_ui->openButton, &QPushButton::clicked, this, &TerminalDialog::accept);
    m_ui->commandCombo->setFocus();
    m_ui->commandCombo->lineEdit()->selectAll();
    update();
}

TerminalDialog::~TerminalDialog() = default;

void TerminalDialog::setOffered(const QString &container, const QStringList &commands)
{
    if (container != m_ui->containerCombo->currentText() || commands.isEmpty())
        return;
    const QString typed = m_ui->commandCombo->currentText();
    m_ui->commandCombo->clear();
    m_ui->commandCombo->addItems(commands);
    if (m_edited)
        m_ui->commandCombo->setCurrentText(typed);
    m_ui->commandCombo->lineEdit()->selectAll();
}

std::optional<TerminalChoice> TerminalDialog::choice() const
{
    const auto words = splitShellWords(m_ui->commandCombo->currentText());
    if (!words || words->isEmpty() || m_ui->containerCombo->currentText().isEmpty())
        return std::nullopt;
    return TerminalChoice{
        m_ui->containerCombo->currentText(), *words, m_ui->userEdit->text().trimmed(), m_ui->folderEdit->text().trimmed()};
}

void TerminalDialog::update()
{
    const auto chosen = choice();
    m_ui->titleLabel->setText(tr("Open a terminal in “%1”").arg(m_ui->containerCombo->currentText()));
    const bool openQuote = !splitShellWords(m_ui->commandCombo->currentText());
    m_ui->commandProblemLabel->setText(openQuote ? tr("A quote is not closed.") : QString());
    m_ui->commandProblemLabel->setVisible(openQuote);
    m_ui->openButton->setEnabled(chosen.has_value());
    if (chosen)
        m_ui->commandLabel->setText(berthLine(chosen->arguments()));
}

} // namespace berth
