// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/containermodel.h"

#include "gui/models/exitexplanation.h"
#include "gui/models/figuretext.h"
#include "gui/models/stateshape.h"
#include "gui/models/statusline.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

bool isFigure(int column) { return column == ContainerModel::Cpu || column == ContainerModel::Memory; }

} // namespace

int ContainerModel::runningCount() const { return static_cast<int>(std::ranges::count_if(rows(), isUp, &ContainerInfo::state)); }

void ContainerModel::setContainers(const QList<ContainerInfo> &containers, const QDateTime &now)
{
    for (const ContainerInfo &container : containers) {
        if (!isUp(container.state))
            m_figures.forget(container.id);
    }
    setRows(containers, now);
}

QString ContainerModel::totals() const
{
    return tr("%n running", nullptr, runningCount()) + u" · "_s + tr("%n in total", nullptr, rowCount());
}

QStringList ContainerModel::searchTexts(int row) const
{
    const ContainerInfo &container = rowAt(row);
    return {container.name, container.imageName, container.id, container.arguments.join(u' ')};
}

void ContainerModel::setPending(const QString &id, const QString &text)
{
    const int row = rowOf(id);
    if (text.isEmpty())
        m_pending.remove(id);
    else if (row >= 0)
        m_pending.insert(id, text);
    if (row >= 0)
        announce(row);
}

// The details follow snapshots, not these: only the two columns are announced, by roles.
void ContainerModel::setFigures(const QList<FigureSample> &samples)
{
    for (const FigureSample &sample : samples) {
        const int row = rowOf(sample.id);
        if (row < 0)
            continue;
        m_figures.add(sample);
        Q_EMIT dataChanged(
            index(row, Cpu), index(row, Memory), {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole, SortRole});
    }
}

QVariant ContainerModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ContainerInfo &container = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole: return text(container, index.column());
    case Qt::ToolTipRole: return toolTip(container, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == Name ? container.name + u", "_s + dockerName(container.state) : text(container, index.column());
    case SortRole: return sortValue(container, index.column());
    case IdRole: return container.id;
    case FadedRole: return index.column() != Name;
    case Qt::TextAlignmentRole: return isFigure(index.column()) ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case ShapeRole:
        if (index.column() != Name)
            return {};
        return static_cast<int>(isPending(container.id) ? StateShape::Changing : stateShape(container));
    case ButtonsRole: return index.column() == Buttons ? QVariant::fromValue(buttons(container)) : QVariant();
    default: return {};
    }
}

QVariant ContainerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isFigure(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Name");
    case Image: return tr("Image");
    case Status: return tr("Status");
    case Created: return tr("Created");
    case Cpu: return tr("CPU");
    case Memory: return tr("Memory");
    case ContainerId: return tr("Container ID");
    case Command: return tr("Command");
    default: return {};
    }
}

QString ContainerModel::text(const ContainerInfo &container, int column) const
{
    switch (column) {
    case Name: return container.name;
    case Image: return container.imageName;
    case Status: return m_pending.value(container.id, statusLine(container, now()));
    case Created: return relativeTime(container.created, now());
    case Cpu:
    case Memory: return figureText(container, column);
    case ContainerId: return container.shortId();
    case Command: return container.arguments.join(u' ');
    default: return {};
    }
}

// Nothing for one that does not run, and before the second look, which a percentage needs.
QString ContainerModel::figureText(const ContainerInfo &container, int column) const
{
    const auto sample = m_figures.last(container.id);
    if (!isUp(container.state) || !sample)
        return {};
    if (column == Memory)
        return sample->memory ? berth::figureText(static_cast<double>(*sample->memory), FigureUnit::Bytes) : missingFigureText();
    if (!sample->cpu)
        return missingFigureText();
    const auto percent = m_figures.figures(container.id).cpuPercent;
    return percent ? berth::figureText(*percent, FigureUnit::Percent) : QString();
}

QVariant ContainerModel::sortValue(const ContainerInfo &container, int column) const
{
    // Running before paused before ended; inside a state the latest change first.
    if (column == Status) {
        const QDateTime &change = container.pid > 0 || !container.finished.isValid() ? container.started : container.finished;
        return u"%1%2"_s.arg(static_cast<int>(stateShape(container)))
            .arg(std::numeric_limits<qint64>::max() - change.toMSecsSinceEpoch(), 20, 10, QLatin1Char('0'));
    }
    if (column == Created)
        return container.created;
    // Those without a value come after all that have one.
    if (column == Cpu)
        return m_figures.figures(container.id).cpuPercent.value_or(-1);
    if (column == Memory)
        return m_figures.last(container.id).value_or(FigureSample()).memory.value_or(-1);
    return text(container, column).toCaseFolded();
}

QString ContainerModel::memoryToolTip(const ContainerInfo &container) const
{
    const QString used = text(container, Memory);
    const auto sample = m_figures.last(container.id);
    if (used.isEmpty() || !sample)
        return {};
    if (!sample->memory)
        return tr("This machine does not count the memory of containers.");
    const QString limit = berth::figureText(static_cast<double>(sample->memoryLimit), FigureUnit::Bytes);
    const QString source = sample->memoryIsSummed ? tr("The sum of its processes, since this machine has no memory controller.")
                                                  : tr("Without cached files that are not in use.");
    return tr("%1 of %2").arg(used, limit) + u'\n' + source;
}

QString ContainerModel::toolTip(const ContainerInfo &container, int column) const
{
    switch (column) {
    case Name: return container.name + u'\n' + container.id;
    case Status: {
        const QString explanation = exitExplanation(container);
        return explanation.isEmpty() ? dockerName(container.state) : explanation;
    }
    case Created: return QLocale().toString(container.created.toLocalTime(), QLocale::LongFormat);
    case Cpu: return text(container, column).isEmpty() ? QString() : tr("100% is the whole time of one processor.");
    case Memory: return memoryToolTip(container);
    case Buttons: return {};
    default: return text(container, column);
    }
}

QList<RowButton> ContainerModel::buttons(const ContainerInfo &container) const
{
    const bool idle = !isPending(container.id);
    const auto allowed = [&](ContainerAction action) { return idle && can(container.state, action); };
    const bool starts = can(container.state, ContainerAction::Start);
    const RowButton toggle = starts ? RowButton{StartOrStop, u"start"_s, tr("Start"), allowed(ContainerAction::Start)}
                                    : RowButton{StartOrStop, u"stop"_s, tr("Stop"), allowed(ContainerAction::Stop)};
    return {toggle, {Terminal, u"terminal"_s, tr("Open a terminal in it"), allowed(ContainerAction::Exec)},
        {Remove, u"remove"_s, tr("Remove"), allowed(ContainerAction::Remove) || allowed(ContainerAction::ForceRemove)},
        {More, u"more"_s, tr("More actions"), true}};
}

} // namespace berth
