// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/views/messagebar.h"

#include <QFrame>

#include <memory>

namespace berth {

namespace Ui {
class MessageCard;
}

class MessageCard final : public QFrame {
    Q_OBJECT
public:
    explicit MessageCard(const Message &message, QWidget *parent = nullptr);
    ~MessageCard() override;

private:
    std::unique_ptr<Ui::MessageCard> m_ui;
};

} // namespace berth
