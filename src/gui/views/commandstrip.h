// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace berth {

// One line at the foot of the window: the command that would have done what was just done here.
class CommandStrip final : public QFrame {
    Q_OBJECT
public:
    explicit CommandStrip(QWidget *parent = nullptr);

    void showCommand(const QString &command);
    [[nodiscard]] QString command() const;

private:
    QLabel *m_command;
};

} // namespace berth
