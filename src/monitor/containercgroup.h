// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "holder/holderlinks.h"
#include "wire/resourcespec.h"

#include <cstdint>
#include <string>
#include <utility>

namespace berth {

// The control group of one container: <delegated>/<id>/supervisor holds the monitor,
// <delegated>/<id>/payload the container. Both are born below the delegated folder, so nothing ever
// has to be moved in from outside (systemd's CGROUP_DELEGATION.md: no processes in inner nodes).
// Limits are the payload's, so that a container that has used up its memory does not take its monitor along.
class ContainerCgroup {
public:
    // delegated: enterDelegatedCgroup(). Moves the calling process to "supervisor".
    static Result<ContainerCgroup> make(DelegatedCgroup delegated, const std::string &containerId);

    ContainerCgroup() = default;
    [[nodiscard]] bool exists() const { return m_folder.isValid(); }
    [[nodiscard]] int payload() const { return m_payload.get(); }  // -1 when there is none
    [[nodiscard]] const std::string &path() const { return m_path; } // below the cgroup2 mount: <delegated>/<id>

    // Holds the payload to these from now on. Unsupported when the machine cannot, with what to do about it; then
    // what was before stays. Nothing asked for: success, also without a control group.
    Result<> limit(const ResourceSpec &resources);
    // Why there is no control group, for the errors of those that need one.
    void setReason(std::string reason) { m_reason = std::move(reason); }

    Result<> freeze(bool frozen);
    // SIGKILL to everything in the payload.
    Result<> kill();
    // How many processes the kernel has killed for want of memory since this was last asked.
    std::uint64_t takeMemoryKills();
    // poll(2) says POLLPRI when that should be asked; -1 where nobody counts.
    [[nodiscard]] int memoryEvents() const { return m_events.get(); }
    // Moves the calling process out and removes the folders. Processes that are still there are killed.
    void remove();

private:
    void watchMemory();

    UniqueFd m_delegated;
    UniqueFd m_folder;
    UniqueFd m_payload;
    UniqueFd m_events; // memory.events of the payload
    ResourceSpec m_resources;
    std::uint64_t m_memoryKills = 0;
    std::string m_reason;
    std::string m_id;
    std::string m_path;
};

} // namespace berth
