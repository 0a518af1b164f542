// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/pruning.h"
#include "cli/report.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"network prune"};

constexpr Flag filterFlag{"filter", 0, FlagKind::List, "filter", "Provide filter values (e.g. \"until=<timestamp>\")"};

constexpr Flag flags[] = {
    filterFlag,
    {"force", 'f', FlagKind::Boolean, "", "Do not prompt for confirmation"},
};

int prune(const Invocation &call)
{
    const auto filters = pruneFilters(call, filterFlag);
    if (!filters)
        return exitEngine;
    return runPrune(
        call, *filters, {.networks = true}, "WARNING! This will remove all custom networks not used by at least one container.");
}

} // namespace

constinit const Command networkPruneCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Remove all unused networks",
    .example = "berth network prune -f",
    .flags = flags,
    .arity = {0, 0},
    .run = prune,
};

} // namespace berth
