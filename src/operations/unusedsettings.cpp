// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/unusedsettings.h"

#include <QJsonArray>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

// "field" with an empty value of its kind, unless the object has it.
void addMissing(QJsonObject &object, QLatin1StringView names, const QJsonValue &value)
{
    for (const auto name : names.tokenize(u' ')) {
        if (!object.contains(name))
            object.insert(name.toString(), value);
    }
}

} // namespace

void addUnusedHostSettings(QJsonObject &config)
{
    addMissing(config, "ContainerIDFile VolumeDriver Cgroup PidMode UTSMode UsernsMode Isolation CgroupParent"_L1, QString());
    addMissing(
        config, "BlkioWeight CpuRealtimePeriod CpuRealtimeRuntime CpuCount CpuPercent IOMaximumIOps IOMaximumBandwidth"_L1, 0);
    addMissing(config, "PublishAllPorts OomKillDisable"_L1, false);
    addMissing(config,
        "DeviceCgroupRules DeviceRequests MemorySwappiness BlkioDeviceReadBps BlkioDeviceWriteBps "
        "BlkioDeviceReadIOps BlkioDeviceWriteIOps"_L1,
        QJsonValue::Null);
    addMissing(config, "BlkioWeightDevice"_L1, QJsonArray());
    addMissing(config, "CgroupnsMode IpcMode"_L1, u"private"_s);
    addMissing(config, "Runtime"_L1, u"runc"_s);
    // As the runtime makes /proc and /sys: runtime/systemmounts.cpp.
    addMissing(config, "MaskedPaths"_L1,
        QJsonArray::fromStringList({u"/proc/acpi"_s, u"/proc/asound"_s, u"/proc/interrupts"_s, u"/proc/kcore"_s, u"/proc/keys"_s,
            u"/proc/latency_stats"_s, u"/proc/sched_debug"_s, u"/proc/scsi"_s, u"/proc/timer_list"_s, u"/proc/timer_stats"_s,
            u"/sys/devices/virtual/powercap"_s, u"/sys/firmware"_s}));
    addMissing(config, "ReadonlyPaths"_L1,
        QJsonArray::fromStringList({u"/proc/bus"_s, u"/proc/fs"_s, u"/proc/irq"_s, u"/proc/sys"_s, u"/proc/sysrq-trigger"_s}));
    addMissing(config, "LogConfig"_L1, QJsonObject{{u"Type"_s, u"json-file"_s}, {u"Config"_s, QJsonObject()}});
}

QJsonObject wholeImageConfig(const QJsonObject &config)
{
    QJsonObject whole = config;
    addMissing(whole, "Hostname Domainname User Image WorkingDir"_L1, QString());
    addMissing(whole, "AttachStdin AttachStdout AttachStderr Tty OpenStdin StdinOnce"_L1, false);
    addMissing(whole, "Env Cmd Volumes Entrypoint OnBuild Labels"_L1, QJsonValue::Null);
    return whole;
}

} // namespace berth
