// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/launch.h"

#include "base/io.h"
#include "runtime/spawner.h"
#include "wire/monitormessage.h"

#include <csignal>

#include <unistd.h>

namespace berth {
namespace {

// Runs work in a child of this process; the child's end of the channel goes to work.
template<typename Work> Result<pid_t> forkSpawner(UniqueFd &channel, Work work)
{
    auto ends = socketPair();
    if (!ends)
        return std::unexpected(ends.error());
    const pid_t child = ::fork();
    if (child < 0)
        return failErrno("cannot fork");
    if (child == 0) {
        ends->first.reset();
        work(ends->second.get());
        ::_exit(0);
    }
    channel = std::move(ends->first);
    return child;
}

} // namespace

Result<Launch> Launch::startContainer(const ContainerLaunch &launch)
{
    Launch started;
    auto child = forkSpawner(started.m_channel, [&](int channel) { spawnContainer(launch, channel); });
    if (!child)
        return std::unexpected(child.error());
    started.m_spawner = *child;
    started.m_expectedNamespaces = namespaceCount;
    started.m_hasTerminal = launch.spec.terminal;
    return started;
}

Result<Launch> Launch::startExec(const ExecLaunch &launch)
{
    Launch started;
    auto child = forkSpawner(started.m_channel, [&](int channel) { spawnExec(launch, channel); });
    if (!child)
        return std::unexpected(child.error());
    started.m_spawner = *child;
    started.m_hasTerminal = launch.spec.terminal;
    return started;
}

Result<> Launch::noteBirth(std::vector<UniqueFd> &fds, pid_t pid)
{
    if (m_pid != 0 || fds.size() != 1 || pid <= 0)
        return fail(ErrorCode::Internal, "the spawner spoke out of turn");
    m_pid = pid;
    m_pidfd = std::move(fds[0]);
    return {};
}

Result<> Launch::noteReady(std::vector<UniqueFd> &fds)
{
    if (m_ready || fds.size() != m_expectedNamespaces + (m_hasTerminal ? 2 : 0))
        return fail(ErrorCode::Internal, "the container's first process spoke out of turn");
    if (m_hasTerminal) {
        m_terminalPeer = std::move(fds.back());
        fds.pop_back();
        m_terminalMaster = std::move(fds.back());
        fds.pop_back();
    }
    m_namespaces = std::move(fds);
    m_ready = true;
    return {};
}

Result<Launch::Step> Launch::advance()
{
    auto received = receiveMessage(m_channel.get());
    if (!received)
        return std::unexpected(received.error());
    if (received->bytes.empty()) {
        // The last holder of the other end closed it: by execve when all was ready, else by dying.
        if (!m_ready || m_pid == 0)
            return fail(ErrorCode::Internal, "the process ended while it was being prepared");
        m_channel.reset();
        return Step::Executing;
    }
    auto message = monitor::decode(received->bytes);
    if (!message)
        return std::unexpected(message.error());
    if (const auto *failed = std::get_if<monitor::Failed>(&*message))
        return std::unexpected(failed->error);
    Result<> noted = fail(ErrorCode::Internal, "an unexpected message while starting a process");
    if (const auto *born = std::get_if<monitor::Started>(&*message))
        noted = noteBirth(received->fds, born->pid);
    else if (std::holds_alternative<monitor::Done>(*message))
        noted = noteReady(received->fds);
    if (!noted)
        return std::unexpected(noted.error());
    return Step::Pending;
}

} // namespace berth
