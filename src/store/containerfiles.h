// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/monitormessage.h"

#include <optional>

namespace berth {

// What the files in containers/<id>/ say. The monitor writes them; nobody keeps a copy of the state
// anywhere else, so that it cannot be wrong after a crash.
struct ContainerFiles {
    std::optional<RunRecord> run;   // started at least once
    std::optional<ExitRecord> exit; // has ended, or could not be started
    bool hasMonitor = false;        // the monitor's lock is held

    // Its policy will start it again.
    [[nodiscard]] bool isRestarting() const { return exit && exit->restarting && hasMonitor; }
    [[nodiscard]] bool isRunning() const { return run && !exit && hasMonitor; }
    // The monitor went away without a word: killed, or the machine was switched off.
    [[nodiscard]] bool isLost() const { return run && !exit && !hasMonitor; }
};

// folder: descriptor of containers/<id>/. A damaged record is Corrupt.
Result<ContainerFiles> readContainerFiles(int folder);

} // namespace berth
