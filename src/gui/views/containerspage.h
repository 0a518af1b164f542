// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/containerfilter.h"
#include "gui/models/containermodel.h"

#include <QAction>
#include <QMap>
#include <QWidget>

#include <memory>

namespace berth {

class AgingTimer;
class DetailsPane;
class EmptyPage;
class ListTable;

namespace Ui {
class ContainersPage;
}

// The list of containers with its filter, its actions and the details of the selected one. Asks for
// what the person wants by signals; knows no engine. What is enabled comes from core/containerstate.h.
class ContainersPage final : public QWidget {
    Q_OBJECT
public:
    explicit ContainersPage(ContainerModel *model, QWidget *parent = nullptr);
    ~ContainersPage() override;

    [[nodiscard]] DetailsPane *details() const;
    [[nodiscard]] QAction *action(ContainerAction action) const { return m_actions.value(action); }
    [[nodiscard]] QAction *terminalAction() const { return m_terminalAction; }
    [[nodiscard]] QAction *copyOutAction() const { return m_copyOutAction; }
    [[nodiscard]] QAction *copyInAction() const { return m_copyInAction; }
    [[nodiscard]] QStringList selectedIds() const;
    void setHasImages(bool hasImages);
    // The engine cannot be used: why, and how to mend it. An empty text: it can.
    void setProblem(const QString &problem);
    void focusFilter();
    void select(const QString &id);
    void refresh(); // after a snapshot

Q_SIGNALS:
    void actionRequested(berth::ContainerAction action, const QStringList &ids);
    void terminalRequested(const QString &id);
    void copyOutRequested(const QString &id);
    void copyInRequested(const QString &id);
    void runRequested();
    void importRequested();
    void cleanUpRequested();
    void inspectWanted(const QString &id);

private:
    void makeActions();
    void makeAction(ContainerAction action, const QString &icon, const QString &text, const QKeySequence &keys);
    void placeActions();
    void connectParts();
    void updateActions();
    void updateDetails();
    void updateEmpty();
    void updateTotals();
    void rowButton(const QString &id, int button, const QPoint &position);
    void showMenu(const QPoint &position);
    void emptyButtonClicked();
    [[nodiscard]] QStringList idsFor(ContainerAction action) const;

    std::unique_ptr<Ui::ContainersPage> m_ui;
    ContainerModel *m_model;
    ContainerFilter *m_filter;
    EmptyPage *m_empty;
    AgingTimer *m_aging;
    QMap<ContainerAction, QAction *> m_actions;
    QAction *m_terminalAction = nullptr;
    QAction *m_copyOutAction = nullptr;
    QAction *m_copyInAction = nullptr;
    QString m_problem;
    bool m_hasImages = false;
    bool m_detailsWanted = true;
    bool m_loaded = false; // a snapshot came; before that an empty list means nothing
};

} // namespace berth
