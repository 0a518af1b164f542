// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <memory>

namespace berth {

namespace Ui {
class ConfirmDialog;
}

// Before something is lost: a question that names it, what goes with it, the command that does the
// same, a button with the verb. Cancel is the default.
class ConfirmDialog final : public QDialog {
    Q_OBJECT
public:
    struct Texts {
        QString question;     // "Remove “web”?"
        QString consequence;  // one or two sentences
        QString command;      // "berth rm web"; empty: none shown
        QString verb;         // "Remove"
    };
    explicit ConfirmDialog(const Texts &texts, QWidget *parent = nullptr);
    ~ConfirmDialog() override;

private:
    std::unique_ptr<Ui::ConfirmDialog> m_ui;
};

} // namespace berth
