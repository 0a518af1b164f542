// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/containertop.h"
#include "operations/events.h"

#include <algorithm>

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container top", "top"};

// Docker's table of this command has wide columns.
constexpr qsizetype minWidth = 20;
constexpr qsizetype gap = 3;

// Names of processes are the container's choice: no bytes that steer a terminal.
QString printable(QString cell)
{
    for (QChar &c : cell) {
        if (c.category() == QChar::Other_Control)
            c = u'?';
    }
    return cell;
}

QString tableText(const ProcessTable &table)
{
    QList<QStringList> lines{table.titles};
    lines += table.rows;
    for (auto &line : lines)
        std::ranges::transform(line, line.begin(), printable);
    QString text;
    for (const auto &line : lines) {
        for (qsizetype column = 0; column < line.size(); ++column) {
            qsizetype width = minWidth;
            for (const auto &other : lines)
                width = std::max(width, other.value(column).size() + gap);
            text += column + 1 < line.size() ? line[column].leftJustified(width) : line[column];
        }
        text += u'\n';
    }
    return text;
}

int top(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    QStringList options;
    for (const auto &word : std::span(call.arguments).subspan(1))
        options += QString::fromStdString(word).split(u' ', Qt::SkipEmptyParts);
    const auto table = containerProcesses(*store, QString::fromStdString(call.arguments[0]), options);
    if (!table)
        return reportError(table.error());
    if (const auto container = store->findContainer(QString::fromStdString(call.arguments[0])))
        recordEvent(*store, *container, QStringLiteral("top")); // the window looks, too, and that is no event
    printOut(tableText(*table));
    return 0;
}

} // namespace

constinit const Command topCommand{
    .paths = paths,
    .usage = "CONTAINER [ps OPTIONS]",
    .summary = "Display the running processes of a container",
    .example = "berth top web -o pid,comm",
    .flags = {},
    .arity = {1, -1},
    .stopsAtArgument = true,
    .run = top,
};

} // namespace berth
