// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/statsrows.h"

#include "core/humantext.h"

using namespace Qt::StringLiterals;

namespace berth {
namespace {

const QString noValue = u"--"_s;

QString percent(std::optional<double> value) { return value ? QString::number(*value, 'f', 2) + u'%' : noValue; }

QString traffic(const std::optional<Traffic> &bytes)
{
    return bytes ? humanSize(bytes->in) + " / "_L1 + humanSize(bytes->out) : noValue;
}

QJsonObject figureFields(const FigureSample &sample, const Figures &figures)
{
    return {{u"CPUPerc"_s, percent(figures.cpuPercent)},
        {u"MemUsage"_s, sample.memory ? binarySize(*sample.memory) + " / "_L1 + binarySize(sample.memoryLimit) : u"-- / --"_s},
        {u"MemPerc"_s, percent(figures.memoryPercent)}, {u"NetIO"_s, traffic(sample.network)},
        {u"BlockIO"_s, traffic(sample.disk)}, {u"PIDs"_s, sample.tasks ? QString::number(*sample.tasks) : noValue}};
}

// What is left of a sample when nothing runs, nothing being known to be zero.
QJsonObject idleFields()
{
    const FigureSample nothing{.memory = 0, .network = Traffic(), .disk = Traffic(), .tasks = 0};
    return figureFields(nothing, {.cpuPercent = 0, .memoryPercent = 0});
}

} // namespace

QJsonObject statsRow(const StatsLine &line, bool truncates)
{
    constexpr qsizetype shortId = 12;
    QJsonObject row;
    if (line.isGone || !line.last)
        row = figureFields({}, {});
    else
        row = line.last->isRunning ? figureFields(*line.last, figuresOf(line.before, *line.last)) : idleFields();
    row[u"Container"_s] = line.container;
    row[u"ID"_s] = truncates ? line.id.first(std::min(shortId, line.id.size())) : line.id;
    row[u"Name"_s] = line.name;
    return row;
}

ListingLayout statsLayout()
{
    return {u"{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}"_s,
        {{u"Container"_s, u"CONTAINER"_s}, {u"Name"_s, u"NAME"_s}, {u"ID"_s, u"CONTAINER ID"_s}, {u"CPUPerc"_s, u"CPU %"_s},
            {u"MemUsage"_s, u"MEM USAGE / LIMIT"_s}, {u"MemPerc"_s, u"MEM %"_s}, {u"NetIO"_s, u"NET I/O"_s},
            {u"BlockIO"_s, u"BLOCK I/O"_s}, {u"PIDs"_s, u"PIDS"_s}},
        {}, u"*container.statsContext"_s};
}

QString nextFrame(const QString &listing)
{
    QString frame = u"\033[H"_s;
    for (const auto &line : listing.split(u'\n'))
        frame += line + " \033[K\n"_L1;
    return frame + "\033[J"_L1;
}

} // namespace berth
