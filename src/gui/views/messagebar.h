// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

namespace berth {

enum class MessageKind { Info, Success, Warning, Error };

struct Message {
    MessageKind kind = MessageKind::Info;
    QString text;                 // one sentence
    QString details;              // the engine's own words; shown when asked for
    QString button;               // empty: none
    std::function<void()> action; // what the button does
};

// Messages about what has just happened, newest on top, never in the way. Errors and warnings stay
// until they are closed; the others leave by themselves.
class MessageBar final : public QWidget {
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);

    void post(const Message &message);
    [[nodiscard]] int count() const;

protected:
    void childEvent(QChildEvent *event) override;

private:
    static constexpr int maxCards = 3;
};

} // namespace berth
