// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/tagdialog.h"

#include "core/shellwords.h"
#include "gui/dialogs/alignlabels.h"
#include "gui/dialogs/commandrow.h"

#include "ui_tagdialog.h"

#include <QPushButton>
#include <QStyle>

namespace berth {

using namespace Qt::StringLiterals;

TagDialog::TagDialog(const QString &reference, const QSet<QString> &ownNames, const QSet<QString> &othersNames, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::TagDialog>()), m_reference(reference), m_ownNames(ownNames),
      m_othersNames(othersNames)
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    alignLabels({m_ui->formLayout});
    m_ui->titleLabel->setText(tr("Another name for “%1”").arg(reference));
    connect(m_ui->nameEdit, &QLineEdit::textChanged, this, &TagDialog::check);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &TagDialog::reject);
    connect(m_ui->addButton, &QPushButton::clicked, this, &TagDialog::accept);
    m_ui->nameEdit->setFocus();
    check();
}

TagDialog::~TagDialog() = default;

std::optional<ImageReference> TagDialog::name() const
{
    const auto parsed = ImageReference::parse(m_ui->nameEdit->text().trimmed());
    if (!parsed || parsed->digest())
        return std::nullopt;
    return *parsed;
}

void TagDialog::check()
{
    const QString typed = m_ui->nameEdit->text().trimmed();
    const auto parsed = name();
    QString problem;
    QString note;
    if (!parsed && !typed.isEmpty())
        problem = tr("A name is made of lower case letters, digits, “.”, “_” and “-”, with “/” between its parts and "
                     "“:” before the tag.");
    else if (parsed && m_ownNames.contains(parsed->canonicalName()))
        problem = tr("It is called that already.");
    else if (parsed && m_othersNames.contains(parsed->canonicalName()))
        note = tr("Another image has this name now and will lose it.");
    else if (parsed && !typed.contains(parsed->tag()))
        note = tr("Without a tag it becomes %1.").arg(parsed->familiarName());
    m_ui->nameProblemLabel->setProperty("role", problem.isEmpty() ? u"secondary"_s : u"problem"_s);
    m_ui->nameProblemLabel->style()->polish(m_ui->nameProblemLabel);
    m_ui->nameProblemLabel->setText(problem.isEmpty() ? note : problem);
    m_ui->addButton->setEnabled(parsed && problem.isEmpty());
    m_ui->commandLabel->setEnabled(m_ui->addButton->isEnabled());
    m_ui->commandLabel->setText(berthLine({u"tag"_s, m_reference, typed}));
}

} // namespace berth
