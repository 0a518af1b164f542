// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/containercgroup.h"

#include "base/io.h"
#include "monitor/cgrouplimits.h"

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxControlFile = 4096;
constexpr int removalTries = 100; // of 10 ms: a killed process leaves its group when it is reaped

Result<> writeControl(int folder, const char *name, std::string_view value)
{
    auto file = openFile(folder, name, O_WRONLY | O_NOFOLLOW);
    if (!file)
        return std::unexpected(file.error());
    return writeAll(file->get(), value);
}

// What figures are taken from, and most limits; cpuset is enabled when somebody asks for it.
const std::vector<std::string_view> usualControllers{"cpu", "memory", "pids", "io"};

Result<> enter(int folder) { return writeControl(folder, "cgroup.procs", "0"); }

} // namespace

Result<ContainerCgroup> ContainerCgroup::make(DelegatedCgroup delegated, const std::string &containerId)
{
    ContainerCgroup cgroup;
    cgroup.m_id = containerId;
    cgroup.m_path = delegated.path + '/' + containerId;
    cgroup.m_delegated = std::move(delegated.folder);
    ::flock(cgroup.m_delegated.get(), LOCK_SH); // see removeLeftCgroups()
    auto folder = makeDirectory(cgroup.m_delegated.get(), containerId, 0755);
    if (!folder)
        return std::unexpected(folder.error());
    cgroup.m_folder = std::move(*folder);
    // While the folder is empty nobody has to be moved for a new controller. If the monitor itself still stands in the
    // delegated folder, that may enable nothing yet, and it is asked again below.
    (void)enableControllers(cgroup.m_delegated.get(), usualControllers);
    (void)enableControllers(cgroup.m_folder.get(), usualControllers);
    auto supervisor = makeDirectory(cgroup.m_folder.get(), "supervisor", 0755);
    if (!supervisor)
        return std::unexpected(supervisor.error());
    if (auto entered = enter(supervisor->get()); !entered)
        return std::unexpected(entered.error());
    ::flock(cgroup.m_delegated.get(), LOCK_UN);
    (void)enableControllers(cgroup.m_delegated.get(), usualControllers);
    (void)enableControllers(cgroup.m_folder.get(), usualControllers);
    ::unlinkat(cgroup.m_folder.get(), "payload", AT_REMOVEDIR); // with the limits of a monitor that was killed
    auto payload = makeDirectory(cgroup.m_folder.get(), "payload", 0755);
    if (!payload)
        return std::unexpected(payload.error());
    cgroup.m_payload = std::move(*payload);
    (void)cgroup.freeze(false); // a monitor that was killed may have left it frozen
    cgroup.watchMemory();
    return cgroup;
}

void ContainerCgroup::watchMemory()
{
    if (auto events = openFile(m_payload.get(), "memory.events", O_RDONLY | O_NOFOLLOW))
        m_events = std::move(*events);
    (void)takeMemoryKills(); // from here on the kernel tells of changes
}

Result<> ContainerCgroup::limit(const ResourceSpec &resources)
{
    const auto values = cgroupValues(resources, m_resources);
    if (values.empty())
        return {};
    if (!m_payload)
        return fail(ErrorCode::Unsupported,
            "cannot " + std::string(values.front().purpose) + ": the container has no control group"
                + (m_reason.empty() ? std::string() : " (" + m_reason + ")") + "; leave the limit out");
    for (const CgroupValue &value : values) {
        for (const int folder : {m_delegated.get(), m_folder.get()}) {
            if (!enableControllers(folder, {value.controller}).empty())
                return std::unexpected(missingController(folder, value));
        }
    }
    if (auto written = writeCgroupValues(m_payload.get(), values); !written) {
        (void)writeCgroupValues(m_payload.get(), cgroupValues(m_resources, resources));
        return written;
    }
    m_resources = resources;
    if (!m_events)
        watchMemory();
    return {};
}

Result<> ContainerCgroup::freeze(bool frozen)
{
    if (!m_payload)
        return fail(ErrorCode::Unavailable,
            "this host gives containers no control group, so they cannot be paused"
                + (m_reason.empty() ? std::string() : " (" + m_reason + ")"));
    return writeControl(m_payload.get(), "cgroup.freeze", frozen ? "1" : "0");
}

Result<> ContainerCgroup::kill()
{
    if (!m_payload)
        return fail(ErrorCode::Unavailable, "the container has no control group");
    return writeControl(m_payload.get(), "cgroup.kill", "1");
}

std::uint64_t ContainerCgroup::takeMemoryKills()
{
    if (!m_events)
        return 0; // no memory controller here
    std::array<char, maxControlFile> text;
    const ssize_t size = ::pread(m_events.get(), text.data(), text.size(), 0);
    const std::string_view events(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    constexpr std::string_view name = "oom_kill ";
    const auto at = events.find(name);
    if (at == std::string_view::npos)
        return 0;
    std::uint64_t kills = 0;
    std::from_chars(events.data() + at + name.size(), events.data() + events.size(), kills);
    return kills - std::exchange(m_memoryKills, kills);
}

void ContainerCgroup::remove()
{
    if (!m_folder)
        return;
    (void)kill();
    m_events.reset();
    m_payload.reset();
    for (int i = 0; i < removalTries; ++i) {
        if (::unlinkat(m_folder.get(), "payload", AT_REMOVEDIR) == 0 || errno != EBUSY)
            break;
        ::poll(nullptr, 0, 10);
    }
    // Back to where the helper put us, so that our own folder can go.
    if (auto entry = openFile(m_delegated.get(), "entry", O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
        (void)enter(entry->get());
    ::unlinkat(m_folder.get(), "supervisor", AT_REMOVEDIR);
    m_folder.reset();
    ::unlinkat(m_delegated.get(), m_id.c_str(), AT_REMOVEDIR);
    m_delegated.reset();
}

} // namespace berth
