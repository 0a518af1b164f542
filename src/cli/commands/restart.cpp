// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "operations/containeroperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container restart", "restart"};

constexpr Flag flags[] = {
    {"signal", 's', FlagKind::Text, "string", "Signal to send to the container"},
    {"time", 0, FlagKind::Integer, "int", "", "", FlagUse::Hidden},
    {"timeout", 't', FlagKind::Integer, "int", "Seconds to wait before killing the container"},
};

std::optional<std::chrono::seconds> graceOf(const FlagValues &given)
{
    for (const auto *name : {"timeout", "time"}) {
        if (given.isSet(name))
            return std::chrono::seconds(given.integer(name));
    }
    return std::nullopt;
}

int restart(const Invocation &call)
{
    return forEachArgument(call,
        [grace = graceOf(call.flags), signal = QString::fromStdString(call.flags.text("signal"))](
            Store &store, const QString &name) { return restartContainer(store, name, grace, signal); });
}

} // namespace

constinit const Command restartCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Restart one or more containers",
    .example = "berth restart web",
    .flags = flags,
    .arity = {1, -1},
    .run = restart,
};

} // namespace berth
