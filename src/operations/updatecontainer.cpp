// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "operations/containerlock.h"
#include "operations/events.h"
#include "operations/runspecof.h"

namespace berth {

Result<> updateRestartPolicy(Store &store, const QString &nameOrId, const RestartPolicy &policy)
{
    if (const auto valid = checkRestartPolicy(policy); !valid)
        return valid;
    const auto locked = lockContainer(store, nameOrId);
    if (!locked)
        return std::unexpected(locked.error());
    const ContainerInfo &container = locked->info;
    if (container.options.autoRemove && !policy.isNone())
        return fail(ErrorCode::InvalidArgument,
            "Cannot update container " + container.id.toStdString()
                + ": Restart policy cannot be updated because AutoRemove is enabled for the container");
    RunOptions options = container.options;
    options.restart = policy;
    if (const auto set = store.setContainerOptions(container.id, options); !set)
        return set;
    if (isUp(container.state)) {
        auto link = MonitorLink::connect(store.paths(), container.id);
        const auto told = link ? link->request(monitor::SetRestart{restartSpec(policy)}) : std::unexpected(link.error());
        const auto current = store.findContainer(container.id);
        if (!told && current && isUp(current->state)) // else it has ended meanwhile, and the record is enough
            return told;
    }
    recordEvent(store, container, QStringLiteral("update"));
    return {};
}

} // namespace berth
