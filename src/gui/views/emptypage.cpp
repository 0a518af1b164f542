// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/emptypage.h"

#include "gui/dialogs/commandrow.h"
#include "gui/style/icons.h"
#include "gui/style/theme.h"

#include "ui_emptypage.h"

#include <QEvent>

namespace berth {

EmptyPage::EmptyPage(QWidget *parent) : QWidget(parent), m_ui(std::make_unique<Ui::EmptyPage>())
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    connect(m_ui->actionButton, &QPushButton::clicked, this, &EmptyPage::buttonClicked);
}

EmptyPage::~EmptyPage() = default;

void EmptyPage::setTexts(const Texts &texts)
{
    m_icon = texts.icon;
    m_ui->titleLabel->setText(texts.title);
    m_ui->textLabel->setText(texts.text);
    m_ui->textLabel->setVisible(!texts.text.isEmpty());
    m_ui->actionButton->setText(texts.button);
    m_ui->actionButton->setVisible(!texts.button.isEmpty());
    m_ui->commandLabel->setText(texts.command);
    for (QWidget *widget : {static_cast<QWidget *>(m_ui->commandLabel), static_cast<QWidget *>(m_ui->copyButton),
             static_cast<QWidget *>(m_ui->orLabel)})
        widget->setVisible(!texts.command.isEmpty());
    m_ui->orLabel->setVisible(!texts.command.isEmpty() && !texts.button.isEmpty());
    paintIcon();
}

void EmptyPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        paintIcon();
    QWidget::changeEvent(event);
}

void EmptyPage::paintIcon()
{
    QColor color = themeColors(palette()).secondaryText;
    color.setAlphaF(0.65F);
    m_ui->iconLabel->setPixmap(linePixmap(m_icon, {52, 52}, color, devicePixelRatioF()));
}

} // namespace berth
