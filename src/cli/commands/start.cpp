// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/relay.h"
#include "cli/report.h"
#include "operations/containeroperations.h"
#include "operations/events.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container start", "start"};

constexpr Flag flags[] = {
    {"attach", 'a', FlagKind::Boolean, "", "Attach STDOUT/STDERR and forward signals"},
    {"checkpoint", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"checkpoint-dir", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"detach-keys", 0, FlagKind::Text, "string", "Override the key sequence for detaching a container"},
    {"interactive", 'i', FlagKind::Boolean, "", "Attach container's STDIN"},
};

Result<> startInBackground(Store &store, const QString &name)
{
    const auto container = store.findContainer(name);
    if (!container)
        return std::unexpected(container.error());
    if (container->state == ContainerState::Running || container->state == ContainerState::Restarting)
        return {}; // as Docker: what was asked for is already so
    const auto link = startContainer(store, container->id, {});
    return link ? Result<>() : std::unexpected(link.error());
}

// As Docker: what failed is said where it failed, and once more in the end.
int startAll(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    std::string failed;
    for (const auto &argument : call.arguments) {
        if (const auto done = startInBackground(*store, QString::fromStdString(argument)); done) {
            printOut(argument + "\n");
        } else {
            reportError(done.error());
            failed += (failed.empty() ? "" : ", ") + argument;
        }
    }
    if (failed.empty())
        return 0;
    printError("Error: failed to start containers: " + failed + "\n");
    return exitFailure;
}

int startAttached(const Invocation &call, const std::string &detachKeys)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto container = store->findContainer(QString::fromStdString(call.arguments[0]));
    if (!container)
        return reportError(container.error());
    if (container->state == ContainerState::Restarting) {
        printError("You cannot attach to a restarting container, wait until it is running\n");
        return exitFailure;
    }
    const auto &options = container->options;
    const bool sendsStdin = call.flags.boolean("interactive") && options.interactive;
    if (!isInputUsable(sendsStdin, options.terminal))
        return exitFailure;
    auto link = startContainer(*store, container->id,
        {.wantsStdout = true, .wantsStderr = true, .sendsStdin = sendsStdin, .removesContainer = options.autoRemove});
    if (!link)
        return reportError(link.error());
    const auto end = relayContainer(*link,
        {.forwardsStdin = sendsStdin,
            .isTerminal = options.terminal,
            .proxiesSignals = !options.terminal,
            .detachKeys = detachKeys});
    if (!end)
        return reportError(end.error());
    if (end->reason == RelayEnd::Reason::Detached)
        recordEvent(*store, *container, QStringLiteral("detach"));
    if (end->reason == RelayEnd::Reason::Exited && options.autoRemove)
        (void)removeContainer(*store, container->id, {.force = true, .volumes = true});
    return finish(*end);
}

int start(const Invocation &call)
{
    if (!call.flags.boolean("attach") && !call.flags.boolean("interactive"))
        return startAll(call);
    if (call.arguments.size() > 1) {
        printError("you cannot start and attach multiple containers at once\n");
        return exitFailure;
    }
    const auto keys = detachKeysOf(QString::fromStdString(call.flags.text("detach-keys")));
    if (!keys)
        return reportError(keys.error());
    return startAttached(call, *keys);
}

} // namespace

constinit const Command startCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Start one or more stopped containers",
    .example = "berth start -ai web",
    .flags = flags,
    .arity = {1, -1},
    .run = start,
};

} // namespace berth
