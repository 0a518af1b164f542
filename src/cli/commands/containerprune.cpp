// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/pruning.h"
#include "cli/report.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container prune"};

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
    return runPrune(call, *filters, {.containers = true}, "WARNING! This will remove all stopped containers.");
}

} // namespace

constinit const Command containerPruneCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Remove all stopped containers",
    .example = "berth container prune --filter until=24h",
    .flags = flags,
    .arity = {0, 0},
    .run = prune,
};

} // namespace berth
