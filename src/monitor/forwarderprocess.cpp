// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/forwarderprocess.h"

#include "base/io.h"
#include "monitor/monotonictime.h"

#include <cerrno>
#include <csignal>
#include <utility>

#include <spawn.h>
#include <sys/wait.h>

namespace berth {
namespace {

constexpr const char *program = BERTH_LIBEXECDIR "/berth-forwarder";
constexpr int channelFd = 3; // by contract; see wire/forwardermessage.h

Result<pid_t> spawn(const std::string &name, int channel)
{
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, channel, channelFd);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    std::string first = "berth-forwarder", second = name;
    char *const arguments[] = {first.data(), second.data(), nullptr};
    char *const environment[] = {nullptr};
    pid_t pid = 0;
    const int error = ::posix_spawn(&pid, program, &actions, &attributes, arguments, environment);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return failErrno(std::string("cannot start ") + program, error);
    return pid;
}

} // namespace

Result<ForwarderProcess> ForwarderProcess::start(
    const std::string &name, const forwarder::Publish &publish, int holderUserNamespace, int holderNetworkNamespace)
{
    auto ends = socketPair();
    if (!ends)
        return std::unexpected(ends.error());
    const auto pid = spawn(name, ends->second.get());
    if (!pid)
        return std::unexpected(pid.error());
    ends->second.reset();
    ForwarderProcess process;
    process.m_pid = *pid;
    process.m_startedAt = millisecondsNow();
    process.m_channel = std::move(ends->first);
    const int fds[] = {holderUserNamespace, holderNetworkNamespace};
    if (auto sent = sendMessage(process.m_channel.get(), forwarder::encode(publish), fds); !sent)
        return wrap("ports", sent.error());
    const auto received = receiveMessage(process.m_channel.get());
    if (!received || received->bytes.empty())
        return fail(ErrorCode::Internal, "the process that was to publish the container's ports died");
    auto answer = forwarder::decodeAnswer(received->bytes);
    if (!answer)
        return std::unexpected(answer.error());
    if (!answer->isDone)
        return std::unexpected(answer->error);
    process.m_ports = std::move(answer->ports);
    return process;
}

ForwarderProcess::ForwarderProcess(ForwarderProcess &&other) noexcept
    : m_channel(std::move(other.m_channel)), m_pid(std::exchange(other.m_pid, 0)), m_startedAt(other.m_startedAt),
      m_ports(std::move(other.m_ports))
{
}

ForwarderProcess::~ForwarderProcess()
{
    if (m_pid == 0)
        return;
    ::kill(m_pid, SIGKILL);
    while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) {}
}

void ForwarderProcess::retarget(const forwarder::Target &target)
{
    (void)sendMessage(m_channel.get(), forwarder::encode(forwarder::Retarget{target}));
}

} // namespace berth
