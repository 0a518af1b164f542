// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/imagespage.h"

#include "gui/style/icons.h"
#include "gui/views/agingtimer.h"
#include "gui/views/detailspane.h"
#include "gui/views/emptypage.h"

#include "ui_imagespage.h"

#include <QClipboard>
#include <QMenu>
#include <QToolButton>

namespace berth {

using namespace Qt::StringLiterals;

ImagesPage::ImagesPage(ImageModel *model, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::ImagesPage>()), m_model(model), m_filter(new ImageFilter(this)),
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
    m_ui->table->setUp(m_filter, u"images"_s, {}, ImageModel::Created, Qt::DescendingOrder);
    makeActions();
    connectParts();
    updateActions();
    updateEmpty();
}

ImagesPage::~ImagesPage() = default;

DetailsPane *ImagesPage::details() const { return m_ui->details; }

QStringList ImagesPage::selectedKeys() const { return m_ui->table->selectedIds(); }

QAction *ImagesPage::makeAction(const QString &icon, const QString &text, const QKeySequence &keys)
{
    auto *action = new QAction(lineIcon(icon), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const QString shown = keys.toString(QKeySequence::NativeText);
    action->setToolTip(shown.isEmpty() ? text : u"%1 (%2)"_s.arg(text, shown));
    addAction(action);
    return action;
}

void ImagesPage::makeActions()
{
    m_runAction = makeAction(u"start"_s, tr("Run…"), {});
    m_runAction->setToolTip(tr("Run a container of this image"));
    m_tagAction = makeAction(u"tag"_s, tr("Another name…"), Qt::Key_F2);
    m_saveAction = makeAction(u"save"_s, tr("Save as an archive…"), QKeySequence::Save);
    m_removeAction = makeAction(u"remove"_s, tr("Remove…"), QKeySequence::Delete);
    connect(m_tagAction, &QAction::triggered, this, [this] { Q_EMIT tagRequested(selectedKeys().value(0)); });
    connect(m_saveAction, &QAction::triggered, this, [this] { Q_EMIT saveRequested(selectedKeys()); });
    connect(m_runAction, &QAction::triggered, this, [this] { run(selectedKeys().value(0)); });
    connect(m_removeAction, &QAction::triggered, this, [this] { Q_EMIT removeRequested(selectedKeys()); });

    auto *box = new QHBoxLayout(m_ui->actionsWidget);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(1);
    for (QAction *action : {m_runAction, m_tagAction, m_saveAction, m_removeAction}) {
        if (action == m_removeAction)
            box->addSpacing(18); // so that a slip of the pointer removes nothing
        auto *button = new QToolButton(m_ui->actionsWidget);
        button->setDefaultAction(action);
        button->setIconSize({19, 19});
        button->setAccessibleName(action->text());
        box->addWidget(button);
    }
}

void ImagesPage::connectParts()
{
    connect(m_ui->filterEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        updateEmpty();
    });
    const auto choose = [this](QToolButton *button, ImageFilter::Use use) {
        connect(button, &QToolButton::clicked, this, [this, use] {
            m_filter->setUse(use);
            updateEmpty();
        });
    };
    choose(m_ui->allButton, ImageFilter::Use::All);
    choose(m_ui->usedButton, ImageFilter::Use::Used);
    choose(m_ui->unusedButton, ImageFilter::Use::Unused);
    connect(m_ui->runButton, &QPushButton::clicked, this, [this] { run(selectedKeys().value(0)); });
    connect(m_ui->cleanUpButton, &QPushButton::clicked, this, &ImagesPage::cleanUpRequested);
    connect(m_ui->importButton, &QPushButton::clicked, this, &ImagesPage::importRequested);
    connect(m_ui->table, &ListTable::selectedChanged, this, [this] {
        updateActions();
        updateDetails();
    });
    connect(m_ui->table, &ListTable::rowButtonClicked, this, &ImagesPage::rowButton);
    connect(m_ui->table, &ListTable::menuRequested, this, &ImagesPage::showMenu);
    connect(m_ui->table, &ListTable::activatedId, this, [this] {
        m_detailsWanted = true;
        updateDetails();
    });
    connect(m_ui->details, &DetailsPane::closeRequested, this, [this] {
        m_detailsWanted = false;
        m_ui->details->clear();
    });
    connect(m_ui->details, &DetailsPane::inspectWanted, this, &ImagesPage::inspectWanted);
    connect(m_empty, &EmptyPage::buttonClicked, this, [this] {
        if (!m_filter->text().isEmpty())
            m_ui->filterEdit->clear();
        else if (m_model->rowCount() > 0)
            m_ui->allButton->click();
        else
            Q_EMIT importRequested();
    });
}

void ImagesPage::run(const QString &key)
{
    const ImageRow *row = m_model->find(key);
    Q_EMIT runRequested(row == nullptr ? QString() : row->reference());
}

void ImagesPage::setProblem(const QString &problem)
{
    m_problem = problem;
    updateEmpty();
}

void ImagesPage::focusFilter()
{
    m_ui->filterEdit->setFocus();
    m_ui->filterEdit->selectAll();
}

void ImagesPage::select(const QString &key) { m_ui->table->selectId(key); }

void ImagesPage::refresh()
{
    m_loaded = true;
    m_ui->cleanUpButton->setVisible(m_model->rowCount() > 0);
    m_ui->totalsLabel->setText(m_model->rowCount() == 0 ? QString() : m_model->totals());
    m_ui->runButton->setEnabled(m_model->rowCount() > 0);
    updateActions();
    updateDetails();
    updateEmpty();
    m_aging->restart();
}

void ImagesPage::updateActions()
{
    const qsizetype selected = selectedKeys().size();
    m_runAction->setEnabled(selected == 1);
    m_tagAction->setEnabled(selected == 1);
    m_saveAction->setEnabled(selected > 0);
    m_removeAction->setEnabled(selected > 0);
    m_ui->selectionLabel->setText(selected > 1 ? tr("%n selected", nullptr, static_cast<int>(selected)) : QString());
}

void ImagesPage::updateDetails()
{
    const QStringList keys = selectedKeys();
    const ImageRow *row = keys.size() == 1 ? m_model->find(keys.first()) : nullptr;
    if (row == nullptr || !m_detailsWanted)
        m_ui->details->clear();
    else
        m_ui->details->showImage(*row);
}

void ImagesPage::updateEmpty()
{
    const bool empty = m_filter->rowCount() == 0 && (m_loaded || !m_problem.isEmpty());
    m_ui->stack->setCurrentIndex(empty ? 1 : 0);
    if (!empty)
        return;
    EmptyPage::Texts texts;
    if (!m_problem.isEmpty())
        texts = {u"warning"_s, tr("Berth cannot use its store"), m_problem, {}, u"berth info"_s};
    else if (!m_filter->text().isEmpty())
        texts = {u"search"_s, tr("No image matches “%1”").arg(m_filter->text()), {}, tr("Clear the filter"), {}};
    else if (m_model->rowCount() > 0)
        texts = {u"images"_s, m_filter->use() == ImageFilter::Use::Used ? tr("No image is in use") : tr("Every image is in use"),
            {}, tr("Show all"), {}};
    else
        texts = {u"images"_s, tr("No images yet"),
            tr("Drop an archive of an image anywhere on this window, as docker save, podman save or skopeo "
               "write it. Berth keeps its own images, apart from Docker's."),
            tr("Import…"), u"berth load -i FILE"_s};
    m_empty->setTexts(texts);
}

void ImagesPage::rowButton(const QString &key, int button, const QPoint &position)
{
    switch (static_cast<ImageModel::RowAction>(button)) {
    case ImageModel::Run: return run(key);
    case ImageModel::Remove: return Q_EMIT removeRequested({key});
    case ImageModel::More: m_ui->table->selectId(key); showMenu(position);
    }
}

void ImagesPage::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_runAction, m_tagAction, m_saveAction});
    menu->addSeparator();
    const auto copy = [this](auto text) {
        QStringList lines;
        for (const QString &key : selectedKeys()) {
            if (const ImageRow *row = m_model->find(key))
                lines.append(text(*row));
        }
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    };
    menu->addAction(
        lineIcon(u"copy"_s), tr("Copy name"), this, [copy] { copy([](const ImageRow &row) { return row.reference(); }); });
    menu->addAction(
        lineIcon(u"copy"_s), tr("Copy ID"), this, [copy] { copy([](const ImageRow &row) { return row.image.id.text(); }); });
    menu->addSeparator();
    menu->addAction(m_removeAction);
    menu->popup(position);
}

} // namespace berth
