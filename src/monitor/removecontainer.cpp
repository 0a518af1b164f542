// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/removecontainer.h"

#include <csignal>
#include <cstdlib>
#include <vector>

#include <unistd.h>

namespace berth {
namespace {

constexpr const char *keptVariables[] = {"HOME", "PATH", "LANG", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"};

} // namespace

void spawnRemoval(const std::string &enginePath, const std::string &id)
{
    if (::fork() != 0)
        return;
    std::vector<std::string> texts;
    for (const char *name : keptVariables) {
        if (const char *value = ::getenv(name))
            texts.push_back(std::string(name) + '=' + value);
    }
    std::vector<char *> environment;
    for (auto &text : texts)
        environment.push_back(text.data());
    environment.push_back(nullptr);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE})
        ::signal(number, SIG_DFL);
    ::execle(enginePath.c_str(), "berth", "rm", "-f", "-v", id.c_str(), nullptr, environment.data());
    ::_exit(127);
}

} // namespace berth
