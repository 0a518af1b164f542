// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/containerspage.h"

#include "gui/style/icons.h"
#include "gui/views/agingtimer.h"
#include "gui/views/detailspane.h"
#include "gui/views/emptypage.h"

#include "ui_containerspage.h"

#include <QClipboard>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

ContainersPage::ContainersPage(ContainerModel *model, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::ContainersPage>()), m_model(model), m_filter(new ContainerFilter(this)),
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
    m_ui->importButton->setIcon(lineIcon(u"import"_s));
    m_ui->runButton->setIcon(lineIcon(u"start"_s, QPalette::BrightText));
    m_ui->stack->addWidget(m_empty);
    m_empty->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // or the window could not be made small
    m_ui->stack->setMinimumHeight(130);
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    m_ui->details->hide();
    m_ui->cleanUpButton->hide(); // as long as there is nothing
    m_filter->setSourceModel(model);
    using enum ContainerModel::Column;
    m_ui->table->setUp(m_filter, u"containers"_s, {ContainerId, Command}, Created, Qt::DescendingOrder);
    makeActions();
    placeActions();
    connectParts();
    updateActions();
    updateEmpty();
}

ContainersPage::~ContainersPage() = default;

DetailsPane *ContainersPage::details() const { return m_ui->details; }

QStringList ContainersPage::selectedIds() const { return m_ui->table->selectedIds(); }

void ContainersPage::connectParts()
{
    connect(m_ui->filterEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        updateEmpty();
    });
    const auto choose = [this](QToolButton *button, ContainerFilter::States states) {
        connect(button, &QToolButton::clicked, this, [this, states] {
            m_filter->setStates(states);
            updateEmpty();
        });
    };
    choose(m_ui->allButton, ContainerFilter::States::All);
    choose(m_ui->runningButton, ContainerFilter::States::Running);
    choose(m_ui->stoppedButton, ContainerFilter::States::Stopped);
    connect(m_ui->runButton, &QPushButton::clicked, this, &ContainersPage::runRequested);
    connect(m_ui->cleanUpButton, &QPushButton::clicked, this, &ContainersPage::cleanUpRequested);
    connect(m_ui->importButton, &QPushButton::clicked, this, &ContainersPage::importRequested);
    connect(m_empty, &EmptyPage::buttonClicked, this, &ContainersPage::emptyButtonClicked);
    connect(m_ui->table, &ListTable::selectedChanged, this, [this] {
        updateActions();
        updateDetails();
    });
    connect(m_ui->table, &ListTable::rowButtonClicked, this, &ContainersPage::rowButton);
    connect(m_ui->table, &ListTable::menuRequested, this, &ContainersPage::showMenu);
    connect(m_ui->table, &ListTable::activatedId, this, [this] {
        m_detailsWanted = true;
        updateDetails();
    });
    connect(m_ui->details, &DetailsPane::closeRequested, this, [this] {
        m_detailsWanted = false;
        m_ui->details->clear();
    });
    connect(m_ui->details, &DetailsPane::inspectWanted, this, &ContainersPage::inspectWanted);
    connect(m_ui->details, &DetailsPane::actionRequested, this,
        [this](ContainerAction action, const QString &id) { Q_EMIT actionRequested(action, {id}); });
    connect(m_model, &ContainerModel::dataChanged, this, [this] {
        updateActions();
        updateDetails();
    });
}

void ContainersPage::setHasImages(bool hasImages)
{
    m_hasImages = hasImages;
    m_ui->runButton->setEnabled(hasImages);
    updateEmpty();
}

void ContainersPage::setProblem(const QString &problem)
{
    m_problem = problem;
    updateEmpty();
}

void ContainersPage::focusFilter()
{
    m_ui->filterEdit->setFocus();
    m_ui->filterEdit->selectAll();
}

void ContainersPage::select(const QString &id) { m_ui->table->selectId(id); }

void ContainersPage::refresh()
{
    m_loaded = true;
    m_ui->cleanUpButton->setVisible(m_model->rowCount() > 0);
    updateTotals();
    updateActions();
    updateDetails();
    updateEmpty();
    m_aging->restart();
}

void ContainersPage::updateTotals()
{
    const int all = m_model->rowCount();
    const QString running = tr("%n running", nullptr, m_model->runningCount());
    m_ui->totalsLabel->setText(all == 0 ? QString() : running + u" · "_s + tr("%n in total", nullptr, all));
}

void ContainersPage::updateDetails()
{
    const QStringList ids = selectedIds();
    const ContainerInfo *container = ids.size() == 1 ? m_model->find(ids.first()) : nullptr;
    if (container == nullptr || !m_detailsWanted)
        m_ui->details->clear();
    else
        m_ui->details->showContainer(*container);
}

void ContainersPage::updateEmpty()
{
    const bool empty = m_filter->rowCount() == 0 && (m_loaded || !m_problem.isEmpty());
    m_ui->stack->setCurrentIndex(empty ? 1 : 0);
    if (!empty)
        return;
    EmptyPage::Texts texts{u"containers"_s, tr("No containers yet"), {}, {}, {}};
    if (!m_problem.isEmpty()) {
        texts = {u"warning"_s, tr("Berth cannot run containers yet"), m_problem, {}, u"berth info"_s};
    } else if (!m_filter->text().isEmpty()) {
        texts = {u"search"_s, tr("No container matches “%1”").arg(m_filter->text()), {}, tr("Clear the filter"), {}};
    } else if (m_model->rowCount() > 0) {
        const bool running = m_filter->states() == ContainerFilter::States::Running;
        texts = {u"containers"_s, running ? tr("No container is running") : tr("No container is stopped"), {}, tr("Show all"),
            running ? u"berth ps -a"_s : QString()};
    } else if (m_hasImages) {
        texts.text = tr("A container is a running copy of an image. Choose an image and run it.");
        texts.button = tr("Run…");
        texts.command = u"berth run -it IMAGE"_s;
    } else {
        texts.text = tr("First get an image: drop an archive anywhere on this window, or choose the file.");
        texts.button = tr("Import…");
        texts.command = u"berth load -i FILE"_s;
    }
    m_empty->setTexts(texts);
}

void ContainersPage::emptyButtonClicked()
{
    if (!m_filter->text().isEmpty())
        return m_ui->filterEdit->clear();
    if (m_model->rowCount() > 0)
        return m_ui->allButton->click();
    if (m_hasImages)
        Q_EMIT runRequested();
    else
        Q_EMIT importRequested();
}

} // namespace berth
