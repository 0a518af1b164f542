// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/containeractions.h"

#include "core/shellwords.h"
#include "gui/dialogs/confirmdialog.h"
#include "gui/dialogs/renamedialog.h"
#include "gui/dialogs/restartdialog.h"
#include "gui/dialogs/rundialog.h"
#include "gui/models/containermodel.h"
#include "gui/whendone.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace berth {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// The snapshot that shows the new state comes a moment after the job's end; until then the row would
// show the old one again.
constexpr auto untilSnapshot = 120ms;

QString pendingText(ContainerAction action)
{
    switch (action) {
    case ContainerAction::Start: return ContainerActions::tr("Starting…");
    case ContainerAction::Stop: return ContainerActions::tr("Stopping…");
    case ContainerAction::Kill: return ContainerActions::tr("Killing…");
    case ContainerAction::Restart: return ContainerActions::tr("Restarting…");
    case ContainerAction::Pause: return ContainerActions::tr("Pausing…");
    case ContainerAction::Unpause: return ContainerActions::tr("Unpausing…");
    case ContainerAction::Remove:
    case ContainerAction::ForceRemove: return ContainerActions::tr("Removing…");
    default: return {}; // nothing that the list would show
    }
}

QString failureText(ContainerAction action, const QString &name)
{
    switch (action) {
    case ContainerAction::Start: return ContainerActions::tr("“%1” could not be started.").arg(name);
    case ContainerAction::Stop: return ContainerActions::tr("“%1” could not be stopped.").arg(name);
    case ContainerAction::Kill: return ContainerActions::tr("“%1” could not be killed.").arg(name);
    case ContainerAction::Restart: return ContainerActions::tr("“%1” could not be restarted.").arg(name);
    case ContainerAction::Pause: return ContainerActions::tr("“%1” could not be paused.").arg(name);
    case ContainerAction::Unpause: return ContainerActions::tr("“%1” could not be unpaused.").arg(name);
    case ContainerAction::Rename: return ContainerActions::tr("“%1” could not be renamed.").arg(name);
    case ContainerAction::Remove:
    case ContainerAction::ForceRemove: return ContainerActions::tr("“%1” could not be removed.").arg(name);
    default: return {};
    }
}

} // namespace

ContainerActions::ContainerActions(Engine *engine, ContainerModel *model, const Frame &frame)
    : QObject(frame.window), m_engine(engine), m_model(model), m_frame(frame)
{
}

void ContainerActions::perform(ContainerAction action, const QStringList &ids)
{
    if (ids.isEmpty())
        return;
    if (action == ContainerAction::Commit || action == ContainerAction::Export)
        Q_EMIT filesRequested(action, ids.first());
    else if (action == ContainerAction::Rename)
        rename(ids.first());
    else if (action == ContainerAction::Update)
        chooseRestartPolicy(ids.first());
    else if (action == ContainerAction::Remove || action == ContainerAction::ForceRemove)
        confirmRemoval(ids);
    else
        execute(action, ids, false);
}

void ContainerActions::execute(ContainerAction action, const QStringList &ids, bool force)
{
    QStringList words{dockerVerb(action)};
    if (force)
        words.append(u"-f"_s);
    m_frame.showCommand(words + namesOf(ids));
    for (const QString &id : ids) {
        const ContainerInfo *container = m_model->find(id);
        if (container == nullptr)
            continue;
        const QString name = container->name;
        m_model->setPending(id, pendingText(action));
        whenDone(
            job(action, id, force), this, [this, action, id, name](const Result<> &result) { ended(action, id, name, result); });
    }
}

QFuture<Result<>> ContainerActions::job(ContainerAction action, const QString &id, bool force) const
{
    switch (action) {
    case ContainerAction::Start: return m_engine->start(id);
    case ContainerAction::Stop: return m_engine->stop(id);
    case ContainerAction::Kill: return m_engine->kill(id);
    case ContainerAction::Restart: return m_engine->restart(id);
    case ContainerAction::Pause: return m_engine->pause(id, true);
    case ContainerAction::Unpause: return m_engine->pause(id, false);
    case ContainerAction::Remove:
    case ContainerAction::ForceRemove: return m_engine->remove(id, force);
    default: break; // those are asked for elsewhere
    }
    std::unreachable();
}

void ContainerActions::ended(ContainerAction action, const QString &id, const QString &name, const Result<> &result)
{
    if (!result) {
        m_model->setPending(id, {});
        m_frame.failed(failureText(action, name), result.error());
        return;
    }
    QTimer::singleShot(untilSnapshot, this, [this, id] { m_model->setPending(id, {}); });
}

void ContainerActions::confirmRemoval(const QStringList &ids)
{
    const bool running = std::ranges::any_of(ids, [this](const QString &id) {
        const ContainerInfo *container = m_model->find(id);
        return container != nullptr && !can(container->state, ContainerAction::Remove);
    });
    const QStringList names = namesOf(ids);
    ConfirmDialog::Texts texts;
    texts.question = ids.size() == 1 ? tr("Remove “%1”?").arg(names.first())
                                     : tr("Remove %n containers?", nullptr, static_cast<int>(ids.size()));
    texts.consequence = tr("What was written inside, and the log, are deleted. Images and named volumes stay.");
    if (running)
        texts.consequence = tr("What still runs is killed first.") + u' ' + texts.consequence;
    texts.command = berthLine((running ? QStringList{u"rm"_s, u"-f"_s} : QStringList{u"rm"_s}) + names);
    texts.verb = tr("Remove");
    auto *dialog = new ConfirmDialog(texts, m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConfirmDialog::accepted, this, [this, ids, running] { execute(ContainerAction::Remove, ids, running); });
    dialog->open();
}

void ContainerActions::rename(const QString &id)
{
    const ContainerInfo *container = m_model->find(id);
    if (container == nullptr)
        return;
    const QString oldName = container->name;
    auto *dialog = new RenameDialog(oldName, takenNames(), m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RenameDialog::accepted, this, [this, dialog, id, oldName] {
        const QString name = dialog->name();
        m_frame.showCommand({u"rename"_s, oldName, name});
        whenDone(m_engine->rename(id, name), this, [this, oldName](const Result<> &result) {
            if (!result)
                m_frame.failed(failureText(ContainerAction::Rename, oldName), result.error());
        });
    });
    dialog->open();
}

void ContainerActions::chooseRestartPolicy(const QString &id)
{
    const ContainerInfo *container = m_model->find(id);
    if (container == nullptr)
        return;
    const QString name = container->name;
    auto *dialog = new RestartDialog(name, container->options.restart, m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RestartDialog::accepted, this, [this, dialog, id, name] {
        m_frame.showCommand(dialog->arguments());
        whenDone(m_engine->setRestartPolicy(id, dialog->policy()), this, [this, name](const Result<> &result) {
            if (!result)
                m_frame.failed(tr("The restart policy of “%1” could not be changed.").arg(name), result.error());
        });
    });
    dialog->open();
}

void ContainerActions::run(const QString &image)
{
    auto *dialog = new RunDialog(m_images, image, takenNames(), m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RunDialog::accepted, this, [this, dialog] {
        if (const auto options = dialog->options())
            start(*options, dialog->start() == RunDialog::Start::CreateOnly);
    });
    dialog->open();
}

void ContainerActions::start(const RunOptions &options, bool createOnly)
{
    if (!createOnly && options.terminal)
        return Q_EMIT terminalRunRequested(options);
    QStringList words = commandWords(options);
    if (createOnly) {
        words[0] = u"create"_s;
        words.removeOne(u"-d"_s);
    }
    m_frame.showCommand(words);
    const auto done = [this, createOnly, image = options.image](const Result<QString> &result) {
        if (!result) {
            const QString what = createOnly ? tr("No container could be made of %1.") : tr("%1 could not be run.");
            return m_frame.failed(what.arg(image), result.error());
        }
        Q_EMIT made(*result);
    };
    whenDone(createOnly ? m_engine->create(options) : m_engine->run(options), this, done);
}

QSet<QString> ContainerActions::takenNames() const
{
    QSet<QString> names;
    for (const ContainerInfo &container : m_model->rows())
        names.insert(container.name);
    return names;
}

QStringList ContainerActions::namesOf(const QStringList &ids) const
{
    QStringList names;
    for (const QString &id : ids) {
        if (const ContainerInfo *container = m_model->find(id))
            names.append(container->name);
    }
    return names;
}

} // namespace berth
