// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/inspect.h"

#include "base/io.h"
#include "operations/containeroperations.h"
#include "operations/resolveoptions.h"
#include "operations/unusedsettings.h"
#include "wire/healthrecord.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t maxHealthRecord = 256 * 1024; // five outputs of 4 KiB, each byte at most six

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : u"0001-01-01T00:00:00Z"_s;
}

QJsonValue listOrNull(const QStringList &list)
{
    return list.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(QJsonArray::fromStringList(list));
}

QJsonObject stateOf(const ContainerInfo &container)
{
    const ContainerState state = container.state;
    return {{u"Status"_s, dockerName(state)}, {u"Running"_s, isUp(state)}, {u"Paused"_s, state == ContainerState::Paused},
        {u"Restarting"_s, state == ContainerState::Restarting}, {u"OOMKilled"_s, container.outOfMemory},
        {u"Dead"_s, state == ContainerState::Dead}, {u"Pid"_s, container.pid}, {u"ExitCode"_s, container.exitCode},
        {u"Error"_s, container.error}, {u"StartedAt"_s, timeText(container.started)},
        {u"FinishedAt"_s, timeText(container.finished)}};
}

// What its monitor wrote after the last question.
QJsonObject healthOf(const Store &store, const ContainerInfo &container)
{
    const auto folder = store.containerFolder(container.id);
    const auto text = folder ? readSmallFile(folder->get(), std::string(healthRecordName), maxHealthRecord)
                             : std::unexpected(folder.error());
    return text ? QJsonDocument::fromJson(QByteArray::fromStdString(*text)).object() : QJsonObject();
}

QJsonObject healthCheckOf(const HealthCheck &health)
{
    QJsonObject object{{u"Test"_s, QJsonArray::fromStringList(health.test)}};
    const auto add = [&object](const QString &name, qint64 value) {
        if (value != 0)
            object.insert(name, value);
    };
    add(u"Interval"_s, health.interval);
    add(u"Timeout"_s, health.timeout);
    add(u"StartPeriod"_s, health.startPeriod);
    add(u"StartInterval"_s, health.startInterval);
    add(u"Retries"_s, health.retries);
    return object;
}

QJsonObject labelsOf(const RunOptions &options)
{
    QJsonObject labels;
    for (auto label = options.labels.begin(); label != options.labels.end(); ++label)
        labels.insert(label.key(), label.value());
    return labels;
}

QJsonObject configOf(const ContainerInfo &container)
{
    const RunOptions &options = container.options;
    const bool isAttached = !options.detached;
    QJsonObject config{{u"Hostname"_s, options.hostname}, {u"Domainname"_s, options.domainname}, {u"User"_s, options.user},
        {u"AttachStdin"_s, isAttached && options.interactive}, {u"AttachStdout"_s, isAttached}, {u"AttachStderr"_s, isAttached},
        {u"Tty"_s, options.terminal}, {u"OpenStdin"_s, options.interactive}, {u"StdinOnce"_s, isAttached && options.interactive},
        {u"Env"_s, QJsonArray::fromStringList(options.environment)}, {u"Cmd"_s, listOrNull(options.command)},
        {u"Image"_s, container.imageName}, {u"Volumes"_s, QJsonValue::Null}, {u"WorkingDir"_s, options.workingDirectory},
        {u"Entrypoint"_s, listOrNull(options.entrypoint.value_or(QStringList()))}, {u"OnBuild"_s, QJsonValue::Null},
        {u"Labels"_s, labelsOf(options)}, {u"StopSignal"_s, options.stopSignal}};
    if (options.stopSignal == "SIGTERM"_L1)
        config.remove(u"StopSignal"_s); // told when somebody chose it
    if (options.stopTimeout)
        config.insert(u"StopTimeout"_s, *options.stopTimeout);
    return config;
}

// A volume whose name is made up here.
bool isAnonymous(const MountOption &mount)
{
    constexpr qsizetype idLength = 64;
    return mount.kind == MountOption::Kind::Volume && mount.source.size() == idLength
        && std::ranges::all_of(mount.source, [](QChar c) { return u"0123456789abcdef"_s.contains(c); });
}

// One of -v, which makes a missing folder; --mount does not. Volumes keep which of the two it was, too.
bool isBind(const MountOption &mount)
{
    return mount.createSource && mount.kind != MountOption::Kind::Tmpfs && !isAnonymous(mount);
}

// As --mount wrote it.
QJsonObject wantedMount(const MountOption &mount)
{
    const bool isVolume = mount.kind == MountOption::Kind::Volume;
    QJsonObject object{{u"Type"_s, isVolume ? u"volume"_s : u"bind"_s}, {u"Source"_s, mount.source}, {u"Target"_s, mount.target}};
    if (mount.readOnly)
        object.insert(u"ReadOnly"_s, true);
    if (mount.noCopy)
        object.insert(u"VolumeOptions"_s, QJsonObject{{u"NoCopy"_s, true}});
    return object;
}

QJsonArray mountsOf(const Store &store, const RunOptions &options)
{
    QJsonArray mounts;
    for (const MountOption &mount : options.mounts) {
        QJsonObject object{{u"Destination"_s, mount.target}, {u"Mode"_s, mount.readOnly ? u"ro"_s : QString()},
            {u"RW"_s, !mount.readOnly}, {u"Propagation"_s, mount.kind == MountOption::Kind::Bind ? u"rprivate"_s : QString()}};
        switch (mount.kind) {
        case MountOption::Kind::Bind:
            object.insert(u"Type"_s, u"bind"_s);
            object.insert(u"Source"_s, mount.source);
            break;
        case MountOption::Kind::Volume:
            object.insert(u"Type"_s, u"volume"_s);
            object.insert(u"Name"_s, mount.source);
            object.insert(u"Driver"_s, u"local"_s);
            if (isBind(mount) && !mount.readOnly)
                object.insert(u"Mode"_s, u"z"_s); // Docker's word for a named volume, with SELinux or without
            object.insert(u"Source"_s, store.paths().data + u"/volumes/"_s + mount.source + u"/data"_s);
            break;
        case MountOption::Kind::Tmpfs: continue; // told by HostConfig, as Docker does
        }
        mounts.append(object);
    }
    return mounts;
}

// The options of a tmpfs as --tmpfs takes them.
QString tmpfsText(const MountOption &mount)
{
    QStringList words;
    if (mount.readOnly)
        words += u"ro"_s;
    if (mount.tmpfsExecutable)
        words += u"exec"_s;
    if (mount.tmpfsSize > 0)
        words += u"size="_s + QString::number(mount.tmpfsSize);
    if (mount.tmpfsMode != MountOption().tmpfsMode)
        words += u"mode="_s + QString::number(mount.tmpfsMode, 8);
    return words.join(u',');
}

// "/db:/web/alias", as Docker keeps them.
QStringList linksOf(const RunOptions &options)
{
    QStringList links;
    for (const QString &link : options.links) {
        const auto name = link.section(u':', 0, 0);
        const auto alias = link.contains(u':') ? link.section(u':', 1) : name;
        links += u"/%1:/%2/%3"_s.arg(name, options.name, alias);
    }
    return links;
}

QJsonObject portBindingsOf(const RunOptions &options)
{
    QJsonObject bindings;
    for (const PortMapping &mapping : options.publishedPorts) {
        auto list = bindings.value(mapping.port).toArray();
        list.append(QJsonObject{{u"HostIp"_s, mapping.address}, {u"HostPort"_s, mapping.hostPort}});
        bindings.insert(mapping.port, list);
    }
    return bindings;
}

void addResources(QJsonObject &config, const RunOptions &options)
{
    const Resources &resources = options.resources;
    for (const auto &[name, value] :
        {std::pair(u"Memory"_s, resources.memory), std::pair(u"MemoryReservation"_s, resources.memoryReservation),
            std::pair(u"MemorySwap"_s, resources.memorySwap), std::pair(u"NanoCpus"_s, resources.nanoCpus),
            std::pair(u"CpuPeriod"_s, resources.cpuPeriod), std::pair(u"CpuQuota"_s, resources.cpuQuota),
            std::pair(u"CpuShares"_s, resources.cpuShares), std::pair(u"OomScoreAdj"_s, qint64(options.oomScoreAdjust))})
        config.insert(name, value);
    config.insert(u"CpusetCpus"_s, resources.cpusetCpus);
    config.insert(u"CpusetMems"_s, resources.cpusetMems);
    config.insert(u"PidsLimit"_s, resources.pidsLimit ? QJsonValue(*resources.pidsLimit) : QJsonValue(QJsonValue::Null));
    QJsonArray devices;
    for (const DeviceOption &device : options.devices)
        devices += QJsonObject{{u"PathOnHost"_s, device.source}, {u"PathInContainer"_s, device.target},
            {u"CgroupPermissions"_s, device.permissions}};
    config.insert(u"Devices"_s, devices);
}

QJsonObject hostConfigOf(const RunOptions &options)
{
    QJsonObject scratch;
    for (const MountOption &mount : options.mounts) {
        if (mount.kind == MountOption::Kind::Tmpfs)
            scratch.insert(mount.target, tmpfsText(mount));
    }
    QStringList binds;
    QJsonArray mounts;
    for (const MountOption &mount : options.mounts) {
        if (isBind(mount))
            binds += mount.source + u':' + mount.target + (mount.readOnly ? u":ro"_s : QString());
        else if (!mount.createSource && mount.kind != MountOption::Kind::Tmpfs && !isAnonymous(mount))
            mounts += wantedMount(mount);
    }
    QJsonObject config{{u"Binds"_s, listOrNull(binds)},
        {u"NetworkMode"_s, options.networkMode.isEmpty() ? u"bridge"_s : options.networkMode},
        {u"PortBindings"_s, portBindingsOf(options)}, {u"PublishAllPorts"_s, options.publishAll},
        {u"RestartPolicy"_s,
            QJsonObject{{u"Name"_s, options.restart.isNone() ? u"no"_s : options.restart.name},
                {u"MaximumRetryCount"_s, options.restart.maxRetries}}},
        {u"VolumesFrom"_s, listOrNull(options.volumesFrom)}, {u"CapAdd"_s, listOrNull(options.addedCapabilities)},
        {u"CapDrop"_s, listOrNull(options.droppedCapabilities)}, {u"ExtraHosts"_s, listOrNull(options.extraHosts)},
        {u"ShmSize"_s, options.shmSize > 0 ? options.shmSize : qint64(64) << 20},
        {u"SecurityOpt"_s,
            options.noNewPrivileges ? QJsonValue(QJsonArray{u"no-new-privileges"_s}) : QJsonValue(QJsonValue::Null)},
        {u"AutoRemove"_s, options.autoRemove}, {u"ConsoleSize"_s, QJsonArray{options.rows, options.columns}},
        {u"ReadonlyRootfs"_s, options.readOnlyRoot}, {u"Privileged"_s, false}, {u"GroupAdd"_s, listOrNull(options.extraGroups)}};
    for (const auto &[name, list] : {std::pair(u"Dns"_s, options.dns), std::pair(u"DnsOptions"_s, options.dnsOptions),
             std::pair(u"DnsSearch"_s, options.dnsSearch)})
        config.insert(name, QJsonArray::fromStringList(list));
    QJsonArray limits;
    for (const ResourceLimit &limit : options.limits)
        limits += QJsonObject{{u"Name"_s, limit.name}, {u"Hard"_s, limit.hard}, {u"Soft"_s, limit.soft}};
    config.insert(u"Ulimits"_s, limits);
    addResources(config, options);
    config.insert(u"Links"_s, listOrNull(linksOf(options)));
    if (!scratch.isEmpty())
        config.insert(u"Tmpfs"_s, scratch);
    if (options.init)
        config.insert(u"Init"_s, true);
    if (!mounts.isEmpty())
        config.insert(u"Mounts"_s, mounts);
    addUnusedHostSettings(config);
    return config;
}

} // namespace

Result<QJsonObject> inspectContainer(Store &store, const QString &nameOrId)
{
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    const QString folder = store.paths().data + u"/containers/"_s + container->id;
    const QStringList &words = container->arguments;
    QJsonObject state = stateOf(*container);
    QJsonObject config = configOf(*container);
    QJsonObject ports;
    for (const QString &port : container->options.exposedPorts)
        ports.insert(port, QJsonObject());
    if (const auto image = store.findImage(container->imageId.text()))
        config.insert(u"Env"_s, QJsonArray::fromStringList(askedEnvironment(container->options, image->config)));
    if (!ports.isEmpty())
        config.insert(u"ExposedPorts"_s, ports);
    if (container->options.health != HealthCheck())
        config.insert(u"Healthcheck"_s, healthCheckOf(container->options.health));
    if (const auto health = healthOf(store, *container); !health.isEmpty())
        state.insert(u"Health"_s, health);
    const auto networks = networkSettingsOf(store, *container);
    if (!networks)
        return std::unexpected(networks.error());
    return QJsonObject{{u"Id"_s, container->id}, {u"Created"_s, timeText(container->created)}, {u"Path"_s, words.value(0)},
        {u"Args"_s, QJsonArray::fromStringList(words.mid(1))}, {u"State"_s, state}, {u"Image"_s, container->imageId.text()},
        {u"ResolvConfPath"_s, folder + u"/resolv.conf"_s}, {u"HostnamePath"_s, folder + u"/hostname"_s},
        {u"HostsPath"_s, folder + u"/hosts"_s},
        {u"LogPath"_s, folder + u'/' + QString::fromLatin1(logName.data(), qsizetype(logName.size()))},
        {u"Name"_s, u'/' + container->name}, {u"RestartCount"_s, container->restartCount}, {u"Driver"_s, u"overlay2"_s},
        {u"Platform"_s, u"linux"_s}, {u"MountLabel"_s, QString()}, {u"ProcessLabel"_s, QString()},
        {u"AppArmorProfile"_s, QString()}, {u"ExecIDs"_s, QJsonValue::Null}, {u"HostConfig"_s, hostConfigOf(container->options)},
        {u"GraphDriver"_s,
            QJsonObject{{u"Name"_s, u"overlay2"_s},
                {u"Data"_s, QJsonObject{{u"UpperDir"_s, folder + u"/upper"_s}, {u"WorkDir"_s, folder + u"/work"_s}}}}},
        {u"Mounts"_s, mountsOf(store, container->options)}, {u"Config"_s, config}, {u"NetworkSettings"_s, *networks}};
}

} // namespace berth
