// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/imagespage.h"

#include "gui/views/detailspane.h"

#include <QMenu>
#include <QPushButton>

namespace berth {

using namespace Qt::StringLiterals;

ImagesPage::ImagesPage(ImageModel *model, QWidget *parent)
    : ListPage(model,
          {.name = u"images"_s,
              .title = tr("Images"),
              .filter = tr("Filter by name or ID"),
              .active = tr("In use"),
              .idle = tr("Not used"),
              .problem = tr("Berth cannot use its store"),
              .noMatch = tr("No image matches “%1”"),
              .noneActive = tr("No image is in use"),
              .noneIdle = tr("Every image is in use")},
          parent),
      m_model(model), m_runAction(makeAction(u"start"_s, tr("Run…"))),
      m_tagAction(makeAction(u"tag"_s, tr("Another name…"), Qt::Key_F2)),
      m_saveAction(makeAction(u"save"_s, tr("Save as an archive…"), QKeySequence::Save)),
      m_removeAction(makeAction(u"remove"_s, tr("Remove…"), QKeySequence::Delete))
{
    setUpTable({}, ImageModel::Created, Qt::DescendingOrder);
    placeActions();
    const auto *import = addButton(u"importButton"_s, u"import"_s, tr("Import…"));
    connect(import, &QPushButton::clicked, this, &ImagesPage::importRequested);
    m_runButton = addButton(u"runButton"_s, u"start"_s, tr("Run…"), ButtonKind::Main);
    connect(m_runButton, &QPushButton::clicked, this, [this] { run(selectedIds().value(0)); });
    start();
}

void ImagesPage::placeActions()
{
    m_runAction->setToolTip(tr("Run a container of this image"));
    addToBar(m_runAction);
    addToBar(m_tagAction);
    addToBar(m_saveAction);
    addToBar(m_removeAction, 18); // so that a slip of the pointer removes nothing
    connect(m_runAction, &QAction::triggered, this, [this] { run(selectedIds().value(0)); });
    connect(m_tagAction, &QAction::triggered, this, [this] { Q_EMIT tagRequested(selectedIds().value(0)); });
    connect(m_saveAction, &QAction::triggered, this, [this] { Q_EMIT saveRequested(selectedIds()); });
    connect(m_removeAction, &QAction::triggered, this, [this] { Q_EMIT removeRequested(selectedIds()); });
}

void ImagesPage::run(const QString &key)
{
    const ImageRow *row = m_model->find(key);
    Q_EMIT runRequested(row == nullptr ? QString() : row->reference());
}

void ImagesPage::updateActions()
{
    const qsizetype selected = selectedIds().size();
    m_runButton->setEnabled(m_model->rowCount() > 0);
    m_runAction->setEnabled(selected == 1);
    m_tagAction->setEnabled(selected == 1);
    m_saveAction->setEnabled(selected > 0);
    m_removeAction->setEnabled(selected > 0);
}

void ImagesPage::showDetails(const QString &key)
{
    if (const ImageRow *row = m_model->find(key))
        details()->showImage(*row);
    else
        details()->clear();
}

EmptyPage::Texts ImagesPage::textsOfNone() const
{
    return {u"images"_s, tr("No images yet"),
        tr("Drop an archive of an image anywhere on this window, as docker save, podman save or skopeo "
           "write it. Berth keeps its own images, apart from Docker's."),
        tr("Import…"), u"berth load -i FILE"_s};
}

void ImagesPage::rowButton(const QString &key, int button, const QPoint &position)
{
    switch (static_cast<ImageModel::RowAction>(button)) {
    case ImageModel::Run: return run(key);
    case ImageModel::Remove: return Q_EMIT removeRequested({key});
    case ImageModel::More: openMenu(key, position);
    }
}

void ImagesPage::fillMenu(QMenu *menu)
{
    menu->addActions({m_runAction, m_tagAction, m_saveAction});
    menu->addSeparator();
    const auto copy = [this, menu](const QString &text, auto line) {
        addCopyAction(menu, u"copy"_s, text, [this, line](const QString &key) {
            const ImageRow *row = m_model->find(key);
            return row == nullptr ? QString() : line(*row);
        });
    };
    copy(tr("Copy name"), [](const ImageRow &row) { return row.reference(); });
    copy(tr("Copy ID"), [](const ImageRow &row) { return row.image.id.text(); });
    menu->addSeparator();
    menu->addAction(m_removeAction);
}

} // namespace berth
