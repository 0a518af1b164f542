// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containertop.h"

#include "base/io.h"
#include "store/containerfiles.h"

#include <QDir>
#include <QHash>
#include <QProcess>
#include <QRegularExpression>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::size_t maxStatSize = 4096; // /proc/<pid>/stat
constexpr int psPatience = 30'000;        // milliseconds

qint64 parentOf(const QString &pid)
{
    const auto stat = readSmallFile(AT_FDCWD, "/proc/" + pid.toStdString() + "/stat", maxStatSize);
    const auto end = stat ? stat->rfind(')') : std::string::npos; // the name before it may hold anything
    if (end == std::string::npos)
        return 0;
    return QByteArray::fromStdString(stat->substr(end + 2)).split(' ').value(1).toLongLong();
}

// Everything of a container descends from its monitor: process 1 and what was executed in it are the
// monitor's own children, and orphans of the container go to process 1.
QSet<qint64> descendantsOf(qint64 monitor)
{
    QMultiHash<qint64, qint64> children;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        if (name[0].isDigit())
            children.insert(parentOf(name), name.toLongLong());
    }
    QSet<qint64> found;
    QList<qint64> left{monitor};
    while (!left.isEmpty()) {
        for (const qint64 child : children.values(left.takeLast())) {
            if (!found.contains(child)) {
                found.insert(child);
                left += child;
            }
        }
    }
    return found;
}

std::optional<QString> outputOf(const QStringList &arguments, QString &problem)
{
    QProcess ps;
    ps.setStandardInputFile(QProcess::nullDevice());
    ps.start(u"ps"_s, arguments);
    if (!ps.waitForFinished(psPatience)) {
        problem = ps.errorString();
        return std::nullopt;
    }
    if (ps.exitCode() != 0) {
        problem = QString::fromUtf8(ps.readAllStandardError()).trimmed();
        return std::nullopt;
    }
    return QString::fromUtf8(ps.readAllStandardOutput());
}

// A column that names itself could call something else "PID".
Result<> checkPsOptions(const QStringList &options)
{
    static const QRegularExpression named(u"(?:^|\\s)(?:-o|-O|--format[= ]?)?([^\\s]*)=\\s*(PID[^\\s]*)"_s);
    for (const auto &match : named.globalMatch(options.join(u' '))) {
        if (match.capturedView(1) != "pid"_L1)
            return fail(ErrorCode::InvalidArgument,
                "specifying \"" + match.captured(1).toStdString() + '=' + match.captured(2).toStdString() + "\" is not allowed");
    }
    return {};
}

} // namespace

Result<ProcessTable> parseProcessTable(const QString &text, const QSet<qint64> &processes)
{
    static const QRegularExpression spaces(u"\\s+"_s);
    ProcessTable table;
    const auto lines = text.split(u'\n', Qt::SkipEmptyParts);
    table.titles = lines.value(0).split(spaces, Qt::SkipEmptyParts);
    const auto column = table.titles.indexOf(u"PID"_s);
    if (column < 0)
        return fail(ErrorCode::InvalidArgument, "Couldn't find PID field in ps output");
    bool isOurs = false;
    for (const QString &line : lines.mid(1)) {
        const auto words = line.split(spaces, Qt::SkipEmptyParts);
        // With threads ("m"), each of them has a line with a dash below its process.
        if (words.value(column) != "-"_L1) {
            bool isNumber = false;
            const qint64 pid = words.value(column).toLongLong(&isNumber);
            isOurs = isNumber && processes.contains(pid);
        }
        if (!isOurs)
            continue;
        const auto whole = std::min(words.size(), table.titles.size() - 1);
        table.rows += words.first(whole) << words.mid(whole).join(u' ');
    }
    return table;
}

Result<ProcessTable> containerProcesses(Store &store, const QString &nameOrId, const QStringList &options)
{
    if (const auto valid = checkPsOptions(options); !valid)
        return std::unexpected(valid.error());
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    if (container->state == ContainerState::Restarting)
        return fail(ErrorCode::WrongState,
            "Container " + container->id.toStdString() + " is restarting, wait until the container is running");
    if (!isUp(container->state))
        return fail(ErrorCode::WrongState, "container " + container->id.toStdString() + " is not running");
    const auto folder = store.containerFolder(container->id);
    const auto files = folder ? readContainerFiles(folder->get()) : std::unexpected(folder.error());
    if (!files)
        return std::unexpected(files.error());
    if (!files->isRunning())
        return fail(ErrorCode::WrongState, "container " + container->id.toStdString() + " is not running");
    const auto processes = descendantsOf(files->run->monitorPid);
    QStringList pids;
    for (const qint64 pid : processes)
        pids += QString::number(pid);
    const QStringList asked = options.isEmpty() ? QStringList{u"-ef"_s} : options;
    QString problem;
    // ps is told whom to show. Some options cannot go with that; its whole list is then filtered.
    auto text = outputOf(asked + QStringList{u"-q"_s + pids.join(u',')}, problem);
    if (!text)
        text = outputOf(asked, problem);
    if (!text)
        return fail(ErrorCode::InvalidArgument, "ps: " + problem.section(u'\n', 0, 0).toStdString());
    return parseProcessTable(*text, processes);
}

} // namespace berth
