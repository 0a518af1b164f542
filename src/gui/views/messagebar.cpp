// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/messagebar.h"

#include "gui/views/messagecard.h"

#include <QChildEvent>
#include <QVBoxLayout>

namespace berth {

MessageBar::MessageBar(QWidget *parent) : QWidget(parent)
{
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(24, 12, 24, 0);
    box->setSpacing(6);
    hide();
}

void MessageBar::post(const Message &message)
{
    const auto cards = findChildren<MessageCard *>(Qt::FindDirectChildrenOnly);
    // The same trouble twice is one message.
    // Later, since the message may be posted by the very button of the old one.
    const auto drop = [](MessageCard *card) {
        card->setParent(nullptr);
        card->deleteLater();
    };
    for (MessageCard *card : cards) {
        if (card->accessibleName() == message.text)
            drop(card);
    }
    if (count() >= maxCards)
        drop(qobject_cast<MessageCard *>(layout()->itemAt(layout()->count() - 1)->widget()));
    auto *card = new MessageCard(message, this);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, card);
    setVisible(true);
}

// Not by a signal of the card: that would come from the bar's own destructor as well.
void MessageBar::childEvent(QChildEvent *event)
{
    QWidget::childEvent(event);
    if (event->removed() && count() == 0)
        hide();
}

int MessageBar::count() const { return static_cast<int>(findChildren<MessageCard *>(Qt::FindDirectChildrenOnly).size()); }

} // namespace berth
