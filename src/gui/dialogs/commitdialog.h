// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imagereference.h"

#include <QDialog>

#include <memory>
#include <optional>

namespace berth {

namespace Ui {
class CommitDialog;
}

// What an image made of a container is called and says about itself.
class CommitDialog final : public QDialog {
    Q_OBJECT
public:
    // running: only then there is something to pause.
    CommitDialog(const QString &container, bool running, QWidget *parent = nullptr);
    ~CommitDialog() override;

    // Valid when accepted.
    [[nodiscard]] std::optional<ImageReference> name() const; // nothing: an image without a name
    [[nodiscard]] QString message() const;
    [[nodiscard]] QString author() const;
    [[nodiscard]] bool pauses() const;
    [[nodiscard]] QStringList arguments() const; // of the command that does the same

private:
    void check();
    [[nodiscard]] QString typedName() const;

    std::unique_ptr<Ui::CommitDialog> m_ui;
    QString m_container;
};

} // namespace berth
