// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/containerflags.h"
#include "cli/engineaccess.h"
#include "cli/newcontainer.h"
#include "cli/relay.h"
#include "cli/report.h"
#include "operations/containeroperations.h"
#include "operations/events.h"
#include "operations/networkoperations.h"

#include <optional>

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container run", "run"};

// A container that --rm was asked for and that never ran leaves nothing.
int abandon(const Invocation &call, Store &store, const ContainerInfo &container, const Error &error)
{
    if (container.options.autoRemove)
        (void)removeContainer(store, container.id, {.force = true, .volumes = true});
    return reportRunError(call, error);
}

void warnOfNoWayOut(const Store &store, const ContainerInfo &container)
{
    if (const QString warning = wayOutWarning(store, container.id); !warning.isEmpty())
        printError("WARNING: " + warning.toStdString() + '\n');
}

int runDetached(const Invocation &call, Store &store, const ContainerInfo &container, std::optional<MonitorLink> monitor)
{
    const auto link = startContainer(store, container.id, {}, std::move(monitor));
    const int exitCode = link ? 0 : abandon(call, store, container, link.error());
    warnOfNoWayOut(store, container);
    printOut(container.id + u'\n'); // also of one that could not start: it is there
    return exitCode;
}

int runAttached(const Invocation &call, Store &store, const ContainerInfo &container, const RunRequest &request,
    const std::string &detachKeys, std::optional<MonitorLink> monitor)
{
    const auto &options = request.options;
    auto link = startContainer(store, container.id,
        {.wantsStdout = request.attachesStdout,
            .wantsStderr = request.attachesStderr,
            .sendsStdin = request.attachesStdin,
            .removesContainer = options.autoRemove},
        std::move(monitor));
    if (!link)
        return abandon(call, store, container, link.error());
    warnOfNoWayOut(store, container);
    const auto end = relayContainer(*link,
        {.forwardsStdin = request.attachesStdin,
            .isTerminal = options.terminal,
            .proxiesSignals = request.proxiesSignals,
            .detachKeys = detachKeys});
    if (!end)
        return reportRunError(call, end.error());
    if (end->reason == RelayEnd::Reason::Detached)
        recordEvent(store, container, QStringLiteral("detach"));
    if (end->reason == RelayEnd::Reason::Exited && options.autoRemove) {
        const auto removed = removeContainer(store, container.id, {.force = true, .volumes = true});
        if (!removed)
            reportError(removed.error());
    }
    return finish(*end);
}

int run(const Invocation &call)
{
    const auto request = parseRunRequest(call);
    if (!request) {
        return request.error().showsUsage ? reportUsageError(call, request.error().text)
                                          : reportWithHint(call, request.error().text, exitEngine);
    }
    const bool isAttached = request->attachesStdin || request->attachesStdout || request->attachesStderr;
    if (request->options.detached && isAttached) {
        printError("conflicting options: cannot specify both --attach and --detach\n");
        return exitFailure;
    }
    const auto detachKeys = detachKeysOf(request->detachKeys);
    if (!detachKeys)
        return reportWithHint(call, detachKeys.error().detail, exitEngine);
    if (!isInputUsable(request->attachesStdin, request->options.terminal))
        return exitFailure;
    const QString id = randomContainerId();
    std::optional<MonitorLink> monitor; // gets ready while the container is created
    if (auto prepared = prepareMonitor(id))
        monitor.emplace(std::move(*prepared));
    auto store = openStore();
    if (!store)
        return reportRunError(call, store.error());
    UniqueFd reservation; // until it is started nobody tidies the container away
    const auto container = makeContainer(*store, *request, &reservation, id);
    if (!container)
        return reportRunError(call, container.error());
    if (isAttached && !request->attachesStdout && !request->attachesStderr)
        printOut(container->id + u'\n'); // nothing else will be printed, so that this is what the caller wants
    return isAttached ? runAttached(call, *store, *container, *request, *detachKeys, std::move(monitor))
                      : runDetached(call, *store, *container, std::move(monitor));
}

} // namespace

constinit const Command runCommand{
    .paths = paths,
    .usage = "[OPTIONS] IMAGE [COMMAND] [ARG...]",
    .summary = "Create and run a new container from an image",
    .example = "berth run -it --rm redis sh\n"
               "berth run -d --name db redis\n"
               "berth run --rm -v \"$PWD\":/work -w /work busybox ls\n"
               "berth run --rm -e NAME=value busybox env",
    .flags = runFlags,
    .arity = {1, -1},
    .stopsAtArgument = true,
    .run = run,
};

} // namespace berth
