// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/cgrouplimits.h"

#include "base/io.h"

#include <algorithm>
#include <cmath>
#include <format>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::int64_t usualPeriod = 100'000; // microseconds; the kernel's
constexpr std::size_t maxList = 4096;
constexpr int mostParents = 64;

std::string limitText(std::int64_t limit) { return limit > 0 ? std::to_string(limit) : "max"; }

// Swap alone, which is what cgroup v2 counts.
std::string swapText(const ResourceSpec &spec)
{
    if (spec.memory <= 0 || spec.memorySwap < 0)
        return "max";
    return std::to_string(spec.memorySwap == 0 ? spec.memory : std::max<std::int64_t>(spec.memorySwap - spec.memory, 0));
}

std::string quotaText(const ResourceSpec &spec)
{
    return limitText(spec.cpuQuota) + ' ' + std::to_string(spec.cpuPeriod > 0 ? spec.cpuPeriod : usualPeriod);
}

// A write of nothing would not reach the kernel.
std::string listText(const std::string &list) { return list.empty() ? "\n" : list; }

Result<> writeControl(int folder, const char *name, std::string_view value)
{
    auto file = openFile(folder, name, O_WRONLY | O_NOFOLLOW);
    if (!file)
        return std::unexpected(file.error());
    return writeAll(file->get(), value);
}

std::string readList(int folder, const char *name)
{
    auto text = readSmallFile(folder, name, maxList);
    return text ? std::move(*text) : std::string();
}

bool isCgroup(int folder)
{
    struct statfs system = {};
    return ::fstatfs(folder, &system) == 0 && system.f_type == CGROUP2_SUPER_MAGIC;
}

// Of the topmost group that is to be seen from here.
std::string topControllers(int folder)
{
    std::string list = readList(folder, "cgroup.controllers");
    UniqueFd current(::fcntl(folder, F_DUPFD_CLOEXEC, 3));
    for (int i = 0; i < mostParents && current; ++i) {
        auto parent = openFile(current.get(), "..", O_RDONLY | O_DIRECTORY);
        if (!parent || !isCgroup(parent->get()))
            break;
        list = readList(parent->get(), "cgroup.controllers");
        struct stat here = {};
        struct stat above = {};
        if (::fstat(current.get(), &here) < 0 || ::fstat(parent->get(), &above) < 0
            || (here.st_dev == above.st_dev && here.st_ino == above.st_ino))
            break;
        current = std::move(*parent);
    }
    return list;
}

bool hasSystemd() { return ::access("/run/systemd/system", F_OK) == 0; }

} // namespace

std::uint64_t cpuWeight(std::int64_t shares)
{
    if (shares <= 2)
        return 1;
    if (shares >= 262'144)
        return 10'000;
    const double log = std::log2(static_cast<double>(shares));
    return static_cast<std::uint64_t>(std::ceil(std::pow(10, (log * log + 125 * log) / 612 - 7.0 / 34)));
}

std::vector<CgroupValue> cgroupValues(const ResourceSpec &wanted, const ResourceSpec &current)
{
    std::vector<CgroupValue> values; // no limit in other words, such as -1, is no change
    const auto add = [&values](bool isChanged, CgroupValue value) {
        if (isChanged)
            values.push_back(std::move(value));
    };
    add(limitText(wanted.memory) != limitText(current.memory),
        {.controller = "memory", .purpose = "limit memory (--memory)", .file = "memory.max", .text = limitText(wanted.memory)});
    // Swap beyond the limit is what a person bounded who said so; who did not is served as well as the kernel can.
    add(swapText(wanted) != swapText(current),
        {.controller = "memory",
            .purpose = "limit swap (--memory-swap)",
            .file = "memory.swap.max",
            .text = swapText(wanted),
            .mayLack = wanted.memorySwap <= 0 || wanted.memorySwap == 2 * wanted.memory});
    add(wanted.memoryReservation != current.memoryReservation,
        {.controller = "memory",
            .purpose = "reserve memory (--memory-reservation)",
            .file = "memory.low",
            .text = std::to_string(wanted.memoryReservation)});
    add(quotaText(wanted) != quotaText(current),
        {.controller = "cpu",
            .purpose = "limit the time of CPUs (--cpus, --cpu-quota)",
            .file = "cpu.max",
            .text = quotaText(wanted)});
    add(wanted.cpuShares != current.cpuShares,
        {.controller = "cpu",
            .purpose = "share the CPUs (--cpu-shares)",
            .file = "cpu.weight",
            .text = std::to_string(wanted.cpuShares == 0 ? cpuWeight(1024) : cpuWeight(wanted.cpuShares))});
    add(wanted.cpus != current.cpus,
        {.controller = "cpuset", .purpose = "choose CPUs (--cpuset-cpus)", .file = "cpuset.cpus", .text = listText(wanted.cpus)});
    add(wanted.memoryNodes != current.memoryNodes,
        {.controller = "cpuset",
            .purpose = "choose memory nodes (--cpuset-mems)",
            .file = "cpuset.mems",
            .text = listText(wanted.memoryNodes)});
    add(limitText(wanted.processes) != limitText(current.processes),
        {.controller = "pids",
            .purpose = "limit processes (--pids-limit)",
            .file = "pids.max",
            .text = limitText(wanted.processes)});
    return values;
}

Result<> writeCgroupValues(int folder, const std::vector<CgroupValue> &values)
{
    for (const CgroupValue &value : values) {
        const auto written = writeControl(folder, value.file, value.text);
        if (written || (value.mayLack && written.error().code == ErrorCode::NotFound))
            continue;
        if (written.error().code == ErrorCode::NotFound)
            return fail(ErrorCode::Unsupported,
                std::format("cannot {}: this kernel's {} controller has no {}", value.purpose, value.controller, value.file));
        return wrap(std::format("cannot {}: {}", value.purpose, value.file), written.error());
    }
    return {};
}

bool hasWord(std::string_view list, std::string_view word)
{
    while (!list.empty()) {
        const auto end = std::min(list.find_first_of(" \n"), list.size());
        if (list.substr(0, end) == word)
            return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

std::vector<std::string_view> enableControllers(int folder, const std::vector<std::string_view> &wanted)
{
    const std::string available = readList(folder, "cgroup.controllers");
    const std::string enabled = readList(folder, "cgroup.subtree_control");
    std::vector<std::string_view> lacking;
    for (const auto controller : wanted) {
        if (hasWord(enabled, controller))
            continue;
        // One at a time: the kernel refuses all of a line when it refuses one.
        if (!hasWord(available, controller) || !writeControl(folder, "cgroup.subtree_control", '+' + std::string(controller)))
            lacking.push_back(controller);
    }
    return lacking;
}

Error missingController(int folder, const CgroupValue &value)
{
    const std::string what = std::format("cannot {}: ", value.purpose);
    if (!hasWord(topControllers(folder), value.controller)) {
        return {ErrorCode::Unsupported,
            what
                + std::format("the control groups of this machine (cgroup v2) have no {} controller; start it with "
                              "cgroup_no_v1=all on the kernel's command line, or leave the limit out",
                    value.controller)};
    }
    if (hasSystemd()) {
        return {ErrorCode::Unsupported,
            what
                + std::format("systemd does not give users the {} controller; have an administrator run `systemctl edit "
                              "user@.service`, write Delegate=cpu cpuset io memory pids below [Service], and log in again, "
                              "or leave the limit out",
                    value.controller)};
    }
    return {ErrorCode::Unsupported,
        what
            + std::format("the {} controller is not handed down to your control groups; have an administrator write "
                          "+{} into cgroup.subtree_control of the groups above, or leave the limit out",
                value.controller, value.controller)};
}

} // namespace berth
