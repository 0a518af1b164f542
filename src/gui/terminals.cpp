// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminals.h"

#include "gui/dialogs/confirmdialog.h"
#include "gui/models/containermodel.h"
#include "gui/terminal/terminaltab.h"
#include "gui/views/terminalspage.h"
#include "gui/whendone.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

QString settingsKey(const QString &image)
{
    // "/" separates groups in QSettings.
    return u"terminal/"_s + QString(image).replace(u'/', u'|');
}

TerminalChoice remembered(const ContainerInfo &container)
{
    const QStringList values = QSettings().value(settingsKey(container.imageName)).toStringList();
    TerminalChoice choice;
    choice.container = container.name;
    if (values.size() > 2) {
        choice.user = values[0];
        choice.folder = values[1];
        choice.command = values.mid(2);
    }
    return choice;
}

void remember(const ContainerInfo &container, const TerminalChoice &choice)
{
    QSettings().setValue(settingsKey(container.imageName), QStringList{choice.user, choice.folder} + choice.command);
}

} // namespace

Terminals::Terminals(Engine *engine, ContainerModel *model, TerminalsPage *page, const Frame &frame)
    : QObject(frame.window), m_engine(engine), m_model(model), m_page(page), m_frame(frame)
{
    connect(page, &TerminalsPage::openRequested, this, [this] { open({}); });
    connect(page, &TerminalsPage::closeQuestion, this, &Terminals::askToClose);
}

const ContainerInfo *Terminals::running(const QString &idOrName) const
{
    const auto &containers = m_model->rows();
    const auto found = std::ranges::find_if(containers, [&](const ContainerInfo &container) {
        return can(container.state, ContainerAction::Exec)
            && (idOrName.isEmpty() || container.id == idOrName || container.name == idOrName);
    });
    return found == containers.end() ? nullptr : &*found;
}

void Terminals::open(const QString &containerId)
{
    const ContainerInfo *container = running(containerId);
    if (container == nullptr) {
        m_frame.messages->post({.kind = MessageKind::Info,
            .text = tr("A terminal needs a running container. Start one first."),
            .details = {},
            .button = {},
            .action = {}});
        return;
    }
    QStringList names;
    for (const ContainerInfo &other : m_model->rows()) {
        if (can(other.state, ContainerAction::Exec))
            names.append(other.name);
    }
    auto *dialog = new TerminalDialog(names, remembered(*container), m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TerminalDialog::containerChosen, this, [this, dialog](const QString &name) { offer(dialog, name); });
    connect(dialog, &TerminalDialog::accepted, this, [this, dialog] {
        const auto choice = dialog->choice();
        if (!choice)
            return;
        if (const ContainerInfo *chosen = running(choice->container))
            remember(*chosen, *choice);
        start(u"%1 · %2"_s.arg(choice->command.first(), choice->container), choice->arguments());
    });
    offer(dialog, container->name);
    dialog->open();
}

void Terminals::offer(TerminalDialog *dialog, const QString &name)
{
    whenDone(m_engine->offeredCommands(name), dialog, [dialog, name](const Result<QStringList> &commands) {
        if (commands) // else there are the usual ones
            dialog->setOffered(name, *commands);
    });
}

void Terminals::run(const RunOptions &options)
{
    const QString title = options.name.isEmpty() ? options.image : options.name;
    start(title, commandWords(options));
}

void Terminals::start(const QString &title, const QStringList &words)
{
    m_frame.showCommand(words);
    m_page->open(title, QStringList{command()} + words);
    Q_EMIT opened();
}

QString Terminals::command()
{
    const QString beside = QStandardPaths::findExecutable(u"berth"_s, {QCoreApplication::applicationDirPath()});
    return beside.isEmpty() ? u"berth"_s : beside;
}

void Terminals::askToClose(TerminalTab *tab)
{
    auto *dialog = new ConfirmDialog(
        {.question = tr("Close this terminal?"),
            .consequence = tr("Its program is still running and is told that its terminal went away. The container goes on."),
            .command = {},
            .verb = tr("Close")},
        m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConfirmDialog::accepted, m_page, [page = m_page, tab = QPointer(tab)] {
        if (tab != nullptr) // it may have ended and been closed meanwhile
            page->close(tab);
    });
    dialog->open();
}

} // namespace berth
