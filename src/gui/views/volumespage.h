// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/volumemodel.h"
#include "gui/views/listpage.h"

namespace berth {

// The list of volumes, by name.
class VolumesPage final : public ListPage {
    Q_OBJECT
public:
    explicit VolumesPage(VolumeModel *model, QWidget *parent = nullptr);

    [[nodiscard]] QAction *removeAction() const { return m_removeAction; }

Q_SIGNALS:
    void createRequested();
    void removeRequested(const QStringList &names);
    void sizesWanted(); // the page is seen, and a size is missing

protected:
    void showEvent(QShowEvent *event) override;
    void updateActions() override;
    void showDetails(const QString &name) override;
    [[nodiscard]] EmptyPage::Texts textsOfNone() const override;
    void helpWithNone() override { Q_EMIT createRequested(); }
    void rowButton(const QString &name, int button, const QPoint &position) override;
    void fillMenu(QMenu *menu) override;
    void refreshed() override;

private:
    [[nodiscard]] QStringList removable() const; // of the selected ones

    VolumeModel *m_model;
    QAction *m_removeAction;
};

} // namespace berth
