// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/listing.h"
#include "cli/report.h"
#include "operations/machinelimits.h"
#include "operations/networkoperations.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QSysInfo>

#include <algorithm>

#include <sys/sysinfo.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"system info", "info"};

constexpr Flag flags[] = {
    {"format", 'f', FlagKind::Text, "string",
        "Format output using a custom template:\n'json': JSON in one line\n'TEMPLATE': a Go template"},
};

qint64 countState(const QList<ContainerInfo> &containers, ContainerState state)
{
    return std::ranges::count(containers, state, &ContainerInfo::state);
}

qint64 memoryBytes()
{
    struct sysinfo info{};
    ::sysinfo(&info);
    return static_cast<qint64>(info.totalram) * info.mem_unit;
}

// What this engine never has, with the values by which scripts know that.
QJsonObject constantFields()
{
    const QJsonObject plugins{{u"Volume"_s, QJsonArray{u"local"_s}},
        {u"Network"_s, QJsonArray{u"bridge"_s, u"host"_s, u"null"_s}}, {u"Authorization"_s, QJsonValue::Null},
        {u"Log"_s, QJsonArray{u"json-file"_s}}};
    const QJsonObject swarm{{u"NodeID"_s, QString()}, {u"NodeAddr"_s, QString()}, {u"LocalNodeState"_s, u"inactive"_s},
        {u"ControlAvailable"_s, false}, {u"Error"_s, QString()}, {u"RemoteManagers"_s, QJsonValue::Null}};
    const QJsonObject registries{
        {u"IndexConfigs"_s, QJsonObject()}, {u"InsecureRegistryCIDRs"_s, QJsonArray()}, {u"Mirrors"_s, QJsonValue::Null}};
    return {
        {u"Driver"_s, u"overlay"_s},
        {u"DriverStatus"_s, QJsonArray{QJsonArray{u"userxattr"_s, u"true"_s}}},
        {u"Plugins"_s, plugins},
        {u"Debug"_s, false},
        {u"LoggingDriver"_s, u"json-file"_s},
        {u"CgroupDriver"_s, u"cgroupfs"_s},
        {u"CgroupVersion"_s, u"2"_s},
        {u"OSType"_s, u"linux"_s},
        {u"IndexServerAddress"_s, u"https://index.docker.io/v1/"_s},
        {u"RegistryConfig"_s, registries},
        {u"GenericResources"_s, QJsonValue::Null},
        {u"HttpProxy"_s, QString()},
        {u"HttpsProxy"_s, QString()},
        {u"NoProxy"_s, QString()},
        {u"Labels"_s, QJsonArray()},
        {u"ExperimentalBuild"_s, false},
        {u"Runtimes"_s, QJsonObject{{u"berth"_s, QJsonObject{{u"path"_s, u"berth"_s}}}}},
        {u"DefaultRuntime"_s, u"berth"_s},
        {u"Swarm"_s, swarm},
        {u"LiveRestoreEnabled"_s, true}, // containers outlive every program of ours but their monitor
        {u"Isolation"_s, QString()},
        {u"InitBinary"_s, u"berth-monitor"_s},
        {u"SecurityOptions"_s, QJsonArray{u"name=seccomp,profile=builtin"_s, u"name=rootless"_s, u"name=cgroupns"_s}},
    };
}

// Docker's field names, for scripts.
QJsonObject describe(const Store &store, const QList<ContainerInfo> &containers, qsizetype images)
{
    const auto running = countState(containers, ContainerState::Running);
    const auto paused = countState(containers, ContainerState::Paused);
    auto values = constantFields();
    const QJsonObject current{
        {u"ID"_s, QString::fromLatin1(QSysInfo::machineUniqueId())},
        {u"Containers"_s, containers.size()},
        {u"ContainersRunning"_s, running},
        {u"ContainersPaused"_s, paused},
        {u"ContainersStopped"_s, containers.size() - running - paused},
        {u"Images"_s, images},
        {u"ServerVersion"_s, QStringLiteral(BERTH_VERSION)},
        {u"SystemTime"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
        {u"KernelVersion"_s, QSysInfo::kernelVersion()},
        {u"OperatingSystem"_s, QSysInfo::prettyProductName()},
        {u"OSVersion"_s, QSysInfo::productVersion()},
        {u"Architecture"_s, QSysInfo::currentCpuArchitecture()},
        {u"NCPU"_s, static_cast<qint64>(::sysconf(_SC_NPROCESSORS_ONLN))},
        {u"MemTotal"_s, memoryBytes()},
        {u"Name"_s, QSysInfo::machineHostName()},
        {u"DockerRootDir"_s, store.paths().data},
        {u"ClientInfo"_s,
            QJsonObject{{u"Debug"_s, false}, {u"Version"_s, QStringLiteral(BERTH_VERSION)}, {u"Context"_s, u"default"_s},
                {u"Os"_s, u"linux"_s}, {u"Plugins"_s, QJsonArray()}, {u"Warnings"_s, QJsonValue::Null}}},
    };
    const auto support = limitSupport();
    for (const auto &[name, isThere] : {std::pair(u"MemoryLimit"_s, support.memory), std::pair(u"SwapLimit"_s, support.swap),
             std::pair(u"CpuCfsPeriod"_s, support.cpu), std::pair(u"CpuCfsQuota"_s, support.cpu),
             std::pair(u"CPUShares"_s, support.cpu), std::pair(u"CPUSet"_s, support.cpuset),
             std::pair(u"PidsLimit"_s, support.processes)})
        values[name] = isThere;
    const auto warnings = limitWarnings(support);
    values[u"Warnings"_s] = warnings.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonArray::fromStringList(warnings);
    for (auto field = current.begin(); field != current.end(); ++field)
        values[field.key()] = field.value();
    return values;
}

QString infoText(const QJsonObject &values)
{
    const auto line = [&values](QLatin1StringView label, QLatin1StringView key) {
        return u' ' + label + ": "_L1 + values[key].toVariant().toString() + u'\n';
    };
    return "Client: Berth\n Version:    "_L1 + QStringLiteral(BERTH_VERSION)
        + "\n Context:    default\n Debug Mode: false\n\nServer:\n"_L1 + line("Containers"_L1, "Containers"_L1)
        + line(" Running"_L1, "ContainersRunning"_L1) + line(" Paused"_L1, "ContainersPaused"_L1)
        + line(" Stopped"_L1, "ContainersStopped"_L1) + line("Images"_L1, "Images"_L1)
        + line("Server Version"_L1, "ServerVersion"_L1) + line("Storage Driver"_L1, "Driver"_L1) + "  userxattr: true\n"_L1
        + line("Logging Driver"_L1, "LoggingDriver"_L1) + line("Cgroup Driver"_L1, "CgroupDriver"_L1)
        + line("Cgroup Version"_L1, "CgroupVersion"_L1)
        + " Plugins:\n  Volume: local\n  Network: bridge host null\n  Log: json-file\n"_L1
        + " Swarm: inactive\n Runtimes: berth\n"_L1 + line("Default Runtime"_L1, "DefaultRuntime"_L1)
        + line("Init Binary"_L1, "InitBinary"_L1)
        + " Security Options:\n  seccomp\n   Profile: builtin\n  rootless\n  cgroupns\n"_L1
        + line("Kernel Version"_L1, "KernelVersion"_L1) + line("Operating System"_L1, "OperatingSystem"_L1)
        + line("OSType"_L1, "OSType"_L1) + line("Architecture"_L1, "Architecture"_L1) + line("CPUs"_L1, "NCPU"_L1)
        + u" Total Memory: %1GiB\n"_s.arg(values["MemTotal"_L1].toDouble() / (1 << 30), 0, 'g', 4) + line("Name"_L1, "Name"_L1)
        + line("ID"_L1, "ID"_L1) + line("Docker Root Dir"_L1, "DockerRootDir"_L1)
        + " Debug Mode: false\n Experimental: false\n Live Restore Enabled: true\n\n"_L1;
}

int info(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto containers = store->containers();
    const auto images = store->images();
    if (!containers || !images)
        return reportError(containers ? images.error() : containers.error());
    const auto values = describe(*store, *containers, images->size());
    const auto format = QString::fromStdString(call.flags.text("format"));
    const auto text = format.isEmpty() ? Result<QString>(infoText(values))
                                       : formatValue(format, values, {{}, u"system.dockerInfo"_s});
    if (!text)
        return reportTemplateError(text.error());
    printOut(*text);
    for (const auto warnings = values["Warnings"_L1].toArray(); const auto line : warnings) {
        if (format.isEmpty())
            printError(line.toString().toStdString() + '\n');
    }
    if (const QString warning = wayOutWarning(*store); format.isEmpty() && !warning.isEmpty())
        printError("WARNING: " + warning.toStdString() + '\n');
    return 0;
}

} // namespace

constinit const Command infoCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Display system-wide information",
    .example = "berth info -f '{{.ContainersRunning}}'",
    .flags = flags,
    .arity = {0, 0},
    .run = info,
};

} // namespace berth
