// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/figures.h"

#include <optional>
#include <string_view>

namespace berth {

// What the kernel's files say that figures are read from. Formats: the kernel's Documentation/admin-guide/cgroup-v2.rst
// (cgroup.*, cpu.stat, memory.*, io.stat, pids.current) and Documentation/filesystems/proc.rst (the others).
// A text that is not of its format gives no value.

// A file that is one number; "max", which stands for no limit, gives none.
std::optional<qint64> parseNumber(std::string_view text);
// The number behind name in a file of "name number" lines: cpu.stat, memory.stat.
std::optional<qint64> parseField(std::string_view text, std::string_view name);
// The kilobytes behind "name:", in bytes: /proc/meminfo, /proc/<pid>/smaps_rollup.
std::optional<qint64> parseKilobytes(std::string_view text, std::string_view name);
// io.stat: what all devices have read and written. Devices without traffic have no line.
Traffic parseIoStat(std::string_view text);
// /proc/<pid>/net/dev: of all interfaces but the loopback.
Traffic parseNetDev(std::string_view text);
// /proc/stat. ticksPerSecond: sysconf(_SC_CLK_TCK).
std::optional<ProcessorTime> parseProcStat(std::string_view text, long ticksPerSecond);

} // namespace berth
