// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/restartdialog.h"

#include "core/shellwords.h"
#include "gui/dialogs/alignlabels.h"
#include "gui/dialogs/commandrow.h"

#include "ui_restartdialog.h"

#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

RestartDialog::RestartDialog(const QString &container, const RestartPolicy &policy, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::RestartDialog>()), m_container(container)
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    alignLabels({m_ui->formLayout});
    m_ui->titleLabel->setText(tr("Restart policy of “%1”").arg(container));
    m_ui->policyCombo->addItem(tr("leave it (no)"), u"no"_s);
    m_ui->policyCombo->addItem(tr("start it again after an error (on-failure)"), u"on-failure"_s);
    m_ui->policyCombo->addItem(tr("start it again, unless it was stopped (unless-stopped)"), u"unless-stopped"_s);
    m_ui->policyCombo->addItem(tr("always start it again (always)"), u"always"_s);
    m_ui->policyCombo->setCurrentIndex(std::max(m_ui->policyCombo->findData(policy.name), 0));
    m_ui->retriesSpin->setValue(policy.maxRetries);
    connect(m_ui->policyCombo, &QComboBox::currentIndexChanged, this, &RestartDialog::check);
    connect(m_ui->retriesSpin, &QSpinBox::valueChanged, this, &RestartDialog::check);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &RestartDialog::reject);
    connect(m_ui->applyButton, &QPushButton::clicked, this, &RestartDialog::accept);
    m_ui->policyCombo->setFocus();
    check();
}

RestartDialog::~RestartDialog() = default;

RestartPolicy RestartDialog::policy() const
{
    RestartPolicy policy;
    policy.name = m_ui->policyCombo->currentData().toString();
    if (policy.name == "on-failure"_L1)
        policy.maxRetries = m_ui->retriesSpin->value();
    return policy;
}

QStringList RestartDialog::arguments() const { return {u"update"_s, u"--restart"_s, restartText(policy()), m_container}; }

void RestartDialog::check()
{
    // Only errors are counted.
    m_ui->retriesSpin->setEnabled(policy().name == "on-failure"_L1);
    m_ui->commandLabel->setText(berthLine(arguments()));
}

} // namespace berth
