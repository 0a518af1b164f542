// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/containerspage.h"

#include "gui/views/detailspane.h"
#include "gui/views/listtable.h"

#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

ContainersPage::ContainersPage(ContainerModel *model, QWidget *parent)
    : ListPage(model,
          {.name = u"containers"_s,
              .title = tr("Containers"),
              .filter = tr("Filter by name, image, ID"),
              .active = tr("Running"),
              .idle = tr("Stopped"),
              .problem = tr("Berth cannot run containers yet"),
              .noMatch = tr("No container matches “%1”"),
              .noneActive = tr("No container is running"),
              .noneIdle = tr("No container is stopped")},
          parent),
      m_model(model)
{
    setUpTable({ContainerModel::ContainerId, ContainerModel::Command}, ContainerModel::Created, Qt::DescendingOrder);
    makeActions();
    placeActions();
    const auto *import = addButton(u"importButton"_s, u"import"_s, tr("Import…"));
    connect(import, &QPushButton::clicked, this, &ContainersPage::importRequested);
    m_runButton = addButton(u"runButton"_s, u"start"_s, tr("Run…"), ButtonKind::Main);
    connect(m_runButton, &QPushButton::clicked, this, &ContainersPage::runRequested);
    connect(details(), &DetailsPane::actionRequested, this,
        [this](ContainerAction action, const QString &id) { Q_EMIT actionRequested(action, {id}); });
    start();
}

void ContainersPage::setHasImages(bool hasImages)
{
    m_hasImages = hasImages;
    m_runButton->setEnabled(hasImages);
    updateEmpty();
}

QString ContainersPage::dropTargetAt(const QPoint &globalPosition) const
{
    const QString id = table()->idAt(globalPosition);
    const ContainerInfo *container = m_model->find(id);
    const bool allowed = container != nullptr && !m_model->isPending(id) && can(container->state, ContainerAction::Copy);
    return allowed ? id : QString();
}

void ContainersPage::showDropTarget(const QString &id) { table()->setDropTarget(id); }

void ContainersPage::showDetails(const QString &id)
{
    if (const ContainerInfo *container = m_model->find(id))
        details()->showContainer(*container);
    else
        details()->clear();
}

EmptyPage::Texts ContainersPage::textsOfNone() const
{
    const QString title = tr("No containers yet");
    if (m_hasImages)
        return {u"containers"_s, title, tr("A container is a running copy of an image. Choose an image and run it."), tr("Run…"),
            u"berth run -it IMAGE"_s};
    return {u"containers"_s, title, tr("First get an image: drop an archive anywhere on this window, or choose the file."),
        tr("Import…"), u"berth load -i FILE"_s};
}

void ContainersPage::helpWithNone()
{
    if (m_hasImages)
        Q_EMIT runRequested();
    else
        Q_EMIT importRequested();
}

} // namespace berth
