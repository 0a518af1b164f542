// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/execprocess.h"

#include "base/io.h"
#include "base/rootpath.h"
#include "runtime/environment.h"
#include "runtime/program.h"
#include "runtime/spawner.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace berth {
namespace {

Result<> prepareAndExecute(const ExecLaunch &launch, const IdMaps &maps, int channel)
{
    const ExecSpec &spec = launch.spec;
    const RunSpec &container = launch.container;
    if (::setns(launch.namespaces[cgroupNamespace].get(), CLONE_NEWCGROUP) < 0)
        return failErrno("cannot enter the container's control groups");
    if (!spec.workingDirectory.empty() && spec.workingDirectory.front() != '/')
        return fail(ErrorCode::NotExecutable, "Cwd must be an absolute path");
    Program program{.arguments = spec.arguments,
        .environment = mergedEnvironment(container.environment, spec.environment),
        .user = spec.user.empty() ? container.user : spec.user,
        .extraGroups = container.extraGroups,
        .workingDirectory = spec.workingDirectory.empty() ? container.workingDirectory : spec.workingDirectory,
        .capabilities = container.capabilities,
        .limits = container.limits,
        .noNewPrivileges = container.noNewPrivileges,
        .streams = launch.streams,
        .terminal = std::nullopt,
        .readOnlyRoot = false,
        .makesWorkingDirectory = false,
        .reaper = false};
    if (spec.terminal) {
        addDefault(program.environment, "TERM", "xterm");
        auto root = openFile(AT_FDCWD, "/", O_PATH | O_DIRECTORY);
        if (!root)
            return std::unexpected(root.error());
        auto dev = openInRoot(root->get(), "/dev", O_PATH | O_DIRECTORY | O_NOFOLLOW);
        if (!dev)
            return std::unexpected(dev.error());
        auto terminal = openTerminal(dev->get(), spec.columns, spec.rows);
        if (!terminal)
            return std::unexpected(terminal.error());
        program.terminal = std::move(*terminal);
    }
    return executeProgram(std::move(program), {}, maps, launch.hostProc, channel);
}

} // namespace

void runExecProcess(const ExecLaunch &launch, const IdMaps &maps, int channel)
{
    const auto done = prepareAndExecute(launch, maps, channel);
    reportFailure(channel, done.error());
    ::_exit(125);
}

} // namespace berth
