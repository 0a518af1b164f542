// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/rawterminal.h"
#include "cli/relay.h"
#include "cli/report.h"
#include "operations/containeroperations.h"
#include "operations/events.h"

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container attach", "attach"};

constexpr Flag flags[] = {
    {"detach-keys", 0, FlagKind::Text, "string", "Override the key sequence for detaching a container"},
    {"no-stdin", 0, FlagKind::Boolean, "", "Do not attach STDIN"},
    {"sig-proxy", 0, FlagKind::Boolean, "", "Proxy all received signals to the process", "true"},
};

Result<ContainerInfo> findAttachable(Store &store, const QString &name)
{
    const auto container = store.findContainer(name);
    if (!container)
        return container;
    switch (container->state) {
    case ContainerState::Running: return container;
    case ContainerState::Paused: return fail(ErrorCode::Unsupported, "You cannot attach to a paused container, unpause it first");
    case ContainerState::Restarting:
        return fail(ErrorCode::Unsupported, "You cannot attach to a restarting container, wait until it is running");
    default: return fail(ErrorCode::Unsupported, "You cannot attach to a stopped container, start it first");
    }
}

// A program that fills the screen draws itself again when the size changes; two changes make sure
// that there is one.
void askForRedraw(MonitorLink &link)
{
    if (const auto size = terminalSize()) {
        (void)link.send(monitor::Resize{size->columns, static_cast<std::uint16_t>(size->rows + 1)});
        (void)link.send(monitor::Resize{size->columns, size->rows});
    }
}

int attach(const Invocation &call)
{
    const auto keys = detachKeysOf(QString::fromStdString(call.flags.text("detach-keys")));
    if (!keys)
        return reportError(keys.error());
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto container = findAttachable(*store, QString::fromStdString(call.arguments[0]));
    if (!container)
        return reportError(container.error());
    const auto &options = container->options;
    const bool sendsStdin = options.interactive && !call.flags.boolean("no-stdin");
    if (!isInputUsable(sendsStdin, options.terminal))
        return exitFailure;
    auto link = MonitorLink::connect(store->paths(), container->id);
    if (!link)
        return reportError(link.error());
    const auto greeted = link->send(monitor::Hello{.wantsStdout = true, .wantsStderr = true, .sendsStdin = sendsStdin});
    if (!greeted)
        return reportError(greeted.error());
    if (options.terminal)
        askForRedraw(*link);
    const auto end = relayContainer(*link,
        {.forwardsStdin = sendsStdin,
            .isTerminal = options.terminal,
            .proxiesSignals = call.flags.boolean("sig-proxy") && !options.terminal,
            .detachKeys = *keys});
    if (!end)
        return reportError(end.error());
    if (end->reason == RelayEnd::Reason::Detached) {
        recordEvent(*store, *container, QStringLiteral("detach"));
        printError("read escape sequence\n");
    }
    return finish(*end);
}

} // namespace

constinit const Command attachCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER",
    .summary = "Attach local standard input, output, and error streams to a running container",
    .example = "berth attach --detach-keys ctrl-x web",
    .flags = flags,
    .arity = {1, 1},
    .run = attach,
};

} // namespace berth
