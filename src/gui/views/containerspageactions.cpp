// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of ContainersPage: made once, shared by tool bar, menus, row buttons and keys.
#include "gui/style/icons.h"
#include "gui/views/containerspage.h"

#include "ui_containerspage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

// Those that ask something about the container, so that several at a time would make no sense.
constexpr std::array actionsOfOne{
    ContainerAction::Rename, ContainerAction::Update, ContainerAction::Commit, ContainerAction::Export, ContainerAction::Copy};

} // namespace

void ContainersPage::makeAction(ContainerAction action, const QString &icon, const QString &text, const QKeySequence &keys)
{
    auto *made = new QAction(lineIcon(icon), text, this);
    made->setShortcut(keys);
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const QString shown = keys.toString(QKeySequence::NativeText);
    made->setToolTip(shown.isEmpty() ? text : u"%1 (%2)"_s.arg(text, shown));
    connect(made, &QAction::triggered, this, [this, action] {
        const QStringList ids = idsFor(action);
        if (!ids.isEmpty())
            Q_EMIT actionRequested(action, ids);
    });
    addAction(made);
    m_actions.insert(action, made);
}

void ContainersPage::makeActions()
{
    using enum ContainerAction;
    makeAction(Start, u"start"_s, tr("Start"), Qt::CTRL | Qt::Key_Return);
    makeAction(Stop, u"stop"_s, tr("Stop"), Qt::CTRL | Qt::Key_Period);
    makeAction(Restart, u"restart"_s, tr("Restart"), Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    makeAction(Pause, u"pause"_s, tr("Pause"), {});
    makeAction(Unpause, u"unpause"_s, tr("Unpause"), {});
    makeAction(Kill, u"kill"_s, tr("Kill"), {});
    makeAction(Rename, u"rename"_s, tr("Rename…"), Qt::Key_F2);
    makeAction(Commit, u"commit"_s, tr("Make an image…"), {});
    makeAction(Export, u"export"_s, tr("Export its files…"), {});
    makeAction(Update, u"policy"_s, tr("Restart policy…"), {});
    makeAction(Remove, u"remove"_s, tr("Remove…"), QKeySequence::Delete);
    m_terminalAction = new QAction(lineIcon(u"terminal"_s), tr("Open terminal…"), this);
    const auto makeCopy = [this](const QString &icon, const QString &text, auto signal) {
        auto *action = new QAction(lineIcon(icon), text, this);
        connect(action, &QAction::triggered, this, [this, signal] {
            if (const QStringList ids = idsFor(ContainerAction::Copy); !ids.isEmpty())
                Q_EMIT(this->*signal)(ids.first());
        });
        return action;
    };
    m_copyOutAction = makeCopy(u"copyout"_s, tr("Copy files out…"), &ContainersPage::copyOutRequested);
    m_copyInAction = makeCopy(u"copyin"_s, tr("Copy files in…"), &ContainersPage::copyInRequested);
    connect(m_terminalAction, &QAction::triggered, this, [this] {
        const QStringList ids = idsFor(ContainerAction::Exec);
        if (!ids.isEmpty())
            Q_EMIT terminalRequested(ids.first());
    });
}

void ContainersPage::placeActions()
{
    using enum ContainerAction;
    auto *box = new QHBoxLayout(m_ui->actionsWidget);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(1);
    const auto add = [&](QAction *action) {
        auto *button = new QToolButton(m_ui->actionsWidget);
        button->setDefaultAction(action);
        button->setIconSize({19, 19});
        button->setAccessibleName(action->text());
        box->addWidget(button);
    };
    for (const ContainerAction action : {Start, Stop, Restart, Pause, Unpause, Kill})
        add(m_actions.value(action));
    box->addSpacing(10);
    add(m_terminalAction);
    add(m_actions.value(Rename));
    // Away from Stop, so that a slip of the pointer removes nothing.
    box->addSpacing(18);
    add(m_actions.value(Remove));
}

QStringList ContainersPage::idsFor(ContainerAction action) const
{
    QStringList ids;
    for (const QString &id : selectedIds()) {
        const ContainerInfo *container = m_model->find(id);
        if (container == nullptr || m_model->isPending(id))
            continue;
        const bool allowed = can(container->state, action)
            || (action == ContainerAction::Remove && can(container->state, ContainerAction::ForceRemove));
        if (allowed)
            ids.append(id);
    }
    return ids;
}

void ContainersPage::updateActions()
{
    const qsizetype selected = selectedIds().size();
    for (auto [action, button] : m_actions.asKeyValueRange()) {
        const qsizetype allowed = idsFor(action).size();
        const bool one = std::ranges::contains(actionsOfOne, action);
        button->setEnabled(one ? selected == 1 && allowed == 1 : allowed > 0);
    }
    m_terminalAction->setEnabled(selected == 1 && !idsFor(ContainerAction::Exec).isEmpty());
    for (QAction *action : {m_copyOutAction, m_copyInAction})
        action->setEnabled(selected == 1 && !idsFor(ContainerAction::Copy).isEmpty());
    m_ui->selectionLabel->setText(selected > 1 ? tr("%n selected", nullptr, static_cast<int>(selected)) : QString());
}

void ContainersPage::rowButton(const QString &id, int button, const QPoint &position)
{
    const ContainerInfo *container = m_model->find(id);
    if (container == nullptr)
        return;
    switch (static_cast<ContainerModel::RowAction>(button)) {
    case ContainerModel::StartOrStop:
        Q_EMIT actionRequested(
            can(container->state, ContainerAction::Start) ? ContainerAction::Start : ContainerAction::Stop, {id});
        break;
    case ContainerModel::Terminal: Q_EMIT terminalRequested(id); break;
    case ContainerModel::Remove: Q_EMIT actionRequested(ContainerAction::Remove, {id}); break;
    case ContainerModel::More:
        m_ui->table->selectId(id);
        showMenu(position);
        break;
    }
}

void ContainersPage::showMenu(const QPoint &position)
{
    using enum ContainerAction;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ContainerAction action : {Start, Stop, Restart, Pause, Unpause, Kill}) {
        if (action != Unpause || m_actions.value(action)->isEnabled())
            menu->addAction(m_actions.value(action));
    }
    menu->addSeparator();
    menu->addAction(m_terminalAction);
    menu->addAction(m_actions.value(Rename));
    menu->addAction(m_actions.value(Update));
    menu->addSeparator();
    menu->addAction(m_actions.value(Commit));
    menu->addAction(m_actions.value(Export));
    menu->addAction(m_copyOutAction);
    menu->addAction(m_copyInAction);
    menu->addSeparator();
    menu->addAction(
        lineIcon(u"copy"_s), tr("Copy ID"), this, [this] { QGuiApplication::clipboard()->setText(selectedIds().join(u'\n')); });
    menu->addSeparator();
    menu->addAction(m_actions.value(Remove));
    menu->popup(position);
}

} // namespace berth
