// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/imagemodel.h"
#include "gui/views/listpage.h"

namespace berth {

// The list of images, one row a name as `berth images` prints it, by ImageRow::key().
class ImagesPage final : public ListPage {
    Q_OBJECT
public:
    explicit ImagesPage(ImageModel *model, QWidget *parent = nullptr);

    [[nodiscard]] QAction *runAction() const { return m_runAction; }
    [[nodiscard]] QAction *tagAction() const { return m_tagAction; }
    [[nodiscard]] QAction *saveAction() const { return m_saveAction; }
    [[nodiscard]] QAction *removeAction() const { return m_removeAction; }

Q_SIGNALS:
    void runRequested(const QString &reference); // empty: the newest
    void tagRequested(const QString &key);
    void saveRequested(const QStringList &keys);
    void removeRequested(const QStringList &keys);
    void importRequested();

protected:
    void updateActions() override;
    void showDetails(const QString &key) override;
    [[nodiscard]] EmptyPage::Texts textsOfNone() const override;
    void helpWithNone() override { Q_EMIT importRequested(); }
    void rowButton(const QString &key, int button, const QPoint &position) override;
    void fillMenu(QMenu *menu) override;

private:
    void placeActions();
    void run(const QString &key);

    ImageModel *m_model;
    QPushButton *m_runButton;
    QAction *m_runAction;
    QAction *m_tagAction;
    QAction *m_saveAction;
    QAction *m_removeAction;
};

} // namespace berth
