// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "cli/runrequest.h"
#include "operations/containeroperations.h"

#include <algorithm>

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container update", "update"};

constexpr Flag flags[] = {
    {"blkio-weight", 0, FlagKind::Text, "uint16", "", "", FlagUse::Later},
    {"cpu-period", 0, FlagKind::Integer, "int", "Limit CPU CFS (Completely Fair Scheduler) period"},
    {"cpu-quota", 0, FlagKind::Integer, "int", "Limit CPU CFS (Completely Fair Scheduler) quota"},
    {"cpu-rt-period", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"cpu-rt-runtime", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"cpu-shares", 'c', FlagKind::Integer, "int", "CPU shares (relative weight)"},
    {"cpus", 0, FlagKind::Text, "decimal", "Number of CPUs"},
    {"cpuset-cpus", 0, FlagKind::Text, "string", "CPUs in which to allow execution (0-3, 0,1)"},
    {"cpuset-mems", 0, FlagKind::Text, "string", "MEMs in which to allow execution (0-3, 0,1)"},
    {"kernel-memory", 0, FlagKind::Text, "bytes", "", "", FlagUse::Later},
    {"memory", 'm', FlagKind::Text, "bytes", "Memory limit"},
    {"memory-reservation", 0, FlagKind::Text, "bytes", "Memory soft limit"},
    {"memory-swap", 0, FlagKind::Text, "bytes", "Swap limit equal to memory plus swap: -1 to enable unlimited swap"},
    {"pids-limit", 0, FlagKind::Integer, "int", "Tune container pids limit (set -1 for unlimited)"},
    {"restart", 0, FlagKind::Text, "string", "Restart policy to apply when a container exits"},
};

int update(const Invocation &call)
{
    const auto isGiven = [&call](const Flag &flag) { return call.flags.isSet(flag.name); };
    if (std::ranges::none_of(flags, isGiven)) {
        printError("you must provide one or more flags when using this command\n");
        return exitFailure;
    }
    const auto resources = parseResources(call.flags);
    if (!resources)
        return reportUsageError(call, resources.error().text);
    ContainerUpdate wished{.resources = *resources, .restart = std::nullopt};
    if (const auto text = QString::fromStdString(call.flags.text("restart")); !text.isEmpty()) {
        const auto policy = parseRestartPolicy(text);
        if (!policy)
            return reportPlainError(policy.error());
        wished.restart = *policy;
    }
    return forEachArgument(call, [&](Store &store, const QString &name) { return updateContainer(store, name, wished); });
}

} // namespace

constinit const Command updateCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Update configuration of one or more containers",
    .example = "berth update -m 512m --memory-swap 1g --cpus 1.5 web",
    .flags = flags,
    .arity = {1, -1},
    .run = update,
};

} // namespace berth
