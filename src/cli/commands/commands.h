// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

// Every verb of `berth`, each defined in the file of its name; cli/commandtable.cpp lists them.
namespace berth {

extern const Command attachCommand;
extern const Command containerPruneCommand;
extern const Command commitCommand;
extern const Command cpCommand;
extern const Command createCommand;
extern const Command diffCommand;
extern const Command eventsCommand;
extern const Command execCommand;
extern const Command exportCommand;
extern const Command historyCommand;
extern const Command imagePruneCommand;
extern const Command imagesCommand;
extern const Command importCommand;
extern const Command infoCommand;
extern const Command inspectCommand;
extern const Command inspectContainerCommand;
extern const Command inspectImageCommand;
extern const Command inspectNetworkCommand;
extern const Command inspectVolumeCommand;
extern const Command killCommand;
extern const Command loadCommand;
extern const Command logsCommand;
extern const Command networkConnectCommand;
extern const Command networkCreateCommand;
extern const Command networkDisconnectCommand;
extern const Command networkLsCommand;
extern const Command networkPruneCommand;
extern const Command networkRmCommand;
extern const Command pauseCommand;
extern const Command portCommand;
extern const Command psCommand;
extern const Command renameCommand;
extern const Command restartCommand;
extern const Command rmCommand;
extern const Command rmiCommand;
extern const Command runCommand;
extern const Command saveCommand;
extern const Command startCommand;
extern const Command statsCommand;
extern const Command stopCommand;
extern const Command systemDfCommand;
extern const Command systemPruneCommand;
extern const Command tagCommand;
extern const Command topCommand;
extern const Command unpauseCommand;
extern const Command updateCommand;
extern const Command versionCommand;
extern const Command volumeCreateCommand;
extern const Command volumeLsCommand;
extern const Command volumePruneCommand;
extern const Command volumeRmCommand;
extern const Command waitCommand;

} // namespace berth
