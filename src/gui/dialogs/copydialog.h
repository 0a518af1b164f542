// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

#include <memory>

namespace berth {

namespace Ui {
class CopyDialog;
}

// Copying files between a container and this computer.
class CopyDialog final : public QDialog {
    Q_OBJECT
public:
    CopyDialog(const QString &container, const QString &folder, QWidget *parent = nullptr);      // out, to a folder here
    // In: these, to a folder there, which the person may change.
    CopyDialog(const QString &container, const QStringList &files, const QString &inside, QWidget *parent = nullptr);
    ~CopyDialog() override;

    // Valid when accepted.
    [[nodiscard]] QString inside() const;  // absolute path in the container
    [[nodiscard]] QString folder() const;  // here; only of a copy out
    [[nodiscard]] QList<QStringList> commands() const;

private:
    void setUp(const QString &title);
    void check();
    void browse();

    std::unique_ptr<Ui::CopyDialog> m_ui;
    QString m_container;
    QStringList m_files; // empty: out
};

} // namespace berth
