// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/volumespage.h"

#include "gui/views/detailspane.h"

#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

VolumesPage::VolumesPage(VolumeModel *model, QWidget *parent)
    : ListPage(model,
          {.name = u"volumes"_s,
              .title = tr("Volumes"),
              .filter = tr("Filter by name or label"),
              .active = tr("In use"),
              .idle = tr("Not used"),
              .problem = tr("Berth cannot use its store"),
              .noMatch = tr("No volume matches “%1”"),
              .noneActive = tr("No volume is in use"),
              .noneIdle = tr("Every volume is in use")},
          parent),
      m_model(model), m_removeAction(makeAction(u"remove"_s, tr("Remove…"), QKeySequence::Delete))
{
    setUpTable({}, VolumeModel::Name, Qt::AscendingOrder);
    addToBar(m_removeAction);
    connect(m_removeAction, &QAction::triggered, this, [this] { Q_EMIT removeRequested(removable()); });
    const auto *create = addButton(u"createButton"_s, u"add"_s, tr("Create…"), ButtonKind::Main);
    connect(create, &QPushButton::clicked, this, &VolumesPage::createRequested);
    start();
}

QStringList VolumesPage::removable() const
{
    QStringList names;
    for (const QString &name : selectedIds()) {
        const VolumeInfo *volume = m_model->find(name);
        if (volume != nullptr && volume->containers == 0)
            names.append(name);
    }
    return names;
}

void VolumesPage::showEvent(QShowEvent *event)
{
    ListPage::showEvent(event);
    Q_EMIT sizesWanted(); // containers write without telling anybody
}

void VolumesPage::refreshed()
{
    const bool missing = std::ranges::any_of(
        m_model->rows(), [this](const VolumeInfo &volume) { return !m_model->sizeOf(volume.name).has_value(); });
    if (isVisible() && missing)
        Q_EMIT sizesWanted();
}

void VolumesPage::updateActions() { m_removeAction->setEnabled(!removable().isEmpty()); }

void VolumesPage::showDetails(const QString &name)
{
    const VolumeInfo *volume = m_model->find(name);
    if (volume == nullptr)
        details()->clear();
    else
        details()->showVolume({*volume, m_model->usersOf(name), m_model->sizeOf(name)});
}

EmptyPage::Texts VolumesPage::textsOfNone() const
{
    return {u"volumes"_s, tr("No volumes yet"),
        tr("A volume keeps files apart from containers: they stay when a container is removed, and several "
           "containers can share them. Use it with -v NAME:/path when you run an image."),
        tr("Create…"), u"berth volume create NAME"_s};
}

void VolumesPage::rowButton(const QString &name, int button, const QPoint &position)
{
    switch (static_cast<VolumeModel::RowAction>(button)) {
    case VolumeModel::Remove: return Q_EMIT removeRequested({name});
    case VolumeModel::More: openMenu(name, position);
    }
}

void VolumesPage::fillMenu(QMenu *menu)
{
    addCopyAction(menu, u"copy"_s, tr("Copy name"), [](const QString &name) { return name; });
    addCopyAction(menu, u"folder"_s, tr("Copy folder"), [this](const QString &name) {
        const VolumeInfo *volume = m_model->find(name);
        return volume == nullptr ? QString() : volume->mountpoint;
    });
    menu->addSeparator();
    menu->addAction(m_removeAction);
}

} // namespace berth
