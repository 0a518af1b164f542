// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/commands/commands.h"

namespace berth {
namespace {

constexpr const Command *commands[] = {
    &attachCommand,
    &containerPruneCommand,
    &commitCommand,
    &cpCommand,
    &createCommand,
    &diffCommand,
    &eventsCommand,
    &execCommand,
    &exportCommand,
    &historyCommand,
    &imagePruneCommand,
    &imagesCommand,
    &importCommand,
    &infoCommand,
    &inspectCommand,
    &inspectContainerCommand,
    &inspectImageCommand,
    &inspectNetworkCommand,
    &inspectVolumeCommand,
    &killCommand,
    &loadCommand,
    &logsCommand,
    &networkConnectCommand,
    &networkCreateCommand,
    &networkDisconnectCommand,
    &networkLsCommand,
    &networkPruneCommand,
    &networkRmCommand,
    &pauseCommand,
    &portCommand,
    &psCommand,
    &renameCommand,
    &restartCommand,
    &rmCommand,
    &rmiCommand,
    &runCommand,
    &saveCommand,
    &startCommand,
    &statsCommand,
    &stopCommand,
    &systemDfCommand,
    &systemPruneCommand,
    &tagCommand,
    &topCommand,
    &unpauseCommand,
    &updateCommand,
    &versionCommand,
    &volumeCreateCommand,
    &volumeLsCommand,
    &volumePruneCommand,
    &volumeRmCommand,
    &waitCommand,
};

constexpr CommandGroup groups[] = {
    {"container", "Manage containers"},
    {"image", "Manage images"},
    {"network", "Manage networks"},
    {"system", "Manage Berth"},
    {"volume", "Manage volumes"},
};

constexpr std::string_view later[] = {
    "build",
    "builder",
    "buildx",
    "checkpoint",
    "compose",
    "config",
    "context",
    "cp",
    "export",
    "diff",
    "import",
    "login",
    "logout",
    "manifest",
    "node",
    "plugin",
    "pull",
    "push",
    "search",
    "secret",
    "service",
    "stack",
    "swarm",
    "trust",
    "update",
    "volume",
};

} // namespace

std::span<const Command *const> allCommands() { return commands; }
std::span<const CommandGroup> allGroups() { return groups; }
std::span<const std::string_view> laterCommands() { return later; }

} // namespace berth
