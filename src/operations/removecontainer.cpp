// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "holder/holderlinks.h"
#include "operations/containerlock.h"
#include "operations/containernetworks.h"
#include "operations/discard.h"
#include "operations/events.h"
#include "operations/volumeoperations.h"
#include "store/containerfiles.h"

#include <optional>

#include <poll.h>
#include <sys/file.h>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

std::unexpected<Error> refuse(const ContainerInfo &container)
{
    const std::string name = "cannot remove container \"/" + container.name.toStdString() + "\": ";
    if (container.state == ContainerState::Paused)
        return fail(ErrorCode::WrongState, name + "container is paused and must be unpaused first");
    if (container.state == ContainerState::Restarting)
        return fail(ErrorCode::WrongState, name + "container is restarting: stop the container before removing or force remove");
    return fail(ErrorCode::WrongState, name + "container is running: stop the container before removing or force remove");
}

// A container that does not run, and cannot be started by anybody while these locks are held.
struct EndedContainer {
    LockedContainer container;
    UniqueFd monitorLock; // none when its last monitor is still leaving
};

// Also against a monitor whose starter was killed before it had begun: it finds the lock taken or the folder
// gone. Nothing: a monitor began after all, look again.
Result<std::optional<EndedContainer>> lockMonitor(const Store &store, LockedContainer container)
{
    for (;;) {
        auto lock = tryLockFile(container.folder.get(), std::string(monitorLockName), LockKind::Exclusive);
        if (lock)
            return EndedContainer{std::move(container), std::move(*lock)};
        if (lock.error().code != ErrorCode::WrongState)
            return std::unexpected(lock.error());
        const auto files = readContainerFiles(container.folder.get());
        if (files && files->exit && !files->isRestarting()) // leaving its control group takes it a while, and we need not wait
            return EndedContainer{std::move(container), UniqueFd()};
        const auto current = store.findContainer(container.info.id);
        if (!current)
            return std::unexpected(current.error());
        if (isUp(current->state))
            return std::nullopt;
        ::poll(nullptr, 0, 2);
    }
}

// With force it is killed first. A monitor whose starter was killed may still begin under our hands: again.
Result<EndedContainer> lockEnded(Store &store, const QString &nameOrId, bool force)
{
    constexpr int tries = 5;
    for (int attempt = 0;; ++attempt) {
        auto locked = lockContainer(store, nameOrId);
        if (!locked)
            return std::unexpected(locked.error());
        if (isUp(locked->info.state)) {
            if (!force || attempt == tries)
                return refuse(locked->info);
            if (const auto killed = killLocked(store, *locked); !killed)
                return std::unexpected(killed.error());
        }
        if (const auto copied = isBeingCopied(*locked); !force && copied && *copied)
            return fail(ErrorCode::WrongState,
                "cannot remove container \"/" + locked->info.name.toStdString()
                    + "\": its files are being copied: wait for that to end or force remove");
        auto ended = lockMonitor(store, std::move(*locked));
        if (!ended)
            return std::unexpected(ended.error());
        if (*ended)
            return std::move(**ended);
    }
}

Result<> removeVolumes(Store &store, const QStringList &volumes)
{
    for (const QString &volume : volumes) {
        const auto removed = removeVolume(store, volume, true);
        if (!removed && removed.error().code != ErrorCode::WrongState) // another container uses it too
            return removed;
    }
    return {};
}

// Who makes a container to start it holds its folder shared from before it is recorded.
Result<> checkReservation(const EndedContainer &ended)
{
    if (::flock(ended.container.folder.get(), LOCK_EX | LOCK_NB) == 0)
        return {};
    return fail(ErrorCode::WrongState,
        "cannot remove container \"/" + ended.container.info.name.toStdString() + "\": it is about to be started");
}

} // namespace

Result<> removeContainer(Store &store, const QString &nameOrId, const RemoveContainerOptions &options)
{
    const auto ended = lockEnded(store, nameOrId, options.force);
    if (!ended)
        return std::unexpected(ended.error());
    if (options.unlessReserved) {
        if (const auto free = checkReservation(*ended); !free)
            return free;
    }
    const ContainerInfo &container = ended->container.info;
    if (ended->monitorLock) { // of a monitor that was killed
        MonitorLink::removeSocket(store.paths(), container.id);
        withdrawContainer(store, container.id);
    }
    const auto volumes = options.volumes ? store.anonymousVolumes(container.id) : Result<QStringList>();
    if (!volumes)
        return std::unexpected(volumes.error());
    // The record goes first: a folder without one is garbage, one without its folder would be broken.
    if (auto removed = store.removeContainer(container.id); !removed)
        return removed;
    recordEvent(store, container, u"destroy"_s);
    const auto aside = moveAside(store, u"containers"_s, container.id);
    auto discarded = aside ? deleteAside(store, *aside) : std::unexpected(aside.error());
    if (!discarded)
        return discarded;
    discarded = removeVolumes(store, *volumes);
    removeLeftCgroups(); // also of a monitor that was killed while it left
    store.touch();
    return discarded;
}

} // namespace berth
