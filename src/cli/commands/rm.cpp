// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/containeroperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container rm", "container remove", "rm"};

constexpr Flag flags[] = {
    {"force", 'f', FlagKind::Boolean, "", "Force the removal of a running container (uses SIGKILL)"},
    {"link", 'l', FlagKind::Boolean, "", "", "", FlagUse::Later},
    {"volumes", 'v', FlagKind::Boolean, "", "Remove anonymous volumes associated with the container"},
};

int rm(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const RemoveContainerOptions options{.force = call.flags.boolean("force"), .volumes = call.flags.boolean("volumes")};
    int exitCode = 0;
    for (const auto &argument : call.arguments) {
        auto name = QString::fromStdString(argument);
        if (name.startsWith(u'/'))
            name.remove(0, 1); // Docker's own form of a name
        const auto removed = removeContainer(*store, name, options);
        if (removed) {
            printOut(argument + "\n");
            continue;
        }
        reportError(removed.error());
        // With --force the aim is that it is gone, and it is.
        if (!options.force || removed.error().code != ErrorCode::NotFound)
            exitCode = exitFailure;
    }
    return exitCode;
}

} // namespace

constinit const Command rmCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Remove one or more containers",
    .example = "berth rm -f web",
    .flags = flags,
    .arity = {1, -1},
    .run = rm,
};

} // namespace berth
