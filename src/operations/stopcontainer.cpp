// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "operations/containerlock.h"

#include <csignal>

#include <poll.h>

namespace berth {
namespace {

constexpr std::chrono::seconds defaultGrace{10}; // Docker's

std::unexpected<Error> notRunning(const ContainerInfo &container)
{
    return fail(ErrorCode::WrongState, "container " + container.id.toStdString() + " is not running");
}

// Until the monitor says so or is gone; false when the time is up. A negative time waits for ever.
Result<bool> awaitExit(MonitorLink &link, std::chrono::milliseconds time)
{
    const auto end = std::chrono::steady_clock::now() + time;
    for (;;) {
        int left = -1;
        if (time.count() >= 0) {
            left = static_cast<int>(
                std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count());
            if (left < 0)
                left = 0;
        }
        pollfd ready{link.fd(), POLLIN, 0};
        const int count = ::poll(&ready, 1, left);
        if (count < 0 && errno != EINTR)
            return failErrno("cannot wait for the container");
        if (count == 0)
            return false;
        if (count < 0)
            continue;
        const auto received = link.receive();
        if (!received || std::holds_alternative<monitor::Exited>(received->message))
            return true; // without a word: the monitor was killed, and the kernel ended the container
    }
}

Result<> sendAndAwait(
    Store &store, const ContainerInfo &container, const monitor::Message &message, std::chrono::milliseconds time, bool &ended)
{
    auto link = MonitorLink::connect(store.paths(), container.id);
    if (!link) {
        ended = true;
        return {};
    }
    if (const auto sent = link->send(message); !sent)
        return sent;
    const auto awaited = awaitExit(*link, time);
    if (!awaited)
        return std::unexpected(awaited.error());
    ended = *awaited;
    return {};
}

Result<> killAndAwait(Store &store, const ContainerInfo &container)
{
    bool ended = false;
    auto done = sendAndAwait(store, container, monitor::KillAll{}, std::chrono::milliseconds(-1), ended);
    return done ? awaitLockRelease(store, container.id) : done;
}

} // namespace

Result<> stopContainer(Store &store, const QString &nameOrId, std::optional<std::chrono::seconds> grace)
{
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    if (!isUp(container->state))
        return {};
    const auto signal = parseSignal(container->options.stopSignal);
    if (!signal)
        return std::unexpected(signal.error());
    if (container->state == ContainerState::Paused) {
        if (const auto thawed = pauseContainer(store, container->id, false); !thawed)
            return thawed;
    }
    const auto wanted = grace.value_or(
        container->options.stopTimeout ? std::chrono::seconds(*container->options.stopTimeout) : defaultGrace);
    bool ended = false;
    if (auto done = sendAndAwait(store, *container, monitor::Signal{*signal}, wanted, ended); !done)
        return done;
    return ended ? awaitLockRelease(store, container->id) : killAndAwait(store, *container);
}

Result<> killContainer(Store &store, const QString &nameOrId, int signal)
{
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    if (!isUp(container->state))
        return wrap("cannot kill container: " + nameOrId.toStdString(), notRunning(*container).error());
    if (signal == SIGKILL)
        return killAndAwait(store, *container);
    auto link = MonitorLink::connect(store.paths(), container->id);
    return link ? link->request(monitor::Signal{signal}) : std::unexpected(link.error());
}

Result<> restartContainer(Store &store, const QString &nameOrId, std::optional<std::chrono::seconds> grace)
{
    if (const auto stopped = stopContainer(store, nameOrId, grace); !stopped)
        return stopped;
    const auto link = startContainer(store, nameOrId, monitor::Hello{});
    if (!link)
        return std::unexpected(link.error());
    return {};
}

Result<> pauseContainer(Store &store, const QString &nameOrId, bool paused)
{
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    if (!isUp(container->state))
        return notRunning(*container);
    const bool isPaused = container->state == ContainerState::Paused;
    if (isPaused == paused)
        return fail(ErrorCode::WrongState,
            "Container " + container->id.toStdString() + (paused ? " is already paused" : " is not paused"));
    auto link = MonitorLink::connect(store.paths(), container->id);
    if (!link)
        return std::unexpected(link.error());
    auto done = link->request(monitor::Pause{paused});
    store.touch();
    return done;
}

Result<int> waitContainer(Store &store, const QString &nameOrId)
{
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    if (!isUp(container->state))
        return container->exitCode;
    if (auto link = MonitorLink::connect(store.paths(), container->id)) {
        for (;;) {
            const auto received = link->receive();
            if (!received)
                break;
            if (const auto *exited = std::get_if<monitor::Exited>(&received->message))
                return exited->status.exitCode;
        }
    }
    const auto ended = store.findContainer(container->id);
    if (!ended)
        return std::unexpected(ended.error());
    return ended->exitCode;
}

} // namespace berth
