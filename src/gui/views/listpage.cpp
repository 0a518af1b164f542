// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/listpage.h"

#include "gui/style/icons.h"
#include "gui/views/agingtimer.h"
#include "gui/views/detailspane.h"

#include "ui_listpage.h"

#include <QClipboard>
#include <QMenu>
#include <QToolButton>

#include <utility>

namespace berth {

using namespace Qt::StringLiterals;

ListPage::ListPage(ListModel *model, const Words &words, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::ListPage>()), m_words(words), m_model(model),
      m_filter(new ListFilter(model, this)), m_empty(new EmptyPage(this)), m_aging(new AgingTimer(this, [this] {
          if (m_ui->details->isVisible())
              m_ui->details->refreshTimes();
          return m_model->refreshTimes(QDateTime::currentDateTimeUtc());
      }))
{
    m_ui->setupUi(this);
    setFocusProxy(m_ui->table);
    m_ui->titleLabel->setText(words.title);
    m_ui->table->setAccessibleName(words.title);
    m_ui->filterEdit->setPlaceholderText(words.filter);
    m_ui->filterEdit->setAccessibleName(words.filter);
    m_ui->filterEdit->addAction(lineIcon(u"search"_s, QPalette::PlaceholderText), QLineEdit::LeadingPosition);
    m_ui->activeButton->setText(words.active);
    m_ui->idleButton->setText(words.idle);
    m_ui->cleanUpButton->setIcon(lineIcon(u"cleanup"_s));
    m_ui->cleanUpButton->hide(); // as long as there is nothing
    m_ui->stack->addWidget(m_empty);
    m_empty->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // or the window could not be made small
    m_ui->stack->setMinimumHeight(130);
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    m_ui->details->hide();
    m_lastButton = m_ui->cleanUpButton;
    m_lastAction = m_ui->idleButton;
}

ListPage::~ListPage() = default;

void ListPage::setUpTable(const QList<int> &hidden, int sortColumn, Qt::SortOrder order)
{
    m_ui->table->setUp(m_filter, m_words.name, hidden, sortColumn, order);
}

QPushButton *ListPage::addButton(const QString &name, const QString &icon, const QString &text, ButtonKind kind)
{
    const bool isMain = kind == ButtonKind::Main;
    auto *button = new QPushButton(lineIcon(icon, isMain ? QPalette::BrightText : QPalette::ButtonText), text, this);
    if (isMain)
        button->setProperty("kind", u"primary"_s);
    button->setObjectName(name);
    button->setAutoDefault(false);
    m_ui->buttonsLayout->addWidget(button);
    setTabOrder(std::exchange(m_lastButton, button), button);
    return button;
}

QAction *ListPage::makeAction(const QString &icon, const QString &text, const QKeySequence &keys)
{
    auto *action = new QAction(lineIcon(icon), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const QString shown = keys.toString(QKeySequence::NativeText);
    action->setToolTip(shown.isEmpty() ? text : u"%1 (%2)"_s.arg(text, shown));
    addAction(action);
    return action;
}

void ListPage::addToBar(QAction *action, int gap)
{
    auto *button = new QToolButton(m_ui->actionsWidget);
    button->setDefaultAction(action);
    button->setIconSize({19, 19});
    button->setAccessibleName(action->text());
    if (gap > 0)
        m_ui->actionsLayout->addSpacing(gap);
    m_ui->actionsLayout->addWidget(button);
    setTabOrder(std::exchange(m_lastAction, button), button);
}

void ListPage::start()
{
    connectParts();
    updateAll();
}

void ListPage::connectParts()
{
    connect(m_ui->filterEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        updateEmpty();
    });
    const auto choose = [this](QToolButton *button, ListFilter::Kind kind) {
        connect(button, &QToolButton::clicked, this, [this, kind] {
            m_filter->setKind(kind);
            updateEmpty();
        });
    };
    choose(m_ui->allButton, ListFilter::Kind::All);
    choose(m_ui->activeButton, ListFilter::Kind::Active);
    choose(m_ui->idleButton, ListFilter::Kind::Idle);
    connect(m_ui->cleanUpButton, &QPushButton::clicked, this, &ListPage::cleanUpRequested);
    connect(m_empty, &EmptyPage::buttonClicked, this, &ListPage::emptyButtonClicked);
    connect(m_ui->table, &ListTable::selectedChanged, this, &ListPage::updateAll);
    connect(m_ui->table, &ListTable::menuRequested, this, &ListPage::showMenu);
    connect(m_ui->table, &ListTable::rowButtonClicked, this,
        [this](const QString &id, int button, const QPoint &position) { rowButton(id, button, position); });
    connect(m_ui->table, &ListTable::activatedId, this, [this] {
        m_detailsWanted = true;
        updateDetails();
    });
    connect(m_ui->details, &DetailsPane::closeRequested, this, [this] {
        m_detailsWanted = false;
        m_ui->details->clear();
    });
    connect(m_ui->details, &DetailsPane::inspectWanted, this, &ListPage::inspectWanted);
    // Roles are given for what changes by itself: ages and figures.
    connect(m_model, &ListModel::dataChanged, this, [this](const QModelIndex &, const QModelIndex &, const QList<int> &roles) {
        if (roles.isEmpty())
            updateAll();
    });
}

DetailsPane *ListPage::details() const { return m_ui->details; }

ListTable *ListPage::table() const { return m_ui->table; }

QStringList ListPage::selectedIds() const { return m_ui->table->selectedIds(); }

void ListPage::setProblem(const QString &problem)
{
    m_problem = problem;
    updateEmpty();
}

void ListPage::focusFilter()
{
    m_ui->filterEdit->setFocus();
    m_ui->filterEdit->selectAll();
}

void ListPage::select(const QString &id) { m_ui->table->selectId(id); }

void ListPage::refresh()
{
    m_loaded = true;
    m_ui->cleanUpButton->setVisible(m_model->rowCount() > 0);
    updateAll();
    updateEmpty();
    m_aging->restart();
    refreshed();
}

void ListPage::updateAll()
{
    const qsizetype selected = selectedIds().size();
    m_ui->totalsLabel->setText(m_model->rowCount() == 0 ? QString() : m_model->totals());
    m_ui->selectionLabel->setText(selected > 1 ? tr("%n selected", nullptr, static_cast<int>(selected)) : QString());
    updateActions();
    updateDetails();
}

void ListPage::updateDetails()
{
    const QStringList ids = selectedIds();
    if (ids.size() == 1 && m_detailsWanted)
        showDetails(ids.first());
    else
        m_ui->details->clear();
}

void ListPage::updateEmpty()
{
    const bool empty = m_filter->rowCount() == 0 && (m_loaded || !m_problem.isEmpty());
    m_ui->stack->setCurrentIndex(empty ? 1 : 0);
    if (!empty)
        return;
    const bool active = m_filter->kind() == ListFilter::Kind::Active;
    if (!m_problem.isEmpty())
        m_empty->setTexts({u"warning"_s, m_words.problem, m_problem, {}, u"berth info"_s});
    else if (!m_filter->text().isEmpty())
        m_empty->setTexts({u"search"_s, m_words.noMatch.arg(m_filter->text()), {}, tr("Clear the filter"), {}});
    else if (m_model->rowCount() > 0)
        m_empty->setTexts({m_words.name, active ? m_words.noneActive : m_words.noneIdle, {}, tr("Show all"),
            active ? activeCommand() : QString()});
    else
        m_empty->setTexts(textsOfNone());
}

void ListPage::emptyButtonClicked()
{
    if (!m_filter->text().isEmpty())
        m_ui->filterEdit->clear();
    else if (m_model->rowCount() > 0)
        m_ui->allButton->click();
    else
        helpWithNone();
}

void ListPage::openMenu(const QString &id, const QPoint &position)
{
    select(id);
    showMenu(position);
}

void ListPage::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(menu);
    menu->popup(position);
}

void ListPage::addCopyAction(
    QMenu *menu, const QString &icon, const QString &text, const std::function<QString(const QString &id)> &line)
{
    menu->addAction(lineIcon(icon), text, this, [this, line] {
        QStringList lines;
        for (const QString &id : selectedIds())
            lines.append(line(id));
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    });
}

} // namespace berth
