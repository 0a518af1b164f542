// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/listfilter.h"
#include "gui/models/listmodel.h"
#include "gui/views/emptypage.h"

#include <QAction>
#include <QWidget>

#include <functional>
#include <memory>

class QMenu;
class QPushButton;

namespace berth {

class AgingTimer;
class DetailsPane;
class ListTable;

namespace Ui {
class ListPage;
}

// What the pages of containers, images and volumes share: a title with totals and buttons, a filter, the
// actions for what is selected, a table, the details of one row, and what stands there instead of an empty list.
// A page asks for what the person wants by signals; it knows no engine.
class ListPage : public QWidget {
    Q_OBJECT
public:
    ~ListPage() override;

    [[nodiscard]] DetailsPane *details() const;
    [[nodiscard]] QStringList selectedIds() const; // IdRole of its model
    // The engine cannot be used: why, and how to mend it. An empty text: it can.
    void setProblem(const QString &problem);
    void focusFilter();
    void select(const QString &id);
    void refresh(); // after a snapshot

Q_SIGNALS:
    void cleanUpRequested();
    void inspectWanted(const QString &id);

protected:
    struct Words {
        QString name;       // of its icon and of what is remembered about its columns
        QString title;
        QString filter;     // what the filter looks at
        QString active;     // the two kinds, on buttons
        QString idle;
        QString problem;    // titles of empty lists: the engine cannot be used,
        QString noMatch;    // nothing has these words (%1),
        QString noneActive; // nothing is of that kind
        QString noneIdle;
    };
    ListPage(ListModel *model, const Words &words, QWidget *parent);

    // Parts, for the constructor of a page, which ends with start().
    void setUpTable(const QList<int> &hidden, int sortColumn, Qt::SortOrder order);
    enum class ButtonKind { Plain, Main };
    QPushButton *addButton(const QString &name, const QString &icon, const QString &text, ButtonKind kind = ButtonKind::Plain);
    QAction *makeAction(const QString &icon, const QString &text, const QKeySequence &keys = {});
    void addToBar(QAction *action, int gap = 0); // pixels before it
    void start();

    void addCopyAction(
        QMenu *menu, const QString &icon, const QString &text, const std::function<QString(const QString &id)> &line);
    void openMenu(const QString &id, const QPoint &position); // of that row
    void updateAll(); // what depends on the rows and on which are selected
    void updateEmpty();
    [[nodiscard]] ListTable *table() const;

    virtual void updateActions() = 0;
    virtual void showDetails(const QString &id) = 0;
    [[nodiscard]] virtual EmptyPage::Texts textsOfNone() const = 0; // nothing exists,
    virtual void helpWithNone() = 0;                                // and what its button does
    [[nodiscard]] virtual QString activeCommand() const { return {}; } // shows those of the other kind, too
    virtual void rowButton(const QString &id, int button, const QPoint &position) = 0;
    virtual void fillMenu(QMenu *menu) = 0;
    virtual void refreshed() {} // after a snapshot

private:
    void connectParts();
    void updateDetails();
    void emptyButtonClicked();
    void showMenu(const QPoint &position);

    std::unique_ptr<Ui::ListPage> m_ui;
    Words m_words;
    ListModel *m_model;
    ListFilter *m_filter;
    EmptyPage *m_empty;
    AgingTimer *m_aging;
    QWidget *m_lastButton; // in the order of the Tab key: of those above the list,
    QWidget *m_lastAction; // of those for what is selected
    QString m_problem;
    bool m_detailsWanted = true;
    bool m_loaded = false; // a snapshot came; before that an empty list means nothing
};

} // namespace berth
