// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/imageoperations.h"

#include <QFrame>

#include <memory>

namespace berth {

namespace Ui {
class ImportCard;
}

// One archive in the import dialog: its file, and what was read of it so far.
class ImportCard final : public QFrame {
    Q_OBJECT
public:
    explicit ImportCard(const QString &path, QWidget *parent = nullptr);
    ~ImportCard() override;

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] bool isImportable() const { return m_importable; }
    void setPreview(const ArchivePreview &preview);
    void setProblem(const QString &problem);

Q_SIGNALS:
    void removeRequested();

private:
    std::unique_ptr<Ui::ImportCard> m_ui;
    QString m_path;
    bool m_importable = false;
};

} // namespace berth
