// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/fieldorder.h"

#include "cli/jsontext.h"

#include <QJsonArray>

#include <span>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

struct Structure;

// A field that is a structure itself, or (isList) a list of one, or (isMap) a map to one.
struct Part {
    QLatin1StringView field;
    const Structure *structure;
    bool isMap = false;
};

struct Structure {
    QLatin1StringView fields; // words
    std::span<const Part> parts{};
};

constexpr Structure healthLog{"Start End ExitCode Output"_L1};
constexpr Part healthParts[] = {{"Log"_L1, &healthLog}};
constexpr Structure health{"Status FailingStreak Log"_L1, healthParts};
constexpr Part stateParts[] = {{"Health"_L1, &health}};
constexpr Structure state{
    "Status Running Paused Restarting OOMKilled Dead Pid ExitCode Error StartedAt FinishedAt Health"_L1, stateParts};

constexpr Structure healthcheck{"Test Interval Timeout StartPeriod StartInterval Retries"_L1};
constexpr Part configParts[] = {{"Healthcheck"_L1, &healthcheck}};
constexpr Structure config{"Hostname Domainname User AttachStdin AttachStdout AttachStderr ExposedPorts Tty OpenStdin StdinOnce "
                           "Env Cmd Healthcheck ArgsEscaped Image Volumes WorkingDir Entrypoint NetworkDisabled MacAddress$ "
                           "OnBuild Labels StopSignal$ StopTimeout Shell"_L1,
    configParts};

constexpr Structure volumeOptions{"NoCopy Labels DriverConfig Subpath"_L1};
constexpr Structure tmpfsOptions{"SizeBytes Mode Options"_L1};
constexpr Part wantedMountParts[] = {{"VolumeOptions"_L1, &volumeOptions}, {"TmpfsOptions"_L1, &tmpfsOptions}};
constexpr Structure wantedMount{
    "Type Source$ Target ReadOnly Consistency$ BindOptions VolumeOptions TmpfsOptions"_L1, wantedMountParts};
constexpr Structure restartPolicy{"Name MaximumRetryCount"_L1};
constexpr Structure logConfig{"Type Config"_L1};
constexpr Structure portBinding{"HostIp HostPort"_L1};
constexpr Structure limit{"Hard Name Soft"_L1};
constexpr Structure device{"PathOnHost PathInContainer CgroupPermissions"_L1};
constexpr Part hostParts[] = {{"LogConfig"_L1, &logConfig}, {"PortBindings"_L1, &portBinding, true},
    {"RestartPolicy"_L1, &restartPolicy}, {"Ulimits"_L1, &limit}, {"Mounts"_L1, &wantedMount}, {"Devices"_L1, &device}};
constexpr Structure hostConfig{
    "Binds ContainerIDFile LogConfig NetworkMode PortBindings RestartPolicy AutoRemove VolumeDriver VolumesFrom ConsoleSize "
    "Annotations CapAdd CapDrop CgroupnsMode Dns DnsOptions DnsSearch ExtraHosts GroupAdd IpcMode Cgroup Links OomScoreAdj "
    "PidMode Privileged PublishAllPorts ReadonlyRootfs SecurityOpt StorageOpt Tmpfs UTSMode UsernsMode ShmSize Sysctls Runtime "
    "Isolation CpuShares Memory NanoCpus CgroupParent BlkioWeight BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps "
    "BlkioDeviceReadIOps BlkioDeviceWriteIOps CpuPeriod CpuQuota CpuRealtimePeriod CpuRealtimeRuntime CpusetCpus CpusetMems "
    "Devices DeviceCgroupRules DeviceRequests MemoryReservation MemorySwap MemorySwappiness OomKillDisable PidsLimit Ulimits "
    "CpuCount CpuPercent IOMaximumIOps IOMaximumBandwidth Mounts MaskedPaths ReadonlyPaths Init"_L1,
    hostParts};

constexpr Structure endpoint{"IPAMConfig Links Aliases MacAddress NetworkID EndpointID Gateway IPAddress IPPrefixLen IPv6Gateway "
                             "GlobalIPv6Address GlobalIPv6PrefixLen DriverOpts DNSNames"_L1};
constexpr Part networkParts[] = {{"Ports"_L1, &portBinding, true}, {"Networks"_L1, &endpoint, true}};
constexpr Structure networkSettings{
    "Bridge SandboxID SandboxKey Ports HairpinMode LinkLocalIPv6Address LinkLocalIPv6PrefixLen SecondaryIPAddresses "
    "SecondaryIPv6Addresses EndpointID Gateway GlobalIPv6Address GlobalIPv6PrefixLen IPAddress IPPrefixLen IPv6Gateway "
    "MacAddress Networks"_L1,
    networkParts};

constexpr Structure graphDriver{"Data Name"_L1};
constexpr Structure mount{"Type Name$ Source Destination Driver$ Mode RW Propagation"_L1};
constexpr Part containerParts[] = {{"State"_L1, &state}, {"HostConfig"_L1, &hostConfig}, {"GraphDriver"_L1, &graphDriver},
    {"Mounts"_L1, &mount}, {"Config"_L1, &config}, {"NetworkSettings"_L1, &networkSettings}};
constexpr Structure containerStructure{
    "Id Created Path Args State Image ResolvConfPath HostnamePath HostsPath LogPath Name RestartCount Driver Platform "
    "MountLabel ProcessLabel AppArmorProfile ExecIDs HostConfig GraphDriver SizeRw SizeRootFs Mounts Config NetworkSettings"_L1,
    containerParts};

constexpr Structure rootFs{"Type Layers"_L1};
constexpr Part imageParts[] = {{"Config"_L1, &config}, {"GraphDriver"_L1, &graphDriver}, {"RootFS"_L1, &rootFs}};
constexpr Structure imageStructure{"Id RepoTags RepoDigests Parent Comment Created DockerVersion Author Config Architecture "
                                   "Variant$ Os OsVersion$ Size GraphDriver RootFS Metadata"_L1,
    imageParts};

QJsonObject withOrder(QJsonObject object, const Structure &structure);

QJsonValue withOrder(const QJsonValue &value, const Structure &structure)
{
    if (value.isObject())
        return withOrder(value.toObject(), structure);
    if (!value.isArray())
        return value;
    QJsonArray list;
    for (const auto array = value.toArray(); const auto item : array)
        list += withOrder(item, structure);
    return list;
}

QJsonObject withOrder(QJsonObject object, const Structure &structure)
{
    for (const auto &part : structure.parts) {
        if (!object.contains(part.field))
            continue;
        auto value = object.value(part.field);
        if (part.isMap) {
            auto map = value.toObject();
            for (auto item = map.begin(); item != map.end(); ++item)
                item.value() = withOrder(QJsonValue(item.value()), *part.structure);
            object[part.field] = map;
        } else {
            object[part.field] = withOrder(value, *part.structure);
        }
    }
    object[orderKey()] = QJsonArray::fromStringList(QString(structure.fields).split(u' '));
    return object;
}

} // namespace

QJsonObject withContainerOrder(QJsonObject container) { return withOrder(std::move(container), containerStructure); }

QJsonObject withImageOrder(QJsonObject image) { return withOrder(std::move(image), imageStructure); }

} // namespace berth
