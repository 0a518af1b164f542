// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/imageoperations.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"image rm", "image remove", "rmi"};

constexpr Flag flags[] = {
    {"force", 'f', FlagKind::Boolean, "", "Force removal of the image"},
    {"no-prune", 0, FlagKind::Boolean, "", "Do not delete untagged parents"}, // an image here has none
    {"platform", 0, FlagKind::List, "strings", "", "", FlagUse::Later},
};

int rmi(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const bool force = call.flags.boolean("force");
    int exitCode = 0;
    for (const auto &argument : call.arguments) {
        const auto removed = removeImage(*store, QString::fromStdString(argument), force);
        if (!removed) {
            reportError(removed.error());
            if (!force || removed.error().code != ErrorCode::NotFound)
                exitCode = exitFailure;
            continue;
        }
        for (const auto &name : removed->untagged)
            printOut(QStringLiteral("Untagged: ") + name + u'\n');
        for (const auto &digest : removed->deleted)
            printOut(QStringLiteral("Deleted: ") + digest + u'\n');
    }
    return exitCode;
}

} // namespace

constinit const Command rmiCommand{
    .paths = paths,
    .usage = "[OPTIONS] IMAGE [IMAGE...]",
    .summary = "Remove one or more images",
    .example = "berth rmi redis:7",
    .flags = flags,
    .arity = {1, -1},
    .run = rmi,
};

} // namespace berth
