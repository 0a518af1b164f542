// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QMap>
#include <QSet>

#include <memory>

namespace berth {

namespace Ui {
class NewVolumeDialog;
}

// Name and labels of a volume to be made. Says what is wrong while the person types.
class NewVolumeDialog final : public QDialog {
    Q_OBJECT
public:
    explicit NewVolumeDialog(const QSet<QString> &takenNames, QWidget *parent = nullptr);
    ~NewVolumeDialog() override;

    // Valid when accepted.
    [[nodiscard]] QString name() const; // empty: a random one is wanted
    [[nodiscard]] QMap<QString, QString> labels() const;
    [[nodiscard]] QStringList arguments() const; // of the command that does the same

private:
    void check();
    [[nodiscard]] QString nameProblem() const;
    [[nodiscard]] QString labelsProblem() const;

    std::unique_ptr<Ui::NewVolumeDialog> m_ui;
    QSet<QString> m_takenNames;
};

} // namespace berth
