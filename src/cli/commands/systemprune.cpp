// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/pruning.h"
#include "cli/report.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"system prune"};

constexpr Flag filterFlag{"filter", 0, FlagKind::List, "filter", "Provide filter values (e.g. \"label=<key>=<value>\")"};

constexpr Flag flags[] = {
    {"all", 'a', FlagKind::Boolean, "", "Remove all unused images not just dangling ones"},
    filterFlag,
    {"force", 'f', FlagKind::Boolean, "", "Do not prompt for confirmation"},
    {"volumes", 0, FlagKind::Boolean, "", "Prune anonymous volumes"},
};

std::string warningOf(const CleanUpOptions &options, std::vector<std::string> filters)
{
    std::string text = "WARNING! This will remove:\n"
                       "  - all stopped containers\n"
                       "  - all networks not used by at least one container\n";
    if (options.volumes)
        text += "  - all anonymous volumes not used by at least one container\n";
    text += options.allImages ? "  - all images without at least one container associated to them\n  - all build cache\n"
                              : "  - all dangling images\n  - unused build cache\n";
    if (!filters.empty()) {
        text += "\n  Items to be pruned will be filtered with:\n";
        std::ranges::sort(filters);
        for (const auto &filter : filters)
            text += "  - " + filter + "\n";
    }
    return text;
}

int prune(const Invocation &call)
{
    const auto filters = pruneFilters(call, filterFlag);
    if (!filters)
        return exitEngine;
    CleanUpOptions options{.containers = true,
        .networks = true,
        .images = true,
        .allImages = call.flags.boolean("all"),
        .volumes = call.flags.boolean("volumes")};
    if (options.volumes && filters->has(u"until"_s)) {
        printError("ERROR: The \"until\" filter is not supported with \"--volumes\"\n");
        return exitFailure;
    }
    return runPrune(call, *filters, options, warningOf(options, call.flags.list("filter")));
}

} // namespace

constinit const Command systemPruneCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Remove unused data",
    .example = "berth system prune -a --volumes",
    .flags = flags,
    .arity = {0, 0},
    .run = prune,
};

} // namespace berth
