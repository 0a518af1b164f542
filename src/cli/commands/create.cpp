// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/containerflags.h"
#include "cli/engineaccess.h"
#include "cli/newcontainer.h"
#include "cli/report.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container create", "create"};

int create(const Invocation &call)
{
    const auto request = parseRunRequest(call);
    if (!request) {
        return request.error().showsUsage ? reportUsageError(call, request.error().text)
                                          : reportWithHint(call, request.error().text, exitEngine);
    }
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto container = makeContainer(*store, *request);
    if (!container)
        return reportError(container.error());
    printOut(container->id + u'\n');
    return 0;
}

} // namespace

constinit const Command createCommand{
    .paths = paths,
    .usage = "[OPTIONS] IMAGE [COMMAND] [ARG...]",
    .summary = "Create a new container",
    .example = "berth create --name web -v ./site:/srv:ro redis",
    .flags = createFlags,
    .arity = {1, -1},
    .stopsAtArgument = true,
    .run = create,
};

} // namespace berth
