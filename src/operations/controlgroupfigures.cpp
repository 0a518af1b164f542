// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containerfigures.h"

#include "base/io.h"
#include "core/figurefiles.h"

#include <algorithm>
#include <ranges>

namespace berth {
namespace {

constexpr std::size_t maxControlFile = 64 * 1024;
constexpr std::size_t maxProcessList = 8 * 1024 * 1024; // a line is at most eight bytes, and there are at most 4,194,304 tasks
constexpr std::size_t maxRollup = 8 * 1024;

std::optional<std::string> contentOf(int folder, const std::string &name, std::size_t limit = maxControlFile)
{
    auto text = readSmallFile(folder, name, limit);
    return text ? std::optional(std::move(*text)) : std::nullopt;
}

std::optional<qint64> numberIn(int folder, const char *name)
{
    const auto text = folder >= 0 ? contentOf(folder, name) : std::nullopt;
    return text ? parseNumber(*text) : std::nullopt;
}

// Proportional: a page that several processes share counts once in their sum. Nothing when a living one may not be read,
// because a sum that leaves some out would be wrong without looking so.
std::optional<qint64> sharesOf(std::string_view processes, int proc)
{
    qint64 sum = 0;
    for (const auto line : std::views::split(processes, '\n')) {
        const std::string pid(line.begin(), line.end());
        if (pid.empty())
            continue;
        const auto rollup = readSmallFile(proc, pid + "/smaps_rollup", maxRollup);
        const auto share = rollup ? parseKilobytes(*rollup, "Pss") : std::nullopt;
        if (!share && (rollup || rollup.error().code == ErrorCode::PermissionDenied))
            return std::nullopt;
        sum += share.value_or(0); // else it has just ended
    }
    return sum;
}

// docker's client leaves out the cached files that are not in use, which the kernel drops when memory is needed.
std::optional<qint64> countedMemory(int folder)
{
    const auto current = numberIn(folder, "memory.current");
    if (!current)
        return std::nullopt;
    const auto text = contentOf(folder, "memory.stat");
    const auto inactive = text ? parseField(*text, "inactive_file") : std::nullopt;
    return inactive && *inactive < *current ? *current - *inactive : *current;
}

} // namespace

void readControlGroup(int folder, int group, int proc, qint64 machineMemory, FigureSample &sample)
{
    // The time of processors is counted in every group, whether or not there is a controller.
    if (const auto text = contentOf(folder, "cpu.stat")) {
        if (const auto used = parseField(*text, "usage_usec"))
            sample.cpu = std::chrono::microseconds(*used);
    }
    sample.memory = countedMemory(folder);
    sample.memoryLimit = machineMemory;
    for (const auto limit : {numberIn(folder, "memory.max"), numberIn(group, "memory.max")})
        sample.memoryLimit = std::min(sample.memoryLimit, limit.value_or(machineMemory));
    if (!sample.memory) {
        const auto processes = contentOf(folder, "cgroup.procs", maxProcessList);
        sample.memory = processes ? sharesOf(*processes, proc) : std::nullopt;
        sample.memoryIsSummed = sample.memory.has_value();
    }
    if (const auto text = contentOf(folder, "io.stat"))
        sample.disk = parseIoStat(*text);
    sample.tasks = numberIn(folder, "pids.current");
    if (!sample.tasks) { // the same number: a container can make no group of its own, so all its threads are in this one
        if (const auto threads = contentOf(folder, "cgroup.threads", maxProcessList))
            sample.tasks = std::ranges::count(*threads, '\n');
    }
}

} // namespace berth
