// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "operations/containerlock.h"
#include "operations/events.h"

#include <csignal>

#include <poll.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::chrono::seconds defaultGrace{10}; // Docker's
constexpr std::chrono::seconds killPatience{2};

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

// What only a living container can do. It may end by itself while we ask: then it "is not running",
// however far we came.
Result<MonitorLink> request(const Store &store, const ContainerInfo &container, const monitor::Message &message)
{
    auto link = MonitorLink::connect(store.paths(), container.id);
    const auto done = link ? link->request(message) : std::unexpected(link.error());
    if (done)
        return link;
    const auto current = store.findContainer(container.id);
    if (!current)
        return std::unexpected(current.error());
    if (!isUp(current->state))
        return notRunning(container);
    return std::unexpected(done.error());
}

Result<MonitorLink> askToPause(Store &store, const QString &nameOrId, const monitor::Pause &wanted)
{
    const auto locked = lockContainer(store, nameOrId);
    if (!locked)
        return std::unexpected(locked.error());
    const ContainerInfo &container = locked->info;
    if (!isUp(container.state) && wanted.paused)
        return notRunning(container);
    const bool isPaused = container.state == ContainerState::Paused;
    if (isPaused == wanted.paused)
        return fail(ErrorCode::WrongState,
            "Container " + container.id.toStdString() + (wanted.paused ? " is already paused" : " is not paused"));
    auto done = request(store, container, wanted);
    store.touch();
    return done;
}

// The stop signal and the time to obey it; false when the time is up. A container that gets no time is not
// thawed for it, and is killed before anybody else can see what became of it.
Result<bool> askToEnd(const Store &store, LockedContainer locked, int signal, std::chrono::seconds grace)
{
    if (locked.info.state == ContainerState::Paused && grace.count() != 0) {
        if (const auto thawed = request(store, locked.info, monitor::Pause{false}); !thawed)
            return std::unexpected(thawed.error());
    }
    auto link = MonitorLink::connect(store.paths(), locked.info.id);
    if (!link)
        return true;
    if (const auto sent = link->send(monitor::Signal{.number = signal, .isStop = true}); !sent)
        return std::unexpected(sent.error());
    if (grace.count() == 0) {
        const auto killed = killLocked(store, locked);
        return killed ? Result<bool>(true) : std::unexpected(killed.error());
    }
    locked.lock.reset();
    return awaitExit(*link, grace);
}

} // namespace

Result<> killLocked(const Store &store, const LockedContainer &locked)
{
    for (;;) {
        auto link = MonitorLink::connect(store.paths(), locked.info.id);
        if (!link)
            return {}; // without its monitor it has ended: the kernel saw to it
        if (auto sent = link->send(monitor::KillAll{}); !sent)
            return sent;
        // A monitor that refuses, or whose container is just being born, says no more; it is asked again.
        const auto ended = awaitExit(*link, killPatience);
        if (!ended)
            return std::unexpected(ended.error());
        const auto current = *ended ? Result<ContainerInfo>(locked.info) : store.findContainer(locked.info.id);
        if (*ended || !current || !isUp(current->state))
            return {};
    }
}

Result<> stopContainer(Store &store, const QString &nameOrId, std::optional<std::chrono::seconds> grace, const QString &asked)
{
    auto locked = lockContainer(store, nameOrId);
    if (!locked)
        return std::unexpected(locked.error());
    const ContainerInfo container = locked->info;
    if (!isUp(container.state))
        return {};
    const auto signal = parseSignal(asked.isEmpty() ? container.options.stopSignal : asked);
    if (!signal)
        return std::unexpected(signal.error());
    const auto wanted = grace.value_or(
        container.options.stopTimeout ? std::chrono::seconds(*container.options.stopTimeout) : defaultGrace);
    const auto ended = askToEnd(store, std::move(*locked), *signal, wanted);
    if (!ended)
        return std::unexpected(ended.error());
    locked = lockContainer(store, container.id);
    if (!locked) // removed meanwhile
        return locked.error().code == ErrorCode::NotFound ? Result<>() : std::unexpected(locked.error());
    if (!*ended) {
        if (const auto killed = killLocked(store, *locked); !killed)
            return killed;
    }
    // Somebody may have started it again; its new monitor is not to be waited for.
    const bool isUpAgain = *ended && isUp(locked->info.state);
    auto done = isUpAgain ? Result<>() : awaitLockRelease(store, container.id);
    if (done)
        recordEvent(store, container, u"stop"_s);
    return done;
}

Result<> killContainer(Store &store, const QString &nameOrId, int signal)
{
    auto locked = lockContainer(store, nameOrId);
    if (!locked)
        return wrap("cannot kill container: " + nameOrId.toStdString(), locked.error());
    if (!isUp(locked->info.state))
        return wrap("cannot kill container: " + nameOrId.toStdString(), notRunning(locked->info).error());
    if (signal != SIGKILL) {
        const auto sent = request(store, locked->info, monitor::Signal{.number = signal});
        return sent ? Result<>() : std::unexpected(sent.error());
    }
    if (const auto killed = killLocked(store, *locked); !killed)
        return killed;
    return awaitLockRelease(store, locked->info.id);
}

Result<> restartContainer(Store &store, const QString &nameOrId, std::optional<std::chrono::seconds> grace, const QString &signal)
{
    if (const auto stopped = stopContainer(store, nameOrId, grace, signal); !stopped)
        return stopped;
    const auto link = startContainer(store, nameOrId, monitor::Hello{});
    if (!link)
        return std::unexpected(link.error());
    if (const auto container = store.findContainer(nameOrId))
        recordEvent(store, *container, u"restart"_s);
    return {};
}

Result<> pauseContainer(Store &store, const QString &nameOrId, bool paused)
{
    const auto done = askToPause(store, nameOrId, {.paused = paused});
    return done ? Result<>() : std::unexpected(done.error());
}

Result<MonitorLink> holdContainer(Store &store, const QString &nameOrId)
{
    return askToPause(store, nameOrId, {.paused = true, .whileConnected = true});
}

Result<> releaseHold(MonitorLink &link) { return link.request(monitor::Pause{.paused = false, .whileConnected = true}); }

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
