// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/containerspage.h"

#include "gui/views/detailspane.h"
#include "gui/views/figurefeed.h"
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
      m_model(model), m_feed(new FigureFeed(this, [this] { return seenFigures(); }))
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
    connect(m_feed, &FigureFeed::figuresWanted, this, &ContainersPage::figuresWanted);
    connect(table(), &ListTable::sightChanged, m_feed, &FigureFeed::refresh);
    connect(details(), &DetailsPane::tabShown, this, [this] {
        showFigures();
        m_feed->refresh();
    });
    start();
}

// A plot wants to be smoother than a number in a list.
QStringList ContainersPage::seenFigures() const
{
    using namespace std::chrono_literals;
    QStringList ids;
    if (!table()->isColumnHidden(ContainerModel::Cpu) || !table()->isColumnHidden(ContainerModel::Memory))
        ids = table()->idsInSight();
    m_feed->setInterval(details()->wantsFigures() ? 1s : 2s);
    if (details()->wantsFigures() && !ids.contains(details()->shownId()))
        ids.append(details()->shownId());
    ids.removeIf([this](const QString &id) {
        const ContainerInfo *container = m_model->find(id);
        return container == nullptr || !isUp(container->state);
    });
    return ids;
}

void ContainersPage::setFigures(const QList<FigureSample> &samples)
{
    m_model->setFigures(samples);
    showFigures();
    m_feed->answered();
}

void ContainersPage::showFigures()
{
    const QString id = details()->shownId();
    details()->setFigures(m_model->figures().last(id), m_model->figures().history(id));
}

void ContainersPage::refreshed()
{
    showFigures();
    m_feed->refresh();
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
