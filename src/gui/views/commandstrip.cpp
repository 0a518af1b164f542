// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/commandstrip.h"

#include "gui/dialogs/commandrow.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace berth {

using namespace Qt::StringLiterals;

CommandStrip::CommandStrip(QWidget *parent) : QFrame(parent), m_command(new QLabel(this))
{
    setObjectName("commandStrip"_L1);
    auto *box = new QHBoxLayout(this);
    box->setContentsMargins(24, 3, 16, 3);
    box->setSpacing(10);
    auto *caption = new QLabel(tr("The same as a command:"), this);
    caption->setProperty("role", u"secondary"_s);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_command->setTextFormat(Qt::PlainText);
    m_command->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *copy = new QToolButton(this);
    copy->setToolTip(tr("Copy the command"));
    copy->setAccessibleName(tr("Copy the command"));
    makeCopyButton(copy, m_command);
    box->addWidget(caption);
    box->addWidget(m_command, 1);
    box->addWidget(copy);
    hide();
}

void CommandStrip::showCommand(const QString &command)
{
    m_command->setText(command);
    m_command->setToolTip(command);
    setVisible(true);
}

QString CommandStrip::command() const { return m_command->text(); }

} // namespace berth
