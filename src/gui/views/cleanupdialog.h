// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/views/cleanuprows.h"

#include <QDialog>

#include <memory>

class QTreeWidgetItem;

namespace berth {

namespace Ui {
class CleanUpDialog;
}

// A tree of all that could be deleted, with what that frees. Asks by signals for the plan and for what is
// left of it when only the ticked rows go; when accepted, chosen() is to be carried out, and nothing else.
class CleanUpDialog final : public QDialog {
    Q_OBJECT
public:
    explicit CleanUpDialog(const QSet<QString> &anonymousVolumes, QWidget *parent = nullptr);
    ~CleanUpDialog() override;

    [[nodiscard]] CleanUpOptions options() const; // of the plan that is wanted now
    void setPlan(const CleanUpPlan &plan);
    void setChoice(const QSet<qsizetype> &wanted, const CleanUpChoice &choice); // an answer that came too late is ignored
    void setProblem(const QString &problem);

    // Valid when accepted.
    [[nodiscard]] const CleanUpPlan &chosen() const { return m_chosen; }
    [[nodiscard]] QList<QStringList> commands() const;
    [[nodiscard]] QStringList chosenNamedVolumes() const; // what a person made on purpose

Q_SIGNALS:
    void planWanted();
    void choiceWanted(const berth::CleanUpPlan &plan, const QSet<qsizetype> &wanted); // places of ticked items

private:
    void askForPlan();
    void fillTree();
    void ask();           // what goes when these are ticked
    void showSizes();     // of groups and the total
    void showChoice();
    [[nodiscard]] QSet<qsizetype> tickedRows() const;
    [[nodiscard]] QSet<qsizetype> tickedPlaces() const;
    [[nodiscard]] QString age() const; // "until=…", or empty

    std::unique_ptr<Ui::CleanUpDialog> m_ui;
    QSet<QString> m_anonymousVolumes;
    CleanUpPlan m_plan;
    CleanUpPlan m_chosen;
    QList<CleanUpRow> m_rows;
    QList<QTreeWidgetItem *> m_items;         // as m_rows
    QSet<QString> m_unticked, m_ticked;       // ids; what the person decided outlives a new plan
    bool m_filling = false;
};

} // namespace berth
