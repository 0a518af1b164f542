// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "image/collectgarbage.h"
#include "operations/containerlock.h"
#include "operations/removetree.h"

#include <csignal>
#include <cstdio>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

bool isAlive(ContainerState state) { return state == ContainerState::Running || state == ContainerState::Paused; }

std::unexpected<Error> refuse(const ContainerInfo &container)
{
    const std::string name = "cannot remove container \"/" + container.name.toStdString() + "\": ";
    if (container.state == ContainerState::Paused)
        return fail(ErrorCode::WrongState, name + "container is paused and must be unpaused first");
    return fail(ErrorCode::WrongState, name + "container is running: stop the container before removing or force remove");
}

// The lock of a container that does not run. With force it is killed first, again when somebody else started
// it in between.
Result<LockedContainer> lockEnded(Store &store, const QString &nameOrId, bool force)
{
    constexpr int tries = 5;
    for (int attempt = 0;; ++attempt) {
        const auto container = store.findContainer(nameOrId);
        if (!container)
            return std::unexpected(container.error());
        if (isAlive(container->state)) {
            if (!force)
                return refuse(*container);
            const auto killed = killContainer(store, container->id, SIGKILL);
            if (!killed && killed.error().code != ErrorCode::WrongState)
                return std::unexpected(killed.error());
        }
        auto locked = lockContainer(store, container->id);
        if (!locked || !isAlive(locked->info.state))
            return locked;
        if (!force || attempt == tries)
            return refuse(locked->info);
    }
}

// Out of sight at once by a rename; most of it is the user's own and is deleted here. What belongs
// to other ids of the container waits in trash/ for a layerer, which does not keep us.
Result<> discard(const Store &store, const QString &parent, const QString &name)
{
    const auto from = store.folder(parent);
    const auto trash = store.folder(u"trash"_s);
    if (!from || !trash)
        return std::unexpected(from ? trash.error() : from.error());
    const std::string source = name.toStdString();
    const std::string target = parent.toStdString() + '-' + source;
    if (::renameat(from->get(), source.c_str(), trash->get(), target.c_str()) < 0)
        return errno == ENOENT ? Result<>() : failErrno("cannot move " + source + " to the trash");
    if (removeTree(trash->get(), target))
        return {};
    return emptyTrash(store, layererInHolder(store));
}

Result<> removeVolumes(Store &store, const QStringList &volumes)
{
    for (const QString &volume : volumes) {
        const auto removed = store.removeVolume(volume);
        if (!removed && removed.error().code == ErrorCode::WrongState)
            continue; // another container uses it too
        if (!removed)
            return removed;
        if (auto done = discard(store, u"volumes"_s, volume); !done)
            return done;
    }
    return {};
}

} // namespace

Result<> removeContainer(Store &store, const QString &nameOrId, const RemoveContainerOptions &options)
{
    const auto locked = lockEnded(store, nameOrId, options.force);
    if (!locked)
        return std::unexpected(locked.error());
    const ContainerInfo &container = locked->info;
    if (const auto held = isLocked(locked->folder.get(), std::string(monitorLockName)); held && !*held)
        MonitorLink::removeSocket(store.paths(), container.id);
    const auto volumes = options.volumes ? store.anonymousVolumes(container.id) : Result<QStringList>();
    if (!volumes)
        return std::unexpected(volumes.error());
    // The record goes first: a folder without one is garbage, one without its folder would be broken.
    if (auto removed = store.removeContainer(container.id); !removed)
        return removed;
    auto discarded = discard(store, u"containers"_s, container.id);
    if (!discarded)
        return discarded;
    discarded = removeVolumes(store, *volumes);
    store.touch();
    return discarded;
}

} // namespace berth
