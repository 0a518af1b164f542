// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/newvolumedialog.h"

#include "core/shellwords.h"
#include "core/volumeinfo.h"
#include "gui/dialogs/alignlabels.h"
#include "gui/dialogs/commandrow.h"

#include "ui_newvolumedialog.h"

#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

QStringList linesOf(const QPlainTextEdit *edit)
{
    QStringList lines;
    for (const QString &line : edit->toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines.append(line.trimmed());
    }
    return lines;
}

} // namespace

NewVolumeDialog::NewVolumeDialog(const QSet<QString> &takenNames, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::NewVolumeDialog>()), m_takenNames(takenNames)
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    alignLabels({m_ui->formLayout});
    connect(m_ui->nameEdit, &QLineEdit::textChanged, this, &NewVolumeDialog::check);
    connect(m_ui->labelsEdit, &QPlainTextEdit::textChanged, this, &NewVolumeDialog::check);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &NewVolumeDialog::reject);
    connect(m_ui->createButton, &QPushButton::clicked, this, &NewVolumeDialog::accept);
    m_ui->nameEdit->setFocus();
    check();
}

NewVolumeDialog::~NewVolumeDialog() = default;

QString NewVolumeDialog::name() const { return m_ui->nameEdit->text().trimmed(); }

QMap<QString, QString> NewVolumeDialog::labels() const
{
    QMap<QString, QString> labels;
    for (const QString &line : linesOf(m_ui->labelsEdit))
        labels.insert(line.section(u'=', 0, 0), line.section(u'=', 1));
    return labels;
}

QStringList NewVolumeDialog::arguments() const
{
    QStringList words{u"volume"_s, u"create"_s};
    for (const QString &line : linesOf(m_ui->labelsEdit))
        words << u"--label"_s << line;
    return name().isEmpty() ? words : words << name();
}

QString NewVolumeDialog::nameProblem() const
{
    const QString text = name();
    if (text.isEmpty())
        return {};
    if (m_takenNames.contains(text))
        return tr("There is already a volume of this name.");
    if (checkVolumeName(text))
        return {};
    if (text.size() < 2)
        return tr("A name needs at least two characters.");
    return tr("A name starts with a letter or digit and goes on with letters, digits, “_”, “.” or “-”.");
}

QString NewVolumeDialog::labelsProblem() const
{
    for (const QString &line : linesOf(m_ui->labelsEdit)) {
        if (line.startsWith(u'='))
            return tr("“%1” has no key.").arg(line);
    }
    return {};
}

void NewVolumeDialog::check()
{
    m_ui->nameProblemLabel->setText(nameProblem());
    m_ui->labelsProblemLabel->setText(labelsProblem());
    m_ui->labelsProblemLabel->setVisible(!labelsProblem().isEmpty());
    m_ui->createButton->setEnabled(nameProblem().isEmpty() && labelsProblem().isEmpty());
    m_ui->commandLabel->setEnabled(m_ui->createButton->isEnabled());
    m_ui->commandLabel->setText(berthLine(arguments()));
}

} // namespace berth
