// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "operations/containeroperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container pause", "pause"};

int pause(const Invocation &call)
{
    return forEachArgument(call, [](Store &store, const QString &name) { return pauseContainer(store, name, true); });
}

} // namespace

constinit const Command pauseCommand{
    .paths = paths,
    .usage = "CONTAINER [CONTAINER...]",
    .summary = "Pause all processes within one or more containers",
    .example = "berth pause web",
    .flags = {},
    .arity = {1, -1},
    .run = pause,
};

} // namespace berth
