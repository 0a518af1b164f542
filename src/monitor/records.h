// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/monitormessage.h"

namespace berth {

// Both replace the whole file. The run record is not synced: after a crash of the machine no container
// runs, whatever it says. The exit record is, unless the container is about to be removed.
Result<> writeRunRecord(int containerFolder, const RunRecord &record);
Result<> writeExitRecord(int containerFolder, const ExitRecord &record, bool durable);

// What is known of its health; replaced after each question.
Result<> writeHealth(int containerFolder, std::string_view json);

// Field 22 of /proc/<pid>/stat: when the process started, in clock ticks since boot.
Result<std::uint64_t> startTimeOf(int hostProc, pid_t pid);

} // namespace berth
