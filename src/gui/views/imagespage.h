// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/imagefilter.h"
#include "gui/models/imagemodel.h"

#include <QAction>
#include <QWidget>

#include <memory>

namespace berth {

class AgingTimer;
class DetailsPane;
class EmptyPage;

namespace Ui {
class ImagesPage;
}

// The list of images, one row a name as `berth images` prints it. Asks by signals; knows no engine.
class ImagesPage final : public QWidget {
    Q_OBJECT
public:
    explicit ImagesPage(ImageModel *model, QWidget *parent = nullptr);
    ~ImagesPage() override;

    [[nodiscard]] DetailsPane *details() const;
    [[nodiscard]] QAction *runAction() const { return m_runAction; }
    [[nodiscard]] QAction *tagAction() const { return m_tagAction; }
    [[nodiscard]] QAction *saveAction() const { return m_saveAction; }
    [[nodiscard]] QAction *removeAction() const { return m_removeAction; }
    [[nodiscard]] QStringList selectedKeys() const;
    void setProblem(const QString &problem); // the engine cannot be used; empty: it can
    void focusFilter();
    void select(const QString &key);
    void refresh(); // after a snapshot

Q_SIGNALS:
    void runRequested(const QString &reference); // empty: the newest
    void tagRequested(const QString &key);
    void saveRequested(const QStringList &keys);
    void removeRequested(const QStringList &keys);
    void importRequested();
    void cleanUpRequested();
    void inspectWanted(const QString &key);

private:
    void makeActions();
    QAction *makeAction(const QString &icon, const QString &text, const QKeySequence &keys);
    void connectParts();
    void updateActions();
    void updateDetails();
    void updateEmpty();
    void rowButton(const QString &key, int button, const QPoint &position);
    void showMenu(const QPoint &position);
    void run(const QString &key);

    std::unique_ptr<Ui::ImagesPage> m_ui;
    ImageModel *m_model;
    ImageFilter *m_filter;
    EmptyPage *m_empty;
    AgingTimer *m_aging;
    QAction *m_runAction = nullptr;
    QAction *m_tagAction = nullptr;
    QAction *m_saveAction = nullptr;
    QAction *m_removeAction = nullptr;
    QString m_problem;
    bool m_detailsWanted = true;
    bool m_loaded = false;
};

} // namespace berth
