// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/rawterminal.h"
#include "cli/relay.h"
#include "cli/report.h"
#include "cli/runrequest.h"
#include "operations/containeroperations.h"

#include <format>

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container exec", "exec"};

constexpr Flag flags[] = {
    {"detach", 'd', FlagKind::Boolean, "", "Detached mode: run command in the background"},
    {"detach-keys", 0, FlagKind::Text, "string", "Override the key sequence for detaching a container"},
    {"env", 'e', FlagKind::List, "list", "Set environment variables"},
    {"env-file", 0, FlagKind::List, "list", "Read in a file of environment variables"},
    {"interactive", 'i', FlagKind::Boolean, "", "Keep STDIN open even if not attached"},
    {"privileged", 0, FlagKind::Boolean, "", "", "", FlagUse::Later},
    {"tty", 't', FlagKind::Boolean, "", "Allocate a pseudo-TTY"},
    {"user", 'u', FlagKind::Text, "string", "Username or UID (format: \"<name|uid>[:<group|gid>]\")"},
    {"workdir", 'w', FlagKind::Text, "string", "Working directory inside the container"},
};

ExecSpec specOf(const Invocation &call, const QStringList &environment)
{
    const auto &given = call.flags;
    ExecSpec spec;
    spec.arguments.assign(call.arguments.begin() + 1, call.arguments.end());
    for (const auto &variable : environment)
        spec.environment.push_back(variable.toStdString());
    spec.workingDirectory = given.text("workdir");
    spec.user = given.text("user");
    spec.terminal = given.boolean("tty");
    spec.detached = given.boolean("detach");
    spec.openStdin = given.boolean("interactive") && !spec.detached;
    if (const auto size = terminalSize(); size && spec.terminal) {
        spec.columns = size->columns;
        spec.rows = size->rows;
    }
    return spec;
}

Result<MonitorLink> linkTo(Store &store, const QString &name)
{
    const auto container = store.findContainer(name);
    if (!container)
        return std::unexpected(container.error());
    if (container->state == ContainerState::Paused) {
        return fail(
            ErrorCode::WrongState, std::format("Container {} is paused, unpause the container before exec", name.toStdString()));
    }
    if (container->state == ContainerState::Restarting) {
        return fail(ErrorCode::WrongState,
            std::format("Container {} is restarting, wait until the container is running", container->id.toStdString()));
    }
    if (!can(container->state, ContainerAction::Exec)) {
        return fail(ErrorCode::WrongState, std::format("container {} is not running", container->id.toStdString()));
    }
    return MonitorLink::connect(store.paths(), container->id);
}

// The descriptors of the process that was started.
Result<std::vector<UniqueFd>> request(MonitorLink &link, const ExecSpec &spec)
{
    if (const auto sent = link.send(monitor::Exec{spec}); !sent)
        return std::unexpected(sent.error());
    while (true) {
        auto received = link.receive();
        if (!received)
            return std::unexpected(received.error());
        if (auto *failed = std::get_if<monitor::Failed>(&received->message))
            return std::unexpected(failed->error);
        if (std::holds_alternative<monitor::ExecStarted>(received->message))
            return std::move(received->fds);
    }
}

// A process that cannot be made as it was asked for is Docker's 126, whatever the reason.
int reportExecError(const Error &error)
{
    if (error.code == ErrorCode::NotFound || error.code == ErrorCode::InvalidArgument) {
        reportPlainError(error);
        return exitNotExecutable;
    }
    if (error.code != ErrorCode::CommandNotFound && error.code != ErrorCode::NotExecutable)
        return reportError(error);
    printError(std::format("exec failed: {}\n", error.detail));
    return error.code == ErrorCode::CommandNotFound ? exitCommandNotFound : exitNotExecutable;
}

int exec(const Invocation &call)
{
    const auto environment = parseEnvironment(call.flags);
    if (!environment) {
        return environment.error().showsUsage ? reportUsageError(call, environment.error().text)
                                              : reportPlainError(Error{ErrorCode::InvalidArgument, environment.error().text});
    }
    const auto keys = detachKeysOf(QString::fromStdString(call.flags.text("detach-keys")));
    if (!keys)
        return reportError(keys.error());
    const auto spec = specOf(call, *environment);
    if (!isInputUsable(spec.openStdin, spec.terminal))
        return exitFailure;
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    auto link = linkTo(*store, QString::fromStdString(call.arguments[0]));
    if (!link)
        return reportError(link.error());
    auto fds = request(*link, spec);
    if (!fds)
        return reportExecError(fds.error());
    if (spec.detached)
        return 0;
    const auto end = relayExec(*link, std::move(*fds),
        {.forwardsStdin = spec.openStdin, .isTerminal = spec.terminal, .proxiesSignals = false, .detachKeys = *keys});
    return end ? finish(*end) : reportError(end.error());
}

} // namespace

constinit const Command execCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER COMMAND [ARG...]",
    .summary = "Execute a command in a running container",
    .example = "berth exec -it web sh",
    .flags = flags,
    .arity = {2, -1},
    .stopsAtArgument = true,
    .run = exec,
};

} // namespace berth
