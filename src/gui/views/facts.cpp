// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/facts.h"

#include "core/humantext.h"
#include "core/imagereference.h"
#include "core/shellwords.h"
#include "gui/models/exitexplanation.h"
#include "gui/models/relativetime.h"
#include "gui/models/statusline.h"

#include <QCoreApplication>
#include <QLocale>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(Facts)
};

QString timeText(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return {};
    const QString exact = QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
    return u"%1 (%2)"_s.arg(relativeTime(time, now), exact);
}

QString mountLines(const QList<MountOption> &mounts)
{
    QStringList lines;
    for (const MountOption &mount : mounts) {
        const QString source = mount.kind == MountOption::Kind::Tmpfs ? u"tmpfs"_s : mount.source;
        lines.append(source + u" → "_s + mount.target + (mount.readOnly ? u" (ro)"_s : QString()));
    }
    return lines.join(u'\n');
}

} // namespace

QList<Fact> containerFacts(const ContainerInfo &container, const QDateTime &now)
{
    QString what = exitExplanation(container);
    return {
        {Say::tr("Status"), statusLine(container, now)},
        {Say::tr("What happened"), what},
        {Say::tr("Last problem"), container.state == ContainerState::Created ? container.error : QString()},
        {Say::tr("Image"), container.imageName},
        {Say::tr("Command"), shellLine(container.arguments), true},
        {Say::tr("ID"), container.id, true},
        {Say::tr("Created"), timeText(container.created, now)},
        {Say::tr("Started"), timeText(container.started, now)},
        {Say::tr("Ended"), container.pid == 0 ? timeText(container.finished, now) : QString()},
        {Say::tr("Process on this machine"), container.pid == 0 ? QString() : QString::number(container.pid)},
        {Say::tr("User"), container.options.user},
        {Say::tr("Working folder"), container.options.workingDirectory, true},
        {Say::tr("Ports"), portsText(container).replace(u", "_s, u"\n"_s), true},
        {Say::tr("Mounts"), mountLines(container.options.mounts), true},
        {Say::tr("Environment"), container.options.environment.join(u'\n'), true},
        {Say::tr("Restart policy"), container.options.restart.isNone() ? QString() : restartText(container.options.restart)},
        {Say::tr("Removed when it ends"), container.options.autoRemove ? Say::tr("yes (--rm)") : QString()},
    };
}

QList<Fact> imageFacts(const ImageRow &row, const QDateTime &now)
{
    const ImageInfo &image = row.image;
    QStringList names;
    for (const QString &name : image.names)
        names.append(familiarName(name));
    return {
        {Say::tr("Names"), names.join(u'\n')},
        {Say::tr("ID"), image.id.text(), true},
        {Say::tr("Created"), timeText(image.created, now)},
        {Say::tr("Size"),
            Say::tr("%1 in %n layer(s)", nullptr, static_cast<int>(image.chainIds.size())).arg(humanSize(image.size))},
        {Say::tr("Built for"), image.os + u'/' + image.architecture},
        {Say::tr("Used by"),
            image.containers == 0 ? Say::tr("no container") : Say::tr("%n container(s)", nullptr, image.containers)},
        {Say::tr("Entry point"), shellLine(image.config.entrypoint), true},
        {Say::tr("Command"), shellLine(image.config.command), true},
        {Say::tr("User"), image.config.user},
        {Say::tr("Working folder"), image.config.workingDirectory, true},
        {Say::tr("Ports"), image.config.exposedPorts.join(u", "_s), true},
        {Say::tr("Volumes"), image.config.volumes.join(u'\n'), true},
        {Say::tr("Environment"), image.config.environment.join(u'\n'), true},
        {Say::tr("Author"), image.author},
    };
}

QList<Fact> volumeFacts(const VolumeDetails &details, const QDateTime &now)
{
    const VolumeInfo &volume = details.volume;
    QStringList labels;
    for (const auto &[key, value] : volume.labels.asKeyValueRange())
        labels.append(key + u'=' + value);
    QString users = details.users.join(u'\n');
    if (volume.containers == 0)
        users = Say::tr("no container");
    else if (users.isEmpty())
        users = Say::tr("%n container(s)", nullptr, volume.containers);
    return {
        {Say::tr("Name"), volume.name, volume.anonymous},
        {Say::tr("Kind"),
            volume.anonymous ? Say::tr("anonymous: it goes with its container, or when you clean up")
                             : Say::tr("named: it stays until you remove it")},
        {Say::tr("Used by"), users},
        {Say::tr("Size"), details.size ? humanSize(*details.size) : Say::tr("not measured yet")},
        {Say::tr("Created"), timeText(volume.created, now)},
        {Say::tr("Labels"), labels.join(u'\n'), true},
        {Say::tr("Folder"), volume.mountpoint, true},
    };
}

} // namespace berth
