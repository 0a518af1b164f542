// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/containeroperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container rename", "rename"};

int rename(const Invocation &call)
{
    if (call.arguments[0].empty() || call.arguments[1].empty()) {
        printError("Error: Neither old nor new names may be empty\n");
        return exitFailure;
    }
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto renamed = renameContainer(
        *store, QString::fromStdString(call.arguments[0]), QString::fromStdString(call.arguments[1]));
    if (renamed)
        return 0;
    reportError(renamed.error());
    printError("Error: failed to rename container named " + call.arguments[0] + "\n");
    return exitFailure;
}

} // namespace

constinit const Command renameCommand{
    .paths = paths,
    .usage = "CONTAINER NEW_NAME",
    .summary = "Rename a container",
    .example = "berth rename web old-web",
    .flags = {},
    .arity = {2, 2},
    .run = rename,
};

} // namespace berth
