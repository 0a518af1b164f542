// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/cleaning.h"

#include "core/humantext.h"
#include "core/shellwords.h"
#include "gui/dialogs/confirmdialog.h"
#include "gui/longjob.h"
#include "gui/models/volumemodel.h"
#include "gui/views/cleanupdialog.h"
#include "gui/views/commandstrip.h"

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const CleanUpItem &item) { return item.name.isEmpty() ? item.id : item.name; }

QString countsText(const QList<CleanUpItem> &removed)
{
    const auto count = [&removed](CleanUpItem::Kind kind) {
        return static_cast<int>(std::ranges::count(removed, kind, &CleanUpItem::kind));
    };
    QStringList parts;
    if (const int containers = count(CleanUpItem::Kind::Container); containers > 0)
        parts.append(Cleaning::tr("%n container(s)", nullptr, containers));
    if (const int images = count(CleanUpItem::Kind::Image); images > 0)
        parts.append(Cleaning::tr("%n image(s)", nullptr, images));
    if (const int volumes = count(CleanUpItem::Kind::Volume); volumes > 0)
        parts.append(Cleaning::tr("%n volume(s)", nullptr, volumes));
    return parts.join(u", "_s);
}

} // namespace

Cleaning::Cleaning(Engine *engine, VolumeModel *volumes, const Frame &frame)
    : QObject(frame.window), m_engine(engine), m_volumes(volumes), m_frame(frame)
{
}

void Cleaning::open()
{
    QSet<QString> anonymous;
    for (const VolumeInfo &volume : m_volumes->rows()) {
        if (volume.anonymous)
            anonymous.insert(volume.name);
    }
    m_dialog = new CleanUpDialog(anonymous, m_frame.window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &CleanUpDialog::planWanted, this, &Cleaning::plan);
    connect(m_dialog, &CleanUpDialog::choiceWanted, this, &Cleaning::choose);
    connect(m_dialog, &CleanUpDialog::accepted, this, &Cleaning::confirm);
    connect(m_dialog, &CleanUpDialog::finished, this, [this] { m_planning.cancel(); });
    m_dialog->open();
}

void Cleaning::plan()
{
    m_planning.cancel();
    m_planning = m_engine->planCleanUp(m_dialog->options());
    whenDone(m_planning, m_dialog, [this, asked = m_planning](const Result<CleanUpPlan> &plan) {
        if (asked.isCanceled())
            return;
        if (plan)
            m_dialog->setPlan(*plan);
        else
            m_dialog->setProblem(reasonText(plan.error().code) + u'\n' + QString::fromStdString(plan.error().detail));
    });
}

void Cleaning::choose(const CleanUpPlan &all, const QSet<qsizetype> &wanted)
{
    whenDone(m_engine->chooseCleanUp(all, wanted), m_dialog, [this, wanted](const Result<CleanUpChoice> &choice) {
        if (choice)
            m_dialog->setChoice(wanted, *choice);
        else
            m_dialog->setProblem(reasonText(choice.error().code) + u'\n' + QString::fromStdString(choice.error().detail));
    });
}

// A named volume is somebody's data; it was made on purpose.
void Cleaning::confirm()
{
    const CleanUpPlan chosen = m_dialog->chosen();
    QStringList lines;
    for (const QStringList &words : m_dialog->commands())
        lines.append(berthLine(words));
    const auto start = [this, chosen, lines] {
        m_frame.command->showCommand(lines.join(u" && "_s));
        carryOut(chosen);
    };
    const QStringList volumes = m_dialog->chosenNamedVolumes();
    if (volumes.isEmpty())
        return start();
    ConfirmDialog::Texts texts;
    texts.question = volumes.size() == 1 ? tr("Delete the volume “%1” as well?").arg(volumes.first())
                                         : tr("Delete %n named volumes as well?", nullptr, static_cast<int>(volumes.size()));
    texts.consequence = tr("The files in named volumes are deleted for good: %1.").arg(volumes.join(u", "_s));
    texts.verb = tr("Delete");
    auto *dialog = new ConfirmDialog(texts, m_frame.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConfirmDialog::accepted, this, start);
    dialog->open();
}

void Cleaning::carryOut(const CleanUpPlan &chosen)
{
    const auto stop = std::make_shared<std::atomic_bool>(false);
    followInTasks(
        m_engine->cleanUp(chosen, stop), tr("Cleaning up"), m_frame, this,
        [this](const Result<CleanUpResult> &result) { report(result); }, [stop] { *stop = true; });
}

void Cleaning::report(const Result<CleanUpResult> &result)
{
    if (!result)
        return m_frame.failed(tr("Nothing could be cleaned up."), result.error());
    QStringList kept;
    for (const CleanUpResult::Kept &item : result->kept)
        kept.append(u"%1: %2"_s.arg(nameOf(item.item), QString::fromStdString(item.why.detail)));
    const QString counts = countsText(result->removed);
    QString text = counts.isEmpty() ? tr("Nothing was deleted.")
                                    : tr("Deleted %1; %2 are free again.").arg(counts, humanSize(result->reclaimed, 4));
    const bool cancelled = std::ranges::any_of(
        result->kept, [](const CleanUpResult::Kept &item) { return item.why.code == ErrorCode::Cancelled; });
    if (cancelled)
        text = tr("It was cancelled.") + u' ' + text;
    if (!kept.isEmpty())
        text += u' ' + tr("%n thing(s) were kept.", nullptr, static_cast<int>(kept.size()));
    m_frame.messages->post({.kind = kept.isEmpty() ? MessageKind::Success : MessageKind::Warning,
        .text = text,
        .details = kept.join(u'\n'),
        .button = {},
        .action = {}});
}

} // namespace berth
