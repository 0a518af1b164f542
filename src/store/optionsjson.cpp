// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/optionsjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// One list of fields serves both directions: visit(name, member) writes or reads.
template<typename Options, typename Visit> void visitOptions(Options &options, Visit visit)
{
    visit("image"_L1, options.image);
    visit("command"_L1, options.command);
    visit("entrypoint"_L1, options.entrypoint);
    visit("name"_L1, options.name);
    visit("environment"_L1, options.environment);
    visit("workingDirectory"_L1, options.workingDirectory);
    visit("user"_L1, options.user);
    visit("extraGroups"_L1, options.extraGroups);
    visit("hostname"_L1, options.hostname);
    visit("domainname"_L1, options.domainname);
    visit("mounts"_L1, options.mounts);
    visit("volumesFrom"_L1, options.volumesFrom);
    visit("networkMode"_L1, options.networkMode);
    visit("networks"_L1, options.networks);
    visit("links"_L1, options.links);
    visit("extraHosts"_L1, options.extraHosts);
    visit("dns"_L1, options.dns);
    visit("dnsOptions"_L1, options.dnsOptions);
    visit("dnsSearch"_L1, options.dnsSearch);
    visit("exposedPorts"_L1, options.exposedPorts);
    visit("publishedPorts"_L1, options.publishedPorts);
    visit("publishAll"_L1, options.publishAll);
    visit("labels"_L1, options.labels);
    visit("stopSignal"_L1, options.stopSignal);
    visit("stopTimeout"_L1, options.stopTimeout);
    visit("interactive"_L1, options.interactive);
    visit("terminal"_L1, options.terminal);
    visit("detached"_L1, options.detached);
    visit("autoRemove"_L1, options.autoRemove);
    visit("readOnlyRoot"_L1, options.readOnlyRoot);
    visit("init"_L1, options.init);
    visit("restart"_L1, options.restart.name);
    visit("maxRetries"_L1, options.restart.maxRetries);
    visit("healthTest"_L1, options.health.test);
    visit("healthInterval"_L1, options.health.interval);
    visit("healthTimeout"_L1, options.health.timeout);
    visit("healthStartPeriod"_L1, options.health.startPeriod);
    visit("healthStartInterval"_L1, options.health.startInterval);
    visit("healthRetries"_L1, options.health.retries);
    visit("shmSize"_L1, options.shmSize);
    visit("addedCapabilities"_L1, options.addedCapabilities);
    visit("droppedCapabilities"_L1, options.droppedCapabilities);
    visit("limits"_L1, options.limits);
    visit("noNewPrivileges"_L1, options.noNewPrivileges);
    visit("memory"_L1, options.resources.memory);
    visit("memoryReservation"_L1, options.resources.memoryReservation);
    visit("memorySwap"_L1, options.resources.memorySwap);
    visit("nanoCpus"_L1, options.resources.nanoCpus);
    visit("cpuPeriod"_L1, options.resources.cpuPeriod);
    visit("cpuQuota"_L1, options.resources.cpuQuota);
    visit("cpuShares"_L1, options.resources.cpuShares);
    visit("cpusetCpus"_L1, options.resources.cpusetCpus);
    visit("cpusetMems"_L1, options.resources.cpusetMems);
    visit("pidsLimit"_L1, options.resources.pidsLimit);
    visit("oomScoreAdjust"_L1, options.oomScoreAdjust);
    visit("devices"_L1, options.devices);
    visit("columns"_L1, options.columns);
    visit("rows"_L1, options.rows);
}

template<typename Mount, typename Visit> void visitMount(Mount &mount, Visit visit)
{
    visit("kind"_L1, mount.kind);
    visit("source"_L1, mount.source);
    visit("target"_L1, mount.target);
    visit("readOnly"_L1, mount.readOnly);
    visit("createSource"_L1, mount.createSource);
    visit("tmpfsSize"_L1, mount.tmpfsSize);
    visit("tmpfsMode"_L1, mount.tmpfsMode);
    visit("tmpfsExecutable"_L1, mount.tmpfsExecutable);
    visit("noCopy"_L1, mount.noCopy);
}

template<typename Network, typename Visit> void visitNetwork(Network &network, Visit visit)
{
    visit("name"_L1, network.name);
    visit("aliases"_L1, network.aliases);
    visit("address"_L1, network.address);
    visit("macAddress"_L1, network.macAddress);
}

QJsonValue toJson(const QString &value) { return value; }
QJsonValue toJson(bool value) { return value; }
QJsonValue toJson(int value) { return value; }
QJsonValue toJson(qint64 value) { return value; }
QJsonValue toJson(MountOption::Kind value) { return static_cast<int>(value); }
QJsonValue toJson(const QStringList &value) { return QJsonArray::fromStringList(value); }
template<typename T> QJsonValue toJson(const std::optional<T> &value)
{
    return value ? toJson(*value) : QJsonValue(QJsonValue::Null);
}
QJsonValue toJson(const QMap<QString, QString> &value)
{
    QJsonObject object;
    for (const auto &[key, text] : value.asKeyValueRange())
        object.insert(key, text);
    return object;
}
QJsonValue toJson(const QList<ResourceLimit> &value)
{
    QJsonArray array;
    for (const ResourceLimit &limit : value)
        array.append(QJsonArray{limit.name, limit.soft, limit.hard});
    return array;
}
QJsonValue toJson(const QList<DeviceOption> &value)
{
    QJsonArray array;
    for (const DeviceOption &device : value)
        array.append(QJsonArray{device.source, device.target, device.permissions});
    return array;
}
QJsonValue toJson(const QList<MountOption> &value)
{
    QJsonArray array;
    for (const MountOption &mount : value) {
        QJsonObject object;
        visitMount(mount, [&](QLatin1StringView name, const auto &member) { object.insert(name, toJson(member)); });
        array.append(object);
    }
    return array;
}
QJsonValue toJson(const QList<PortMapping> &value)
{
    QJsonArray array;
    for (const PortMapping &mapping : value)
        array.append(QJsonArray{mapping.address, mapping.hostPort, mapping.port});
    return array;
}
QJsonValue toJson(const QList<NetworkRequest> &value)
{
    QJsonArray array;
    for (const NetworkRequest &network : value) {
        QJsonObject object;
        visitNetwork(network, [&](QLatin1StringView name, const auto &member) { object.insert(name, toJson(member)); });
        array.append(object);
    }
    return array;
}

void fromJson(const QJsonValue &json, QString &value) { value = json.toString(); }
void fromJson(const QJsonValue &json, bool &value) { value = json.toBool(); }
void fromJson(const QJsonValue &json, int &value) { value = json.toInt(value); }
void fromJson(const QJsonValue &json, qint64 &value) { value = json.toInteger(value); }
void fromJson(const QJsonValue &json, MountOption::Kind &value) { value = static_cast<MountOption::Kind>(json.toInt()); }
void fromJson(const QJsonValue &json, QStringList &value)
{
    for (const QJsonValue entry : json.toArray())
        value += entry.toString();
}
template<typename T> void fromJson(const QJsonValue &json, std::optional<T> &value)
{
    if (!json.isNull() && !json.isUndefined())
        fromJson(json, value.emplace());
}
void fromJson(const QJsonValue &json, QMap<QString, QString> &value)
{
    const QJsonObject object = json.toObject();
    for (auto entry = object.begin(); entry != object.end(); ++entry)
        value.insert(entry.key(), entry.value().toString());
}
void fromJson(const QJsonValue &json, QList<ResourceLimit> &value)
{
    for (const QJsonValue entry : json.toArray())
        value += ResourceLimit{entry[0].toString(), entry[1].toInteger(), entry[2].toInteger()};
}
void fromJson(const QJsonValue &json, QList<DeviceOption> &value)
{
    for (const QJsonValue entry : json.toArray())
        value += DeviceOption{entry[0].toString(), entry[1].toString(), entry[2].toString()};
}
void fromJson(const QJsonValue &json, QList<MountOption> &value)
{
    for (const QJsonValue entry : json.toArray()) {
        MountOption mount;
        const QJsonObject object = entry.toObject();
        visitMount(mount, [&](QLatin1StringView name, auto &member) {
            if (object.contains(name))
                fromJson(object[name], member);
        });
        value += mount;
    }
}
void fromJson(const QJsonValue &json, QList<PortMapping> &value)
{
    for (const QJsonValue entry : json.toArray())
        value += PortMapping{entry[0].toString(), entry[1].toString(), entry[2].toString()};
}
void fromJson(const QJsonValue &json, QList<NetworkRequest> &value)
{
    for (const QJsonValue entry : json.toArray()) {
        NetworkRequest network;
        const QJsonObject object = entry.toObject();
        visitNetwork(network, [&](QLatin1StringView name, auto &member) { fromJson(object[name], member); });
        value += network;
    }
}

} // namespace

QByteArray optionsToJson(const RunOptions &options)
{
    // Defaults are left out: most containers have few settings, and lists read all of them.
    const RunOptions defaults;
    QJsonObject plain;
    visitOptions(defaults, [&](QLatin1StringView name, const auto &member) { plain.insert(name, toJson(member)); });
    QJsonObject object;
    visitOptions(options, [&](QLatin1StringView name, const auto &member) {
        const QJsonValue value = toJson(member);
        if (value != plain[name])
            object.insert(name, value);
    });
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

RunOptions optionsFromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    RunOptions options;
    visitOptions(options, [&](QLatin1StringView name, auto &member) {
        if (object.contains(name))
            fromJson(object[name], member);
    });
    return options;
}

} // namespace berth
