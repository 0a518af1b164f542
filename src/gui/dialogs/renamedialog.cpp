// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/renamedialog.h"

#include "core/shellwords.h"
#include "gui/dialogs/commandrow.h"
#include "gui/dialogs/nameproblem.h"

#include "ui_renamedialog.h"

#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

RenameDialog::RenameDialog(const QString &name, const QSet<QString> &takenNames, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::RenameDialog>()), m_oldName(name), m_takenNames(takenNames)
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    m_takenNames.remove(name);
    m_ui->titleLabel->setText(tr("New name for “%1”").arg(name));
    m_ui->nameEdit->setText(name);
    m_ui->nameEdit->selectAll();
    connect(m_ui->nameEdit, &QLineEdit::textChanged, this, &RenameDialog::check);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &RenameDialog::reject);
    connect(m_ui->renameButton, &QPushButton::clicked, this, &RenameDialog::accept);
    check();
}

RenameDialog::~RenameDialog() = default;

QString RenameDialog::name() const { return m_ui->nameEdit->text().trimmed(); }

void RenameDialog::check()
{
    const QString problem = nameProblem(name(), m_takenNames);
    m_ui->problemLabel->setText(problem);
    m_ui->renameButton->setEnabled(problem.isEmpty() && name() != m_oldName);
    m_ui->commandLabel->setEnabled(m_ui->renameButton->isEnabled());
    m_ui->commandLabel->setText(berthLine({u"rename"_s, m_oldName, name()}));
}

} // namespace berth
