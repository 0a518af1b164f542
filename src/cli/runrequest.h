// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "core/runoptions.h"

#include <expected>
#include <string>

namespace berth {

enum class PullPolicy { Missing, Never, Always };

// What the flags of `run` and `create` ask for: the container, and how the caller is attached to it.
struct RunRequest {
    RunOptions options;
    bool attachesStdin = false;
    bool attachesStdout = false;
    bool attachesStderr = false;
    bool proxiesSignals = true;
    QString detachKeys;      // empty: the default
    QString cidFile;         // empty: none
    PullPolicy pull = PullPolicy::Missing;
    bool disablesOomKiller = false; // asked for; there is no such thing in cgroup v2
    QStringList warnings;    // about what was asked for and means nothing here; told once the container is there
};

// Why a command line cannot be obeyed. Docker prints the usage line only for values that a flag
// refuses by itself.
struct RequestProblem {
    std::string text;
    bool showsUsage = false;
};

std::expected<RunRequest, RequestProblem> parseRunRequest(const Invocation &call);

// -e and --env-file of run, create and exec: "NAME=value" pairs, files first.
std::expected<QStringList, RequestProblem> parseEnvironment(const FlagValues &flags);

// The flags of run, create and update about memory, CPUs and processes. A problem is always a flag's value.
std::expected<Resources, RequestProblem> parseResources(const FlagValues &flags);
// These of run and create, and those about devices and the lack of memory.
std::expected<void, RequestProblem> addResources(RunRequest &request, const FlagValues &flags);

// The flags about names, limits and privileges.
std::expected<void, RequestProblem> addIsolation(RunOptions &options, const FlagValues &flags);

} // namespace berth
