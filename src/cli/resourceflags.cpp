// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The flags about what a container may use of the machine.
#include "cli/mountflags.h"
#include "cli/runrequest.h"

#include <algorithm>
#include <format>

#include <QDir>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

using Checked = std::expected<void, RequestProblem>;

std::unexpected<RequestProblem> badValue(const FlagValues &flags, std::string_view name, std::string_view reason)
{
    const auto flag = *std::ranges::find(flags.flags(), name, &Flag::name);
    return std::unexpected(RequestProblem{invalidFlagValue(flag, flags.text(name), reason).error().detail, true});
}

Checked takeBytes(const FlagValues &flags, std::string_view name, qint64 &place, bool mayBeUnlimited = false)
{
    if (!flags.isSet(name))
        return {};
    const auto text = QString::fromStdString(flags.text(name));
    if (mayBeUnlimited && text == "-1"_L1) {
        place = -1;
        return {};
    }
    const auto bytes = parseBytes(text);
    if (!bytes)
        return badValue(flags, name, bytes.error().detail);
    place = *bytes;
    return {};
}

// Letters of "rwm", each once.
bool isDeviceMode(const QString &text)
{
    for (const QChar letter : text) {
        if (!u"rwm"_s.contains(letter) || text.count(letter) > 1)
            return false;
    }
    return !text.isEmpty();
}

// SOURCE[:TARGET][:PERMISSIONS]; the sentences are those of Docker's client.
std::expected<DeviceOption, std::string> parseDevice(const QString &text)
{
    const auto parts = text.split(u':');
    if (parts.size() > 3 || parts[0].isEmpty())
        return std::unexpected("bad format for path: " + text.toStdString());
    DeviceOption device{.source = parts[0], .target = parts[0], .permissions = u"rwm"_s};
    if (parts.size() == 2 && isDeviceMode(parts[1]))
        device.permissions = parts[1];
    else if (parts.size() > 1)
        device.target = parts[1];
    if (parts.size() == 3) {
        if (!isDeviceMode(parts[2]))
            return std::unexpected("bad mode specified: " + parts[2].toStdString());
        device.permissions = parts[2];
    }
    if (!device.target.startsWith(u'/'))
        return std::unexpected(device.target.toStdString() + " is not an absolute path");
    if (!device.source.startsWith(u'/'))
        return std::unexpected(device.source.toStdString() + " is not an absolute path");
    device.target = QDir::cleanPath(device.target);
    return device;
}

Checked addDevices(RunOptions &options, const FlagValues &flags)
{
    for (const auto &value : flags.list("device")) {
        const auto device = parseDevice(QString::fromStdString(value));
        if (!device)
            return std::unexpected(RequestProblem{device.error()});
        // Only the kernel's device filter could hold a container to these, and that is root's to load.
        if (!device->permissions.contains(u'r') || !device->permissions.contains(u'w'))
            return std::unexpected(RequestProblem{std::format(
                "the flag --device {} is not supported: a device is given for reading and writing or not at all", value)});
        options.devices += *device;
    }
    return {};
}

} // namespace

std::expected<Resources, RequestProblem> parseResources(const FlagValues &flags)
{
    Resources resources;
    for (const auto &taken :
        {takeBytes(flags, "memory", resources.memory), takeBytes(flags, "memory-reservation", resources.memoryReservation),
            takeBytes(flags, "memory-swap", resources.memorySwap, true)}) {
        if (!taken)
            return std::unexpected(taken.error());
    }
    if (flags.isSet("cpus")) {
        const auto cpus = parseCpus(QString::fromStdString(flags.text("cpus")));
        if (!cpus)
            return badValue(flags, "cpus", cpus.error().detail);
        resources.nanoCpus = *cpus;
    }
    resources.cpuPeriod = flags.number("cpu-period");
    resources.cpuQuota = flags.number("cpu-quota");
    resources.cpuShares = flags.number("cpu-shares");
    resources.cpusetCpus = QString::fromStdString(flags.text("cpuset-cpus"));
    resources.cpusetMems = QString::fromStdString(flags.text("cpuset-mems"));
    if (const auto limit = flags.number("pids-limit"); limit != 0)
        resources.pidsLimit = std::max<qint64>(limit, 0);
    return resources;
}

std::expected<void, RequestProblem> addResources(RunRequest &request, const FlagValues &flags)
{
    RunOptions &options = request.options;
    const auto resources = parseResources(flags);
    if (!resources)
        return std::unexpected(resources.error());
    options.resources = *resources;
    if (options.resources.pidsLimit == 0)
        options.resources.pidsLimit.reset(); // nothing is to be taken back yet
    options.oomScoreAdjust = flags.integer("oom-score-adj");
    // Both are of the old control groups; the sentences are Docker's.
    if (const auto swappiness = flags.number("memory-swappiness"); swappiness < -1 || swappiness > 100)
        return std::unexpected(
            RequestProblem{std::format("invalid value: {}. Valid memory swappiness range is 0-100", swappiness)});
    else if (swappiness >= 0)
        request.warnings += u"Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. "
                            "Memory swappiness discarded."_s;
    request.disablesOomKiller = flags.boolean("oom-kill-disable");
    if (request.disablesOomKiller)
        request.warnings += u"Your kernel does not support OomKillDisable. OomKillDisable discarded."_s;
    return addDevices(options, flags);
}

} // namespace berth
