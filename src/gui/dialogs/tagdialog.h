// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imagereference.h"

#include <QDialog>
#include <QSet>

#include <memory>
#include <optional>

namespace berth {

namespace Ui {
class TagDialog;
}

// One more name for an image. Says while the person types whether it is a name, and whom it is taken from.
class TagDialog final : public QDialog {
    Q_OBJECT
public:
    // reference: what the image is called in the list; the names are canonical.
    TagDialog(
        const QString &reference, const QSet<QString> &ownNames, const QSet<QString> &othersNames, QWidget *parent = nullptr);
    ~TagDialog() override;

    [[nodiscard]] std::optional<ImageReference> name() const; // nothing: what is typed is none

private:
    void check();

    std::unique_ptr<Ui::TagDialog> m_ui;
    QString m_reference;
    QSet<QString> m_ownNames;
    QSet<QString> m_othersNames;
};

} // namespace berth
