// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/restartpolicy.h"

#include <QDialog>

#include <memory>

namespace berth {

namespace Ui {
class RestartDialog;
}

// What is to happen when the container has ended, in words.
class RestartDialog final : public QDialog {
    Q_OBJECT
public:
    RestartDialog(const QString &container, const RestartPolicy &policy, QWidget *parent = nullptr);
    ~RestartDialog() override;

    [[nodiscard]] RestartPolicy policy() const;
    [[nodiscard]] QStringList arguments() const; // of the command that does the same

private:
    void check();

    std::unique_ptr<Ui::RestartDialog> m_ui;
    QString m_container;
};

} // namespace berth
