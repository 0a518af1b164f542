// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/messagebar.h"

#include "gui/views/messagecard.h"

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
    for (MessageCard *card : cards) {
        if (card->accessibleName() == message.text)
            delete card;
    }
    if (count() >= maxCards)
        delete layout()->itemAt(layout()->count() - 1)->widget();
    auto *card = new MessageCard(message, this);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, card);
    connect(card, &QObject::destroyed, this, [this] { setVisible(count() > 0); });
    setVisible(true);
}

int MessageBar::count() const
{
    return static_cast<int>(findChildren<MessageCard *>(Qt::FindDirectChildrenOnly).size());
}

} // namespace berth
