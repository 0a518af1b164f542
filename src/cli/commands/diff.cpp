// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/containerchanges.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container diff", "diff"};

int diff(const Invocation &call)
{
    if (call.arguments[0].empty())
        return reportPlainError({ErrorCode::InvalidArgument, "Container name cannot be empty"});
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto changes = changedPaths(*store, QString::fromStdString(call.arguments[0]));
    if (!changes)
        return reportError(changes.error());
    std::string text;
    for (const auto &change : *changes) {
        text += static_cast<char>(change.kind);
        text += ' ' + change.path.toStdString() + '\n';
    }
    printOut(text);
    return 0;
}

} // namespace

constinit const Command diffCommand{
    .paths = paths,
    .usage = "CONTAINER",
    .summary = "Inspect changes to files or directories on a container's filesystem",
    .example = "berth diff web",
    .flags = {},
    .arity = {1, 1},
    .run = diff,
};

} // namespace berth
