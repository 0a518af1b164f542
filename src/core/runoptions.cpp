// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runoptions.h"

#include "core/shellwords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// One field of the comma-separated value of --mount: quoted when it holds a comma, a quote or a
// line end. Source: docker/cli opts/mount.go reads it as one CSV record (RFC 4180).
QString mountField(const QString &key, const QString &value)
{
    QString field = key + u'=' + value;
    const auto needsQuotes = [](QChar c) { return c == u',' || c == u'"' || c == u'\n'; };
    if (std::ranges::none_of(field, needsQuotes))
        return field;
    QString inner = field;
    inner.replace(u'"', u"\"\""_s);
    return u'"' + inner + u'"';
}

QStringList mountWords(const MountOption &mount)
{
    const bool isBind = mount.kind == MountOption::Kind::Bind;
    QStringList fields{isBind ? u"type=bind"_s : u"type=volume"_s};
    if (!mount.source.isEmpty())
        fields += mountField(u"source"_s, mount.source);
    fields += mountField(u"target"_s, mount.target);
    if (mount.readOnly)
        fields += u"readonly"_s;
    if (mount.noCopy)
        fields += u"volume-nocopy"_s;
    return {u"--mount"_s, fields.join(u',')};
}

QStringList tmpfsWords(const MountOption &mount)
{
    QStringList settings;
    if (mount.readOnly)
        settings += u"ro"_s;
    if (mount.tmpfsExecutable)
        settings += u"exec"_s;
    if (mount.tmpfsSize > 0)
        settings += u"size="_s + QString::number(mount.tmpfsSize);
    if (mount.tmpfsMode != MountOption().tmpfsMode)
        settings += u"mode="_s + QString::number(mount.tmpfsMode, 8);
    return {u"--tmpfs"_s, settings.isEmpty() ? mount.target : mount.target + u':' + settings.join(u',')};
}

QStringList words(const MountOption &mount)
{
    if (mount.kind == MountOption::Kind::Tmpfs)
        return tmpfsWords(mount);
    // -v cannot say a colon, options of an anonymous volume, or "the folder must exist".
    const bool isAnonymous = mount.source.isEmpty();
    const bool hasSettings = mount.readOnly || mount.noCopy;
    const bool mustExist = mount.kind == MountOption::Kind::Bind && !mount.createSource;
    if (mount.source.contains(u':') || mount.target.contains(u':') || mustExist || (isAnonymous && hasSettings))
        return mountWords(mount);
    QStringList settings;
    if (mount.readOnly)
        settings += u"ro"_s;
    if (mount.noCopy)
        settings += u"nocopy"_s;
    QString value = isAnonymous ? mount.target : mount.source + u':' + mount.target;
    if (!settings.isEmpty())
        value += u':' + settings.join(u',');
    return {u"-v"_s, value};
}

QString deviceText(const DeviceOption &device)
{
    const bool isOrdinary = device.permissions == "rwm"_L1;
    if (device.target == device.source && isOrdinary)
        return device.source;
    return device.source + u':' + device.target + (isOrdinary ? QString() : u':' + device.permissions);
}

QStringList modeWords(const RunOptions &options)
{
    QString letters = options.detached ? u"d"_s : QString();
    if (options.interactive)
        letters += u'i';
    if (options.terminal)
        letters += u't';
    QStringList result;
    if (!letters.isEmpty())
        result += u'-' + letters;
    if (options.autoRemove)
        result += u"--rm"_s;
    if (options.publishAll)
        result += u"-P"_s;
    if (options.init)
        result += u"--init"_s;
    if (options.readOnlyRoot)
        result += u"--read-only"_s;
    return result;
}

QStringList healthWords(const HealthCheck &health)
{
    QStringList result;
    if (health.test == QStringList{u"NONE"_s})
        return {u"--no-healthcheck"_s};
    if (health.test.size() == 2 && health.test[0] == "CMD-SHELL"_L1)
        result += {u"--health-cmd"_s, health.test[1]};
    const auto add = [&](const QString &flag, qint64 nanoseconds) {
        if (nanoseconds != 0)
            result += {flag, QString::number(nanoseconds) + "ns"_L1};
    };
    add(u"--health-interval"_s, health.interval);
    add(u"--health-timeout"_s, health.timeout);
    add(u"--health-start-period"_s, health.startPeriod);
    add(u"--health-start-interval"_s, health.startInterval);
    if (health.retries != 0)
        result += {u"--health-retries"_s, QString::number(health.retries)};
    return result;
}

// What one flag says about several networks is said in the long form of each.
QStringList networkWords(const RunOptions &options)
{
    QStringList result;
    if (options.networks.isEmpty() && !options.networkMode.isEmpty())
        result += {u"--network"_s, options.networkMode};
    if (options.networks.size() == 1) {
        const NetworkRequest &network = options.networks.first();
        if (!network.name.isEmpty())
            result += {u"--network"_s, network.name};
        for (const QString &alias : network.aliases)
            result += {u"--network-alias"_s, alias};
        if (!network.address.isEmpty())
            result += {u"--ip"_s, network.address};
        if (!network.macAddress.isEmpty())
            result += {u"--mac-address"_s, network.macAddress};
    }
    for (const NetworkRequest &network : options.networks.size() > 1 ? options.networks : QList<NetworkRequest>()) {
        QStringList fields{u"name="_s + network.name};
        for (const QString &alias : network.aliases)
            fields += u"alias="_s + alias;
        if (!network.address.isEmpty())
            fields += u"ip="_s + network.address;
        if (!network.macAddress.isEmpty())
            fields += u"mac-address="_s + network.macAddress;
        result += {u"--network"_s, fields.size() == 1 ? network.name : fields.join(u',')};
    }
    for (const QString &link : options.links)
        result += {u"--link"_s, link};
    return result;
}

QStringList settingWords(const RunOptions &options)
{
    QStringList result;
    const auto add = [&](const QString &flag, const QString &value) {
        if (!value.isEmpty())
            result += {flag, value};
    };
    add(u"--name"_s, options.name);
    add(u"-h"_s, options.hostname);
    add(u"-u"_s, options.user);
    for (const QString &group : options.extraGroups)
        add(u"--group-add"_s, group);
    add(u"-w"_s, options.workingDirectory);
    for (const QString &variable : options.environment)
        add(u"-e"_s, variable);
    for (const MountOption &mount : options.mounts)
        result += words(mount);
    result += networkWords(options);
    add(u"--domainname"_s, options.domainname);
    for (const auto &[flag, list] : {std::pair(u"--add-host"_s, &options.extraHosts), std::pair(u"--dns"_s, &options.dns),
             std::pair(u"--dns-option"_s, &options.dnsOptions), std::pair(u"--dns-search"_s, &options.dnsSearch),
             std::pair(u"--expose"_s, &options.exposedPorts), std::pair(u"--cap-add"_s, &options.addedCapabilities),
             std::pair(u"--cap-drop"_s, &options.droppedCapabilities)}) {
        for (const QString &value : *list)
            add(flag, value);
    }
    for (const PortMapping &mapping : options.publishedPorts)
        add(u"-p"_s, publishText(mapping));
    for (const ResourceLimit &limit : options.limits)
        add(u"--ulimit"_s, u"%1=%2:%3"_s.arg(limit.name).arg(limit.soft).arg(limit.hard));
    if (options.shmSize > 0)
        add(u"--shm-size"_s, QString::number(options.shmSize));
    result += resourceWords(options.resources);
    if (options.oomScoreAdjust != 0)
        add(u"--oom-score-adj"_s, QString::number(options.oomScoreAdjust));
    for (const DeviceOption &device : options.devices)
        add(u"--device"_s, deviceText(device));
    if (options.noNewPrivileges)
        add(u"--security-opt"_s, u"no-new-privileges"_s);
    for (const QString &source : options.volumesFrom)
        add(u"--volumes-from"_s, source);
    for (const auto &[key, value] : options.labels.asKeyValueRange())
        add(u"-l"_s, value.isEmpty() ? key : key + u'=' + value);
    if (!options.restart.isNone())
        add(u"--restart"_s, restartText(options.restart));
    result += healthWords(options.health);
    add(u"--stop-signal"_s, options.stopSignal);
    if (options.stopTimeout)
        add(u"--stop-timeout"_s, QString::number(*options.stopTimeout));
    if (options.entrypoint)
        result += {u"--entrypoint"_s, options.entrypoint->value(0)};
    return result;
}

} // namespace

QStringList commandWords(const RunOptions &options)
{
    QStringList result{u"run"_s};
    result += modeWords(options);
    result += settingWords(options);
    result += options.image;
    // --entrypoint takes one word; the others become the head of the command.
    if (options.entrypoint)
        result += options.entrypoint->mid(1);
    return result + options.command;
}

QString commandLine(const RunOptions &options) { return berthLine(commandWords(options)); }

} // namespace berth
