// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "operations/containeroperations.h"

namespace berth {
namespace {

constexpr std::string_view stopPaths[] = {"container stop", "stop"};
constexpr std::string_view restartPaths[] = {"container restart", "restart"};

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

using Verb = Result<> (*)(Store &, const QString &, std::optional<std::chrono::seconds>, const QString &);

template<Verb verb> int run(const Invocation &call)
{
    return forEachArgument(call,
        [grace = graceOf(call.flags), signal = QString::fromStdString(call.flags.text("signal"))](
            Store &store, const QString &name) { return verb(store, name, grace, signal); });
}

} // namespace

constinit const Command stopCommand{
    .paths = stopPaths,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Stop one or more running containers",
    .example = "berth stop -t 2 web",
    .flags = flags,
    .arity = {1, -1},
    .run = run<stopContainer>,
};

constinit const Command restartCommand{
    .paths = restartPaths,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Restart one or more containers",
    .example = "berth restart web",
    .flags = flags,
    .arity = {1, -1},
    .run = run<restartContainer>,
};

} // namespace berth
