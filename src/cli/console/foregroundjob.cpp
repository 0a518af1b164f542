// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/foregroundjob.h"

#include <cerrno>
#include <csignal>
#include <utility>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace berth {
namespace {

// Owns the two objects that posix_spawn is told by.
class SpawnSettings {
public:
    SpawnSettings()
    {
        ::posix_spawnattr_init(&attributes);
        ::posix_spawn_file_actions_init(&actions);
    }
    ~SpawnSettings()
    {
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&actions);
    }
    SpawnSettings(const SpawnSettings &) = delete;
    SpawnSettings &operator=(const SpawnSettings &) = delete;

    posix_spawnattr_t attributes{};
    posix_spawn_file_actions_t actions{};
};

// A group of its own that has the terminal, no signal blocked, and those that we ignore as they were.
void prepare(SpawnSettings &settings, int terminal, int output)
{
    sigset_t none;
    sigset_t defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    for (const int signal : {SIGINT, SIGQUIT, SIGTTIN, SIGTTOU, SIGPIPE, SIGHUP, SIGTERM})
        sigaddset(&defaults, signal);
    // What is read to its end cannot be stopped: we would wait for its output and nobody could continue it.
    if (output < 0)
        sigaddset(&defaults, SIGTSTP);
    ::posix_spawnattr_setflags(&settings.attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    ::posix_spawnattr_setpgroup(&settings.attributes, 0);
    ::posix_spawnattr_setsigmask(&settings.attributes, &none);
    ::posix_spawnattr_setsigdefault(&settings.attributes, &defaults);
    // A terminal that does not control us has no foreground group.
    if (::tcgetpgrp(terminal) >= 0)
        ::posix_spawn_file_actions_addtcsetpgrp_np(&settings.actions, terminal);
    if (output >= 0)
        ::posix_spawn_file_actions_adddup2(&settings.actions, output, STDOUT_FILENO);
}

// A Ctrl-C typed before the command had the terminal came to us, and is meant for it.
void passInterruptOn(pid_t group)
{
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    const timespec now{};
    if (::sigtimedwait(&interrupt, nullptr, &now) == SIGINT)
        ::kill(-group, SIGINT);
}

} // namespace

ForegroundJob::ForegroundJob(pid_t pid, int terminal, std::string text)
    : m_pid(pid), m_terminal(terminal), m_text(std::move(text))
{
    ::tcgetattr(m_terminal, &m_before);
}

ForegroundJob::ForegroundJob(ForegroundJob &&other) noexcept
    : m_pid(std::exchange(other.m_pid, 0)), m_terminal(other.m_terminal), m_text(std::move(other.m_text)),
      m_before(other.m_before), m_stopped(other.m_stopped)
{
}

ForegroundJob::~ForegroundJob()
{
    if (m_pid <= 0)
        return;
    ::kill(-m_pid, SIGHUP);
    ::kill(-m_pid, SIGCONT);
}

Result<ForegroundJob> ForegroundJob::start(const std::vector<std::string> &words, int terminal, int output)
{
    SpawnSettings settings;
    prepare(settings, terminal, output);
    std::string text;
    std::vector<std::string> arguments{"berth"};
    for (const auto &word : words) {
        text += (text.empty() ? "" : " ") + word;
        arguments.push_back(word);
    }
    std::vector<char *> pointers;
    for (auto &argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    // The mode is read before the child can change it.
    ForegroundJob job(0, terminal, std::move(text));
    pid_t pid = 0;
    const int error = ::posix_spawn(&pid, "/proc/self/exe", &settings.actions, &settings.attributes, pointers.data(), environ);
    if (error != 0)
        return failErrno("cannot start the command", error);
    job.m_pid = pid;
    return job;
}

JobEnd ForegroundJob::wait()
{
    passInterruptOn(m_pid);
    int status = 0;
    pid_t done = 0;
    do
        done = ::waitpid(m_pid, &status, WUNTRACED);
    while (done < 0 && errno == EINTR);
    const bool isStopped = done == m_pid && WIFSTOPPED(status);
    if (isStopped) {
        m_stopped.emplace();
        ::tcgetattr(m_terminal, &*m_stopped);
    } else {
        m_pid = 0;
    }
    // SIGTTOU is ignored here, so the terminal can be taken back from outside its foreground group.
    ::tcsetpgrp(m_terminal, ::getpgrp());
    ::tcsetattr(m_terminal, TCSADRAIN, &m_before);
    if (isStopped)
        return {128 + WSTOPSIG(status), 0, true};
    if (WIFSIGNALED(status))
        return {128 + WTERMSIG(status), WTERMSIG(status), false};
    return {WEXITSTATUS(status), 0, false};
}

void ForegroundJob::resume()
{
    ::tcgetattr(m_terminal, &m_before);
    if (m_stopped)
        ::tcsetattr(m_terminal, TCSADRAIN, &*m_stopped);
    ::tcsetpgrp(m_terminal, m_pid);
    ::kill(-m_pid, SIGCONT);
}

} // namespace berth
