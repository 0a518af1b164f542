// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/containeroperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container wait", "wait"};

int wait(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    int exitCode = 0;
    for (const auto &argument : call.arguments) {
        const auto code = waitContainer(*store, QString::fromStdString(argument));
        if (code)
            printOut(std::to_string(*code) + "\n");
        else
            exitCode = reportError(code.error());
    }
    return exitCode;
}

} // namespace

constinit const Command waitCommand{
    .paths = paths,
    .usage = "CONTAINER [CONTAINER...]",
    .summary = "Block until one or more containers stop, then print their exit codes",
    .example = "berth wait web",
    .flags = {},
    .arity = {1, -1},
    .run = wait,
};

} // namespace berth
