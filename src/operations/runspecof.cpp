// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/runspecof.h"

#include "core/capabilityname.h"
#include "operations/containeroperations.h"

#include <algorithm>

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

std::vector<std::string> texts(const QStringList &list)
{
    std::vector<std::string> result;
    result.reserve(static_cast<std::size_t>(list.size()));
    for (const QString &text : list)
        result.push_back(text.toStdString());
    return result;
}

MountSpec mountSpec(const MountOption &option)
{
    MountSpec mount;
    mount.kind = option.kind == MountOption::Kind::Bind ? MountKind::Bind
        : option.kind == MountOption::Kind::Volume      ? MountKind::Volume
                                                        : MountKind::Tmpfs;
    mount.source = option.source.toStdString();
    mount.target = option.target.toStdString();
    mount.readOnly = option.readOnly;
    mount.size = static_cast<std::uint64_t>(option.tmpfsSize);
    mount.mode = static_cast<std::uint32_t>(option.tmpfsMode);
    mount.executable = option.tmpfsExecutable;
    mount.noCopy = option.noCopy;
    return mount;
}

LimitSpec limitSpec(const ResourceLimit &limit)
{
    static const QMap<QString, int> resources{{u"as"_s, RLIMIT_AS}, {u"core"_s, RLIMIT_CORE}, {u"cpu"_s, RLIMIT_CPU},
        {u"data"_s, RLIMIT_DATA}, {u"fsize"_s, RLIMIT_FSIZE}, {u"locks"_s, RLIMIT_LOCKS}, {u"memlock"_s, RLIMIT_MEMLOCK},
        {u"msgqueue"_s, RLIMIT_MSGQUEUE}, {u"nice"_s, RLIMIT_NICE}, {u"nofile"_s, RLIMIT_NOFILE}, {u"nproc"_s, RLIMIT_NPROC},
        {u"rss"_s, RLIMIT_RSS}, {u"rtprio"_s, RLIMIT_RTPRIO}, {u"rttime"_s, RLIMIT_RTTIME}, {u"sigpending"_s, RLIMIT_SIGPENDING},
        {u"stack"_s, RLIMIT_STACK}};
    // -1 becomes the greatest number, which is "none".
    return {.resource = static_cast<std::uint32_t>(resources.value(limit.name)),
        .soft = static_cast<std::uint64_t>(limit.soft),
        .hard = static_cast<std::uint64_t>(limit.hard)};
}

HealthSpec healthSpec(const HealthCheck &health)
{
    HealthSpec spec;
    if (!health.isActive())
        return spec;
    if (health.test[0] == "CMD-SHELL"_L1)
        spec.arguments = texts({u"/bin/sh"_s, u"-c"_s, health.test[1]});
    else
        spec.arguments = texts(health.test.mid(1));
    const auto set = [](std::uint64_t &place, qint64 nanoseconds) {
        if (nanoseconds > 0)
            place = static_cast<std::uint64_t>(std::max<qint64>(nanoseconds / 1'000'000, 1));
    };
    set(spec.interval, health.interval);
    set(spec.timeout, health.timeout);
    set(spec.startPeriod, health.startPeriod);
    set(spec.startInterval, health.startInterval);
    if (health.retries > 0)
        spec.retries = static_cast<std::uint32_t>(health.retries);
    return spec;
}

PortSpec portSpec(const PortMapping &mapping)
{
    return {.hostAddress = mapping.address.toStdString(),
        .firstHostPort = static_cast<std::uint16_t>(mapping.firstHostPort()),
        .lastHostPort = static_cast<std::uint16_t>(mapping.lastHostPort()),
        .containerPort = static_cast<std::uint16_t>(portNumber(mapping.port)),
        .protocol = portProtocol(mapping.port) == "udp"_L1 ? PortProtocol::Udp : PortProtocol::Tcp};
}

std::vector<PortSpec> portSpecs(const RunOptions &options)
{
    std::vector<PortSpec> specs;
    for (const PortMapping &mapping : options.publishedPorts)
        specs.push_back(portSpec(mapping));
    for (const QString &port : options.publishAll ? options.exposedPorts : QStringList()) {
        const bool isTaken = std::ranges::contains(options.publishedPorts, port, &PortMapping::port);
        const auto protocol = portProtocol(port);
        if (!isTaken && (protocol == "tcp"_L1 || protocol == "udp"_L1) && portNumber(port) != 0)
            specs.push_back(portSpec({.address = {}, .hostPort = {}, .port = port}));
    }
    return specs;
}

} // namespace

RestartSpec restartSpec(const RestartPolicy &policy)
{
    RestartSpec spec{.kind = RestartKind::No, .maxRetries = static_cast<std::uint32_t>(policy.maxRetries)};
    if (policy.name == "always"_L1)
        spec.kind = RestartKind::Always;
    else if (policy.name == "unless-stopped"_L1)
        spec.kind = RestartKind::UnlessStopped;
    else if (policy.name == "on-failure"_L1)
        spec.kind = RestartKind::OnFailure;
    return spec;
}

ResourceSpec resourceSpec(const Resources &resources)
{
    ResourceSpec spec{.memory = resources.memory,
        .memoryReservation = resources.memoryReservation,
        .memorySwap = resources.memorySwap,
        .cpuQuota = resources.cpuQuota,
        .cpuPeriod = resources.cpuPeriod,
        .cpuShares = resources.cpuShares,
        .processes = resources.pidsLimit.value_or(0),
        .cpus = resources.cpusetCpus.toStdString(),
        .memoryNodes = resources.cpusetMems.toStdString()};
    if (resources.nanoCpus > 0) { // of a tenth of a second, as Docker's daemon has it
        spec.cpuPeriod = 100'000;
        spec.cpuQuota = resources.nanoCpus / 10'000;
    }
    return spec;
}

Result<RunSpec> runSpecOf(const Store &store, const ContainerInfo &container)
{
    const auto image = store.findImage(container.imageId.text());
    if (!image)
        return std::unexpected(image.error());
    const auto stopSignal = parseSignal(container.options.stopSignal);
    if (!stopSignal)
        return std::unexpected(stopSignal.error());
    const RunOptions &options = container.options;
    RunSpec spec;
    spec.containerId = container.id.toStdString();
    for (auto chainId = image->chainIds.rbegin(); chainId != image->chainIds.rend(); ++chainId)
        spec.layers.push_back(chainId->hex().toStdString());
    spec.name = container.name.toStdString();
    spec.arguments = texts(container.arguments);
    spec.environment = texts(options.environment);
    spec.workingDirectory = options.workingDirectory.toStdString();
    spec.user = options.user.toStdString();
    spec.extraGroups = texts(options.extraGroups);
    spec.hostname = options.hostname.toStdString();
    for (const MountOption &mount : options.mounts)
        spec.mounts.push_back(mountSpec(mount));
    spec.terminal = options.terminal;
    spec.openStdin = options.interactive;
    spec.stdinOnce = options.interactive && !options.detached;
    spec.readOnlyRoot = options.readOnlyRoot;
    spec.init = options.init;
    spec.autoRemove = options.autoRemove;
    spec.columns = static_cast<std::uint16_t>(options.columns);
    spec.rows = static_cast<std::uint16_t>(options.rows);
    spec.stopSignal = *stopSignal;
    spec.restart = restartSpec(options.restart);
    spec.health = healthSpec(options.health);
    const auto capabilities = changedCapabilities(defaultCapabilities, options.addedCapabilities, options.droppedCapabilities);
    if (!capabilities)
        return std::unexpected(capabilities.error());
    spec.capabilities = *capabilities;
    spec.domainname = options.domainname.toStdString();
    for (const ResourceLimit &limit : options.limits)
        spec.limits.push_back(limitSpec(limit));
    spec.resources = resourceSpec(options.resources);
    spec.oomScoreAdjust = options.oomScoreAdjust;
    for (const DeviceOption &device : options.devices)
        spec.devices.push_back({.source = device.source.toStdString(), .target = device.target.toStdString()});
    spec.ports = portSpecs(options);
    spec.noNewPrivileges = options.noNewPrivileges;
    if (options.shmSize > 0)
        spec.shmSize = static_cast<std::uint64_t>(options.shmSize);
    return spec;
}

} // namespace berth
