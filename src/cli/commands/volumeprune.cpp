// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/pruning.h"
#include "cli/report.h"

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"volume prune"};

constexpr Flag filterFlag{"filter", 0, FlagKind::List, "filter", "Provide filter values (e.g. \"label=<label>\")"};

constexpr Flag flags[] = {
    {"all", 'a', FlagKind::Boolean, "", "Remove all unused volumes, not just anonymous ones"},
    filterFlag,
    {"force", 'f', FlagKind::Boolean, "", "Do not prompt for confirmation"},
};

int prune(const Invocation &call)
{
    const auto filters = pruneFilters(call, filterFlag);
    if (!filters)
        return exitEngine;
    const bool all = call.flags.boolean("all");
    const auto asked = filters->values(u"all"_s);
    if (all && !asked.isEmpty()) {
        printError("conflicting options: cannot specify both --all and --filter all=1\n");
        return exitFailure;
    }
    const CleanUpOptions options{.volumes = true, .allVolumes = all || asked.contains(u"1"_s) || asked.contains(u"true"_s)};
    return runPrune(call, *filters, options,
        all ? "WARNING! This will remove all local volumes not used by at least one container."
            : "WARNING! This will remove anonymous local volumes not used by at least one container.");
}

} // namespace

constinit const Command volumePruneCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Remove unused local volumes",
    .example = "berth volume prune -a",
    .flags = flags,
    .arity = {0, 0},
    .run = prune,
};

} // namespace berth
