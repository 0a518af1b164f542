// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/imageoperations.h"

#include <QDialog>

#include <memory>

class QFileDialog;
class QMimeData;

namespace berth {

class ImportCard;

namespace Ui {
class ImportDialog;
}

// Shows what the chosen archives hold before anything is imported. Says by previewWanted() what it
// needs to know; more files may be dropped on it. When accepted, paths() are to be imported.
class ImportDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ImportDialog(QWidget *parent = nullptr);
    ~ImportDialog() override;

    void addPaths(const QStringList &paths); // one that is there already is left out
    void setPreview(const QString &path, const ArchivePreview &preview);
    void setProblem(const QString &path, const QString &problem);
    [[nodiscard]] QStringList paths() const; // of readable archives

    // Asks for archives; its filesSelected() has the answer.
    static QFileDialog *openFileDialog(QWidget *parent);

    // Files and folders of the local machine in a drag or a paste.
    static QStringList localPaths(const QMimeData *data);

Q_SIGNALS:
    void previewWanted(const QString &path);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void chooseFiles();
    void update();
    [[nodiscard]] ImportCard *card(const QString &path) const;

    std::unique_ptr<Ui::ImportDialog> m_ui;
    QList<ImportCard *> m_cards;
};

} // namespace berth
