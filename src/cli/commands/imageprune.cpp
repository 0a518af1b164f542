// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/pruning.h"
#include "cli/report.h"

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"image prune"};

constexpr Flag filterFlag{"filter", 0, FlagKind::List, "filter", "Provide filter values (e.g. \"until=<timestamp>\")"};

constexpr Flag flags[] = {
    {"all", 'a', FlagKind::Boolean, "", "Remove all unused images, not just dangling ones"},
    filterFlag,
    {"force", 'f', FlagKind::Boolean, "", "Do not prompt for confirmation"},
};

int prune(const Invocation &call)
{
    const auto filters = pruneFilters(call, filterFlag);
    if (!filters)
        return exitEngine;
    const bool all = call.flags.boolean("all");
    const auto dangling = filters->values(u"dangling"_s);
    const CleanUpOptions options{.images = true, .allImages = all || dangling.contains(u"false"_s) || dangling.contains(u"0"_s)};
    return runPrune(call, *filters, options,
        all ? "WARNING! This will remove all images without at least one container associated to them."
            : "WARNING! This will remove all dangling images.");
}

} // namespace

constinit const Command imagePruneCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Remove unused images",
    .example = "berth image prune -a --filter until=240h",
    .flags = flags,
    .arity = {0, 0},
    .run = prune,
};

} // namespace berth
