// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/commitdialog.h"

#include "core/shellwords.h"
#include "gui/dialogs/alignlabels.h"
#include "gui/dialogs/commandrow.h"

#include "ui_commitdialog.h"

#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

CommitDialog::CommitDialog(const QString &container, bool running, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::CommitDialog>()), m_container(container)
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    alignLabels({m_ui->formLayout});
    m_ui->titleLabel->setText(tr("Make an image of “%1”").arg(container));
    m_ui->pauseCheck->setVisible(running);
    for (const QLineEdit *edit : {m_ui->nameEdit, m_ui->messageEdit, m_ui->authorEdit})
        connect(edit, &QLineEdit::textChanged, this, &CommitDialog::check);
    connect(m_ui->pauseCheck, &QCheckBox::toggled, this, &CommitDialog::check);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &CommitDialog::reject);
    connect(m_ui->makeButton, &QPushButton::clicked, this, &CommitDialog::accept);
    m_ui->nameEdit->setFocus();
    check();
}

CommitDialog::~CommitDialog() = default;

QString CommitDialog::typedName() const { return m_ui->nameEdit->text().trimmed(); }

std::optional<ImageReference> CommitDialog::name() const
{
    const auto parsed = ImageReference::parse(typedName());
    if (!parsed || parsed->digest())
        return std::nullopt;
    return *parsed;
}

QString CommitDialog::message() const { return m_ui->messageEdit->text().trimmed(); }

QString CommitDialog::author() const { return m_ui->authorEdit->text().trimmed(); }

bool CommitDialog::pauses() const { return m_ui->pauseCheck->isChecked(); }

QStringList CommitDialog::arguments() const
{
    QStringList words{u"commit"_s};
    if (!author().isEmpty())
        words << u"-a"_s << author();
    if (!message().isEmpty())
        words << u"-m"_s << message();
    if (!pauses())
        words << u"--pause=false"_s;
    words << m_container;
    return typedName().isEmpty() ? words : words << typedName();
}

void CommitDialog::check()
{
    const bool wrong = !typedName().isEmpty() && !name();
    m_ui->nameProblemLabel->setText(wrong ? tr("A name is made of lower case letters, digits, “.”, “_” and “-”, with “/” "
                                               "between its parts and “:” before the tag.")
                                          : QString());
    m_ui->makeButton->setEnabled(!wrong);
    m_ui->commandLabel->setEnabled(!wrong);
    m_ui->commandLabel->setText(berthLine(arguments()));
}

} // namespace berth
