// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/copydialog.h"

#include "core/shellwords.h"
#include "gui/dialogs/alignlabels.h"
#include "gui/dialogs/commandrow.h"
#include "gui/style/icons.h"

#include "ui_copydialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

// Without the slash a copy to a folder that is not there becomes a file of that name.
QString asFolder(const QString &path) { return path.isEmpty() || path.endsWith(u'/') ? path : path + u'/'; }

} // namespace

CopyDialog::CopyDialog(const QString &container, const QString &folder, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::CopyDialog>()), m_container(container)
{
    setUp(tr("Copy out of “%1”").arg(container));
    m_ui->fromEdit->setPlaceholderText(tr("a file or folder in the container, such as /etc/hosts"));
    m_ui->toEdit->setText(folder);
    connect(m_ui->browseButton, &QToolButton::clicked, this, &CopyDialog::browse);
    m_ui->fromEdit->setFocus();
    check();
}

CopyDialog::CopyDialog(const QString &container, const QStringList &files, const QString &inside, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::CopyDialog>()), m_container(container), m_files(files)
{
    setUp(tr("Copy into “%1”").arg(container));
    QStringList names;
    for (const QString &file : files)
        names.append(QFileInfo(file).fileName());
    m_ui->fromEdit->setText(names.join(u", "_s));
    m_ui->fromEdit->setToolTip(files.join(u'\n'));
    m_ui->fromEdit->setReadOnly(true);
    m_ui->browseButton->hide();
    m_ui->toEdit->setText(asFolder(inside));
    m_ui->toEdit->setFocus();
    m_ui->toEdit->selectAll();
    check();
}

CopyDialog::~CopyDialog() = default;

void CopyDialog::setUp(const QString &title)
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    alignLabels({m_ui->formLayout});
    m_ui->titleLabel->setText(title);
    m_ui->browseButton->setIcon(lineIcon(u"folder"_s));
    connect(m_ui->fromEdit, &QLineEdit::textChanged, this, &CopyDialog::check);
    connect(m_ui->toEdit, &QLineEdit::textChanged, this, &CopyDialog::check);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &CopyDialog::reject);
    connect(m_ui->copyFilesButton, &QPushButton::clicked, this, &CopyDialog::accept);
}

QString CopyDialog::inside() const
{
    const QString typed = (m_files.isEmpty() ? m_ui->fromEdit : m_ui->toEdit)->text().trimmed();
    return m_files.size() > 1 ? asFolder(typed) : typed; // or each would replace the one before
}

QString CopyDialog::folder() const { return m_ui->toEdit->text(); }

QList<QStringList> CopyDialog::commands() const
{
    const QString there = m_container + u':' + inside();
    if (m_files.isEmpty())
        return {{u"cp"_s, there, folder()}};
    QList<QStringList> commands;
    for (const QString &file : m_files)
        commands.append({u"cp"_s, file, there});
    return commands;
}

void CopyDialog::check()
{
    QStringList lines;
    for (const QStringList &words : commands())
        lines.append(berthLine(words));
    m_ui->commandLabel->setText(lines.join(u'\n'));
    m_ui->copyFilesButton->setEnabled(inside().startsWith(u'/') && !folder().isEmpty());
    m_ui->commandLabel->setEnabled(m_ui->copyFilesButton->isEnabled());
}

void CopyDialog::browse()
{
    auto *chooser = new QFileDialog(this, tr("Choose a folder"), folder());
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::Directory);
    connect(chooser, &QFileDialog::fileSelected, m_ui->toEdit, &QLineEdit::setText);
    chooser->open();
}

} // namespace berth
