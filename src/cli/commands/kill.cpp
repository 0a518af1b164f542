// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "operations/containeroperations.h"

#include <csignal>

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container kill", "kill"};

constexpr Flag flags[] = {
    {"signal", 's', FlagKind::Text, "string", "Signal to send to the container"},
};

int kill(const Invocation &call)
{
    const auto signal = !call.flags.text("signal").empty() ? parseSignal(QString::fromStdString(call.flags.text("signal")))
                                                           : Result<int>(SIGKILL);
    return forEachArgument(call, [&signal](Store &store, const QString &name) -> Result<> {
        if (!signal)
            return wrap("cannot kill container: " + name.toStdString(), signal.error());
        return killContainer(store, name, *signal);
    });
}

} // namespace

constinit const Command killCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Kill one or more running containers",
    .example = "berth kill -s HUP web",
    .flags = flags,
    .arity = {1, -1},
    .run = kill,
};

} // namespace berth
