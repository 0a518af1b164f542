// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QSet>

#include <memory>

namespace berth {

namespace Ui {
class RenameDialog;
}

class RenameDialog final : public QDialog {
    Q_OBJECT
public:
    RenameDialog(const QString &name, const QSet<QString> &takenNames, QWidget *parent = nullptr);
    ~RenameDialog() override;

    [[nodiscard]] QString name() const; // valid when accepted

private:
    void check();

    std::unique_ptr<Ui::RenameDialog> m_ui;
    QString m_oldName;
    QSet<QString> m_takenNames;
};

} // namespace berth
