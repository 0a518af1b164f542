// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of ContainersPage: made once, shared by tool bar, menus, row buttons and keys.
#include "gui/views/containerspage.h"

#include <QMenu>

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

// Those that ask something about the container, so that several at a time would make no sense.
constexpr std::array actionsOfOne{
    ContainerAction::Rename, ContainerAction::Update, ContainerAction::Commit, ContainerAction::Export, ContainerAction::Copy};

} // namespace

void ContainersPage::makeLifeAction(ContainerAction action, const QString &icon, const QString &text, const QKeySequence &keys)
{
    auto *made = makeAction(icon, text, keys);
    connect(made, &QAction::triggered, this, [this, action] {
        const QStringList ids = idsFor(action);
        if (!ids.isEmpty())
            Q_EMIT actionRequested(action, ids);
    });
    m_actions.insert(action, made);
}

QAction *ContainersPage::makeActionOfOne(
    ContainerAction action, const QString &icon, const QString &text, void (ContainersPage::*signal)(const QString &))
{
    auto *made = makeAction(icon, text);
    connect(made, &QAction::triggered, this, [this, action, signal] {
        if (const QStringList ids = idsFor(action); !ids.isEmpty())
            Q_EMIT(this->*signal)(ids.first());
    });
    return made;
}

void ContainersPage::makeActions()
{
    using enum ContainerAction;
    makeLifeAction(Start, u"start"_s, tr("Start"), Qt::CTRL | Qt::Key_Return);
    makeLifeAction(Stop, u"stop"_s, tr("Stop"), Qt::CTRL | Qt::Key_Period);
    makeLifeAction(Restart, u"restart"_s, tr("Restart"), Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    makeLifeAction(Pause, u"pause"_s, tr("Pause"));
    makeLifeAction(Unpause, u"unpause"_s, tr("Unpause"));
    makeLifeAction(Kill, u"kill"_s, tr("Kill"));
    makeLifeAction(Rename, u"rename"_s, tr("Rename…"), Qt::Key_F2);
    makeLifeAction(Commit, u"commit"_s, tr("Make an image…"));
    makeLifeAction(Export, u"export"_s, tr("Export its files…"));
    makeLifeAction(Update, u"policy"_s, tr("Restart policy…"));
    makeLifeAction(Remove, u"remove"_s, tr("Remove…"), QKeySequence::Delete);
    m_terminalAction = makeActionOfOne(Exec, u"terminal"_s, tr("Open terminal…"), &ContainersPage::terminalRequested);
    m_copyOutAction = makeActionOfOne(Copy, u"copyout"_s, tr("Copy files out…"), &ContainersPage::copyOutRequested);
    m_copyInAction = makeActionOfOne(Copy, u"copyin"_s, tr("Copy files in…"), &ContainersPage::copyInRequested);
}

void ContainersPage::placeActions()
{
    using enum ContainerAction;
    for (const ContainerAction action : {Start, Stop, Restart, Pause, Unpause, Kill})
        addToBar(m_actions.value(action));
    addToBar(m_terminalAction, 10);
    addToBar(m_actions.value(Rename));
    // Away from Stop, so that a slip of the pointer removes nothing.
    addToBar(m_actions.value(Remove), 18);
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
    case ContainerModel::More: openMenu(id, position); break;
    }
}

void ContainersPage::fillMenu(QMenu *menu)
{
    using enum ContainerAction;
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
    addCopyAction(menu, u"copy"_s, tr("Copy ID"), [](const QString &id) { return id; });
    menu->addSeparator();
    menu->addAction(m_actions.value(Remove));
}

} // namespace berth
