// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/networkoperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"network rm", "network remove"};

constexpr Flag flags[] = {
    {"force", 'f', FlagKind::Boolean, "", "Do not error if the network does not exist"},
};

int remove(const Invocation &call)
{
    const bool force = call.flags.boolean("force");
    return forEachArgument(call, [force](Store &store, const QString &name) {
        auto removed = removeNetwork(store, name);
        if (!removed && force && removed.error().code == ErrorCode::NotFound)
            return Result<>();
        return removed;
    });
}

} // namespace

constinit const Command networkRmCommand{
    .paths = paths,
    .usage = "[OPTIONS] NETWORK [NETWORK...]",
    .summary = "Remove one or more networks",
    .example = "berth network rm front",
    .flags = flags,
    .arity = {1, -1},
    .run = remove,
};

} // namespace berth
