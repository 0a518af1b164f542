// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "holder/askscope.h"

#include "base/io.h"

#include <cerrno>
#include <csignal>

#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>

namespace berth {
namespace {

constexpr const char *program = BERTH_LIBEXECDIR "/berth-scope";
constexpr int channel = 3;

Result<pid_t> spawn(int socket)
{
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, socket, channel);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    char name[] = "berth-scope";
    char *const arguments[] = {name, nullptr};
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

bool isSystemdHost()
{
    struct stat status = {};
    return ::lstat("/run/systemd/system", &status) == 0 && S_ISDIR(status.st_mode);
}

Result<> askScope(const scope::Request &request)
{
    auto ends = socketPair();
    if (!ends)
        return std::unexpected(ends.error());
    // Sent before there is somebody to read it, so that it never waits.
    if (auto sent = sendMessage(ends->first.get(), scope::encode(request)); !sent)
        return sent;
    const auto pid = spawn(ends->second.get());
    if (!pid)
        return fail(ErrorCode::Unavailable, pid.error().detail);
    ends->second.reset();
    const auto received = receiveMessage(ends->first.get());
    int status = 0;
    while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {}
    // Without libsystemd it does not even begin.
    if (!received || received->bytes.empty())
        return fail(ErrorCode::Unavailable, std::string(program) + " ended without an answer");
    auto answer = scope::decodeAnswer(received->bytes);
    if (!answer)
        return std::unexpected(answer.error());
    return answer->isDone ? Result<>() : std::unexpected(answer->error);
}

} // namespace berth
