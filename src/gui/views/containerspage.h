// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/containermodel.h"
#include "gui/views/listpage.h"

#include <QMap>

namespace berth {

class FigureFeed;

// The list of containers, by id. What is enabled comes from core/containerstate.h.
class ContainersPage final : public ListPage {
    Q_OBJECT
public:
    explicit ContainersPage(ContainerModel *model, QWidget *parent = nullptr);

    [[nodiscard]] QAction *action(ContainerAction action) const { return m_actions.value(action); }
    [[nodiscard]] QAction *terminalAction() const { return m_terminalAction; }
    [[nodiscard]] QAction *copyOutAction() const { return m_copyOutAction; }
    [[nodiscard]] QAction *copyInAction() const { return m_copyInAction; }
    void setHasImages(bool hasImages);
    // The container below a point of the screen that files can be copied into; empty: none.
    [[nodiscard]] QString dropTargetAt(const QPoint &globalPosition) const;
    void showDropTarget(const QString &id); // frames its row; empty: none
    // The answer to figuresWanted; without samples when they could not be had.
    void setFigures(const QList<FigureSample> &samples);

Q_SIGNALS:
    void actionRequested(berth::ContainerAction action, const QStringList &ids);
    void terminalRequested(const QString &id);
    void copyOutRequested(const QString &id);
    void copyInRequested(const QString &id);
    void runRequested();
    void importRequested();
    void figuresWanted(const QStringList &ids); // of those that are seen and run, while they are seen

protected:
    void updateActions() override;
    void showDetails(const QString &id) override;
    [[nodiscard]] EmptyPage::Texts textsOfNone() const override;
    void helpWithNone() override;
    [[nodiscard]] QString activeCommand() const override { return QStringLiteral("berth ps -a"); }
    void rowButton(const QString &id, int button, const QPoint &position) override;
    void fillMenu(QMenu *menu) override;
    void refreshed() override;

private:
    void makeActions();
    void makeLifeAction(ContainerAction action, const QString &icon, const QString &text, const QKeySequence &keys = {});
    QAction *makeActionOfOne(
        ContainerAction action, const QString &icon, const QString &text, void (ContainersPage::*signal)(const QString &));
    void placeActions();
    [[nodiscard]] QStringList seenFigures() const;
    void showFigures();
    [[nodiscard]] QStringList idsFor(ContainerAction action) const;

    ContainerModel *m_model;
    QPushButton *m_runButton;
    FigureFeed *m_feed;
    QMap<ContainerAction, QAction *> m_actions;
    QAction *m_terminalAction = nullptr;
    QAction *m_copyOutAction = nullptr;
    QAction *m_copyInAction = nullptr;
    bool m_hasImages = false;
};

} // namespace berth
