// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/confirmdialog.h"

#include "gui/style/icons.h"
#include "gui/style/theme.h"

#include "ui_confirmdialog.h"

#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

ConfirmDialog::ConfirmDialog(const Texts &texts, QWidget *parent) : QDialog(parent), m_ui(std::make_unique<Ui::ConfirmDialog>())
{
    m_ui->setupUi(this);
    setWindowTitle(texts.question);
    m_ui->iconLabel->setPixmap(linePixmap(u"warning"_s, {28, 28}, themeColors(palette()).amber, devicePixelRatioF()));
    m_ui->questionLabel->setText(texts.question);
    m_ui->consequenceLabel->setText(texts.consequence);
    m_ui->commandLabel->setText(texts.command);
    m_ui->commandLabel->setVisible(!texts.command.isEmpty());
    m_ui->actionButton->setText(texts.verb);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &ConfirmDialog::reject);
    connect(m_ui->actionButton, &QPushButton::clicked, this, &ConfirmDialog::accept);
    m_ui->cancelButton->setFocus();
}

ConfirmDialog::~ConfirmDialog() = default;

} // namespace berth
