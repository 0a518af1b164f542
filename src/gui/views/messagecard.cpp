// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/messagecard.h"

#include "gui/style/icons.h"
#include "gui/style/theme.h"

#include "ui_messagecard.h"

#include <QTimer>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

struct Look {
    QString name;
    QString icon;
    QColor color;
};

Look lookOf(MessageKind kind, const ThemeColors &colors)
{
    switch (kind) {
    case MessageKind::Info: return {u"info"_s, u"info"_s, colors.blue};
    case MessageKind::Success: return {u"success"_s, u"done"_s, colors.green};
    case MessageKind::Warning: return {u"warning"_s, u"warning"_s, colors.amber};
    case MessageKind::Error: return {u"error"_s, u"error"_s, colors.red};
    }
    return {};
}

constexpr int shortLifeMs = 9000;

} // namespace

MessageCard::MessageCard(const Message &message, QWidget *parent) : QFrame(parent), m_ui(std::make_unique<Ui::MessageCard>())
{
    m_ui->setupUi(this);
    setObjectName("messageCard"_L1);
    const Look look = lookOf(message.kind, themeColors(palette()));
    setProperty("kind", look.name);
    m_ui->iconLabel->setPixmap(linePixmap(look.icon, {20, 20}, look.color, devicePixelRatioF()));
    m_ui->textLabel->setText(message.text);
    m_ui->textLabel->setTextFormat(Qt::PlainText);
    m_ui->closeButton->setIcon(lineIcon(u"close"_s));
    m_ui->actionButton->setText(message.button);
    m_ui->actionButton->setVisible(!message.button.isEmpty());
    m_ui->detailsButton->setVisible(!message.details.isEmpty());
    m_ui->detailsEdit->setPlainText(message.details);
    m_ui->detailsEdit->hide();
    setAccessibleName(message.text);

    connect(m_ui->detailsButton, &QToolButton::toggled, m_ui->detailsEdit, &QWidget::setVisible);
    connect(m_ui->closeButton, &QToolButton::clicked, this, &QObject::deleteLater);
    connect(m_ui->actionButton, &QPushButton::clicked, this, [this, action = message.action] {
        deleteLater();
        if (action)
            action();
    });
    if (message.kind == MessageKind::Info || message.kind == MessageKind::Success)
        QTimer::singleShot(shortLifeMs, this, &QObject::deleteLater);
}

MessageCard::~MessageCard() = default;

} // namespace berth
