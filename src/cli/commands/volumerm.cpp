// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "operations/volumeoperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"volume rm", "volume remove"};

constexpr Flag flags[] = {
    {"force", 'f', FlagKind::Boolean, "", "Force the removal of one or more volumes"},
};

int remove(const Invocation &call)
{
    const bool force = call.flags.boolean("force");
    return forEachArgument(call, [force](Store &store, const QString &name) { return removeVolume(store, name, force); });
}

} // namespace

constinit const Command volumeRmCommand{
    .paths = paths,
    .usage = "[OPTIONS] VOLUME [VOLUME...]",
    .summary = "Remove one or more volumes",
    .example = "berth volume rm pages",
    .flags = flags,
    .arity = {1, -1},
    .run = remove,
};

} // namespace berth
