// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/volumefilter.h"
#include "gui/models/volumemodel.h"

#include <QAction>
#include <QWidget>

#include <memory>

namespace berth {

class AgingTimer;
class DetailsPane;
class EmptyPage;

namespace Ui {
class VolumesPage;
}

// The list of volumes. Asks by signals; knows no engine.
class VolumesPage final : public QWidget {
    Q_OBJECT
public:
    explicit VolumesPage(VolumeModel *model, QWidget *parent = nullptr);
    ~VolumesPage() override;

    [[nodiscard]] DetailsPane *details() const;
    [[nodiscard]] QAction *removeAction() const { return m_removeAction; }
    [[nodiscard]] QStringList selectedNames() const;
    void setProblem(const QString &problem); // the engine cannot be used; empty: it can
    void focusFilter();
    void select(const QString &name);
    void refresh(); // after a snapshot

Q_SIGNALS:
    void createRequested();
    void removeRequested(const QStringList &names);
    void cleanUpRequested();
    void inspectWanted(const QString &name);
    void sizesWanted(); // the page is seen, and a size is missing

protected:
    void showEvent(QShowEvent *event) override;

private:
    void makeActions();
    void connectParts();
    void updateActions();
    void updateDetails();
    void updateEmpty();
    void rowButton(const QString &name, int button, const QPoint &position);
    void showMenu(const QPoint &position);
    void askForSizes();
    [[nodiscard]] QStringList removable() const; // of the selected ones

    std::unique_ptr<Ui::VolumesPage> m_ui;
    VolumeModel *m_model;
    VolumeFilter *m_filter;
    EmptyPage *m_empty;
    AgingTimer *m_aging;
    QAction *m_removeAction = nullptr;
    QString m_problem;
    bool m_detailsWanted = true;
    bool m_loaded = false;
};

} // namespace berth
