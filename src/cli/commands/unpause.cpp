// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "operations/containeroperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container unpause", "unpause"};

int unpause(const Invocation &call)
{
    return forEachArgument(call, [](Store &store, const QString &name) { return pauseContainer(store, name, false); });
}

} // namespace

constinit const Command unpauseCommand{
    .paths = paths,
    .usage = "CONTAINER [CONTAINER...]",
    .summary = "Unpause all processes within one or more containers",
    .example = "berth unpause web",
    .flags = {},
    .arity = {1, -1},
    .run = unpause,
};

} // namespace berth
