// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/volumespage.h"

#include "gui/style/icons.h"
#include "gui/views/agingtimer.h"
#include "gui/views/detailspane.h"
#include "gui/views/emptypage.h"

#include "ui_volumespage.h"

#include <QClipboard>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

VolumesPage::VolumesPage(VolumeModel *model, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::VolumesPage>()), m_model(model), m_filter(new VolumeFilter(this)),
      m_empty(new EmptyPage(this)), m_aging(new AgingTimer(this, [this] {
          if (m_ui->details->isVisible())
              m_ui->details->refreshTimes();
          return m_model->refreshTimes(QDateTime::currentDateTimeUtc());
      }))
{
    m_ui->setupUi(this);
    setFocusProxy(m_ui->table);
    m_ui->filterEdit->addAction(lineIcon(u"search"_s, QPalette::PlaceholderText), QLineEdit::LeadingPosition);
    m_ui->cleanUpButton->setIcon(lineIcon(u"cleanup"_s));
    m_ui->createButton->setIcon(lineIcon(u"add"_s, QPalette::BrightText));
    m_ui->stack->addWidget(m_empty);
    m_empty->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // or the window could not be made small
    m_ui->stack->setMinimumHeight(130);
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    m_ui->details->hide();
    m_ui->cleanUpButton->hide(); // as long as there is nothing
    m_filter->setSourceModel(model);
    m_ui->table->setUp(m_filter, u"volumes"_s, {}, VolumeModel::Name, Qt::AscendingOrder);
    makeActions();
    connectParts();
    updateActions();
    updateEmpty();
}

VolumesPage::~VolumesPage() = default;

DetailsPane *VolumesPage::details() const { return m_ui->details; }

QStringList VolumesPage::selectedNames() const { return m_ui->table->selectedIds(); }

QStringList VolumesPage::removable() const
{
    QStringList names;
    for (const QString &name : selectedNames()) {
        const VolumeInfo *volume = m_model->find(name);
        if (volume != nullptr && volume->containers == 0)
            names.append(name);
    }
    return names;
}

void VolumesPage::makeActions()
{
    m_removeAction = new QAction(lineIcon(u"remove"_s), tr("Remove…"), this);
    m_removeAction->setShortcut(QKeySequence::Delete);
    m_removeAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const QString keys = m_removeAction->shortcut().toString(QKeySequence::NativeText);
    m_removeAction->setToolTip(u"%1 (%2)"_s.arg(m_removeAction->text(), keys));
    addAction(m_removeAction);
    connect(m_removeAction, &QAction::triggered, this, [this] { Q_EMIT removeRequested(removable()); });

    auto *box = new QHBoxLayout(m_ui->actionsWidget);
    box->setContentsMargins(0, 0, 0, 0);
    auto *button = new QToolButton(m_ui->actionsWidget);
    button->setDefaultAction(m_removeAction);
    button->setIconSize({19, 19});
    button->setAccessibleName(m_removeAction->text());
    box->addWidget(button);
}

void VolumesPage::connectParts()
{
    connect(m_ui->filterEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        updateEmpty();
    });
    const auto choose = [this](QToolButton *button, VolumeFilter::Use use) {
        connect(button, &QToolButton::clicked, this, [this, use] {
            m_filter->setUse(use);
            updateEmpty();
        });
    };
    choose(m_ui->allButton, VolumeFilter::Use::All);
    choose(m_ui->usedButton, VolumeFilter::Use::Used);
    choose(m_ui->unusedButton, VolumeFilter::Use::Unused);
    connect(m_ui->createButton, &QPushButton::clicked, this, &VolumesPage::createRequested);
    connect(m_ui->cleanUpButton, &QPushButton::clicked, this, &VolumesPage::cleanUpRequested);
    connect(m_ui->table, &ListTable::selectedChanged, this, [this] {
        updateActions();
        updateDetails();
    });
    connect(m_ui->table, &ListTable::rowButtonClicked, this, &VolumesPage::rowButton);
    connect(m_ui->table, &ListTable::menuRequested, this, &VolumesPage::showMenu);
    connect(m_ui->table, &ListTable::activatedId, this, [this] {
        m_detailsWanted = true;
        updateDetails();
    });
    connect(m_ui->details, &DetailsPane::closeRequested, this, [this] {
        m_detailsWanted = false;
        m_ui->details->clear();
    });
    connect(m_ui->details, &DetailsPane::inspectWanted, this, &VolumesPage::inspectWanted);
    connect(m_model, &VolumeModel::dataChanged, this, [this] {
        m_ui->totalsLabel->setText(m_model->totals());
        updateActions();
        updateDetails();
    });
    connect(m_empty, &EmptyPage::buttonClicked, this, [this] {
        if (!m_filter->text().isEmpty())
            m_ui->filterEdit->clear();
        else if (m_model->rowCount() > 0)
            m_ui->allButton->click();
        else
            Q_EMIT createRequested();
    });
}

void VolumesPage::setProblem(const QString &problem)
{
    m_problem = problem;
    updateEmpty();
}

void VolumesPage::focusFilter()
{
    m_ui->filterEdit->setFocus();
    m_ui->filterEdit->selectAll();
}

void VolumesPage::select(const QString &name) { m_ui->table->selectId(name); }

void VolumesPage::refresh()
{
    m_loaded = true;
    m_ui->totalsLabel->setText(m_model->rowCount() == 0 ? QString() : m_model->totals());
    m_ui->cleanUpButton->setVisible(m_model->rowCount() > 0);
    updateActions();
    updateDetails();
    updateEmpty();
    m_aging->restart();
    askForSizes();
}

void VolumesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    Q_EMIT sizesWanted(); // containers write without telling anybody
}

void VolumesPage::askForSizes()
{
    const bool missing = std::ranges::any_of(
        m_model->volumes(), [this](const VolumeInfo &volume) { return !m_model->sizeOf(volume.name).has_value(); });
    if (isVisible() && missing)
        Q_EMIT sizesWanted();
}

void VolumesPage::updateActions()
{
    const qsizetype selected = selectedNames().size();
    m_removeAction->setEnabled(!removable().isEmpty());
    m_ui->selectionLabel->setText(selected > 1 ? tr("%n selected", nullptr, static_cast<int>(selected)) : QString());
}

void VolumesPage::updateDetails()
{
    const QStringList names = selectedNames();
    const VolumeInfo *volume = names.size() == 1 ? m_model->find(names.first()) : nullptr;
    if (volume == nullptr || !m_detailsWanted)
        m_ui->details->clear();
    else
        m_ui->details->showVolume({*volume, m_model->usersOf(volume->name), m_model->sizeOf(volume->name)});
}

void VolumesPage::updateEmpty()
{
    const bool empty = m_filter->rowCount() == 0 && (m_loaded || !m_problem.isEmpty());
    m_ui->stack->setCurrentIndex(empty ? 1 : 0);
    if (!empty)
        return;
    EmptyPage::Texts texts;
    if (!m_problem.isEmpty())
        texts = {u"warning"_s, tr("Berth cannot use its store"), m_problem, {}, u"berth info"_s};
    else if (!m_filter->text().isEmpty())
        texts = {u"search"_s, tr("No volume matches “%1”").arg(m_filter->text()), {}, tr("Clear the filter"), {}};
    else if (m_model->rowCount() > 0)
        texts = {u"volumes"_s,
            m_filter->use() == VolumeFilter::Use::Used ? tr("No volume is in use") : tr("Every volume is in use"), {},
            tr("Show all"), {}};
    else
        texts = {u"volumes"_s, tr("No volumes yet"),
            tr("A volume keeps files apart from containers: they stay when a container is removed, and several "
               "containers can share them. Use it with -v NAME:/path when you run an image."),
            tr("Create…"), u"berth volume create NAME"_s};
    m_empty->setTexts(texts);
}

void VolumesPage::rowButton(const QString &name, int button, const QPoint &position)
{
    switch (static_cast<VolumeModel::RowAction>(button)) {
    case VolumeModel::Remove: return Q_EMIT removeRequested({name});
    case VolumeModel::More: m_ui->table->selectId(name); showMenu(position);
    }
}

void VolumesPage::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto copy = [this](auto text) {
        QStringList lines;
        for (const QString &name : selectedNames()) {
            if (const VolumeInfo *volume = m_model->find(name))
                lines.append(text(*volume));
        }
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    };
    menu->addAction(
        lineIcon(u"copy"_s), tr("Copy name"), this, [copy] { copy([](const VolumeInfo &volume) { return volume.name; }); });
    menu->addAction(lineIcon(u"folder"_s), tr("Copy folder"), this,
        [copy] { copy([](const VolumeInfo &volume) { return volume.mountpoint; }); });
    menu->addSeparator();
    menu->addAction(m_removeAction);
    menu->popup(position);
}

} // namespace berth
