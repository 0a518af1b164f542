// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/shortcutsdialog.h"

#include "ui_shortcutsdialog.h"

#include <QGridLayout>
#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

ShortcutsDialog::ShortcutsDialog(const QList<ShortcutRow> &rows, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::ShortcutsDialog>())
{
    m_ui->setupUi(this);
    auto *grid = new QGridLayout(m_ui->listWidget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(9);
    grid->setColumnStretch(0, 1);
    for (const ShortcutRow &row : rows) {
        const int line = grid->rowCount();
        auto *text = new QLabel(row.text, m_ui->listWidget);
        auto *keys = new QLabel(row.keys, m_ui->listWidget);
        keys->setProperty("role", u"secondary"_s);
        grid->addWidget(text, line, 0);
        grid->addWidget(keys, line, 1, Qt::AlignRight);
    }
    connect(m_ui->closeButton, &QPushButton::clicked, this, &ShortcutsDialog::accept);
}

ShortcutsDialog::~ShortcutsDialog() = default;

} // namespace berth
