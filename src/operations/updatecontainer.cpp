// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "operations/containerlock.h"
#include "operations/events.h"
#include "operations/machinelimits.h"
#include "operations/runspecof.h"

namespace berth {
namespace {

std::unexpected<Error> cannotUpdate(const ContainerInfo &container, const Error &error)
{
    return fail(error.code, "Cannot update container " + container.id.toStdString() + ": " + error.detail);
}

Result<RunOptions> updated(const ContainerInfo &container, const ContainerUpdate &wished)
{
    RunOptions options = container.options;
    const auto resources = updatedResources(options.resources, wished.resources);
    if (!resources)
        return std::unexpected(resources.error());
    options.resources = *resources;
    if (!wished.restart)
        return options;
    if (options.autoRemove && !wished.restart->isNone())
        return fail(
            ErrorCode::InvalidArgument, "Restart policy cannot be updated because AutoRemove is enabled for the container");
    options.restart = *wished.restart;
    return options;
}

Result<> tellMonitor(const Store &store, const ContainerInfo &container, const RunOptions &options, bool hasRestart)
{
    auto link = MonitorLink::connect(store.paths(), container.id);
    if (!link)
        return std::unexpected(link.error());
    // What can be refused comes first: then nothing has changed.
    if (options.resources != container.options.resources) {
        if (const auto told = link->request(monitor::SetResources{resourceSpec(options.resources)}); !told)
            return told;
    }
    return hasRestart ? link->request(monitor::SetRestart{restartSpec(options.restart)}) : Result<>();
}

} // namespace

Result<> updateContainer(Store &store, const QString &nameOrId, const ContainerUpdate &wished)
{
    if (wished.restart) {
        if (const auto valid = checkRestartPolicy(*wished.restart); !valid)
            return valid;
    }
    if (const auto valid = checkResources(wished.resources, knownProcessors(), true); !valid)
        return valid;
    const auto locked = lockContainer(store, nameOrId);
    if (!locked)
        return std::unexpected(locked.error());
    const ContainerInfo &container = locked->info;
    const auto options = updated(container, wished);
    if (!options)
        return cannotUpdate(container, options.error());
    if (const auto set = store.setContainerOptions(container.id, *options); !set)
        return set;
    if (isUp(container.state)) {
        const auto told = tellMonitor(store, container, *options, wished.restart.has_value());
        const auto current = store.findContainer(container.id);
        if (!told && current && isUp(current->state)) { // else it has ended meanwhile, and the record is enough
            (void)store.setContainerOptions(container.id, container.options);
            return cannotUpdate(container, told.error());
        }
    }
    recordEvent(store, container, QStringLiteral("update"));
    return {};
}

Result<> updateRestartPolicy(Store &store, const QString &nameOrId, const RestartPolicy &policy)
{
    return updateContainer(store, nameOrId, {.resources = {}, .restart = policy});
}

} // namespace berth
