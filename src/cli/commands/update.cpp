// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/containeroperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container update", "update"};

constexpr Flag flags[] = {
    {"blkio-weight", 0, FlagKind::Text, "uint16", "", "", FlagUse::Later},
    {"cpu-period", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"cpu-quota", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"cpu-rt-period", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"cpu-rt-runtime", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"cpu-shares", 'c', FlagKind::Text, "int", "", "", FlagUse::Later},
    {"cpus", 0, FlagKind::Text, "decimal", "", "", FlagUse::Later},
    {"cpuset-cpus", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"cpuset-mems", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"kernel-memory", 0, FlagKind::Text, "bytes", "", "", FlagUse::Later},
    {"memory", 'm', FlagKind::Text, "bytes", "", "", FlagUse::Later},
    {"memory-reservation", 0, FlagKind::Text, "bytes", "", "", FlagUse::Later},
    {"memory-swap", 0, FlagKind::Text, "bytes", "", "", FlagUse::Later},
    {"pids-limit", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"restart", 0, FlagKind::Text, "string", "Restart policy to apply when a container exits"},
};

int update(const Invocation &call)
{
    if (!call.flags.isSet("restart")) {
        printError("you must provide one or more flags when using this command\n");
        return exitFailure;
    }
    const auto policy = parseRestartPolicy(QString::fromStdString(call.flags.text("restart")));
    if (!policy)
        return reportPlainError(policy.error());
    return forEachArgument(call, [&](Store &store, const QString &name) { return updateRestartPolicy(store, name, *policy); });
}

} // namespace

constinit const Command updateCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Update configuration of one or more containers",
    .example = "berth update --restart unless-stopped web",
    .flags = flags,
    .arity = {1, -1},
    .run = update,
};

} // namespace berth
