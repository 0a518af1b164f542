// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containerroot.h"

#include "base/io.h"
#include "operations/containerlock.h"
#include "operations/monitorlink.h"
#include "operations/runspecof.h"
#include "wire/rootmessage.h"

#include <poll.h>

namespace berth {
namespace {

constexpr int pollInterval = 5;  // milliseconds
constexpr int maxBusyTries = 2000; // ten seconds
constexpr int maxStateTries = 20;  // a container that starts or ends between two looks

bool isRunning(ContainerState state) { return state == ContainerState::Running || state == ContainerState::Paused; }

Result<std::vector<UniqueFd>> askForNamespaces(const Store &store, const QString &id)
{
    const auto ended = [] { return fail(ErrorCode::WrongState, "the container has ended"); };
    auto link = MonitorLink::connect(store.paths(), id);
    if (!link || !link->send(monitor::JoinRoot{}))
        return ended();
    for (;;) {
        auto received = link->receive();
        if (!received)
            return ended();
        if (const auto *failed = std::get_if<monitor::Failed>(&received->message))
            return std::unexpected(failed->error);
        if (std::holds_alternative<monitor::RootNamespaces>(received->message) && received->fds.size() == 2)
            return std::move(received->fds);
        if (std::holds_alternative<monitor::Exited>(received->message))
            return ended();
    }
}

} // namespace

ContainerRoot::~ContainerRoot()
{
    m_root.reset();
    m_channel.reset();
    if (m_process) // with it goes what it mounted
        (void)waitForProgram(m_process.get());
}

Result<> ContainerRoot::request(const std::string &bytes, std::span<const int> fds)
{
    auto ends = socketPair();
    if (!ends)
        return std::unexpected(ends.error());
    const int lock[] = {m_lock.get()};
    auto process = spawnInHolder(m_holder, BERTH_LIBEXECDIR "/berth-rootmount", ends->second.get(), lock);
    if (!process)
        return std::unexpected(process.error());
    m_process = std::move(*process);
    m_channel = std::move(ends->first);
    ends->second.reset();
    if (auto sent = sendMessage(m_channel.get(), bytes, fds); !sent)
        return sent;
    auto received = receiveMessage(m_channel.get());
    if (!received)
        return std::unexpected(received.error());
    if (received->bytes.empty())
        return fail(ErrorCode::Unavailable, "the program that mounts containers has ended unexpectedly");
    const auto answer = rootmount::decode(received->bytes);
    if (!answer)
        return std::unexpected(answer.error());
    if (const auto *failed = std::get_if<rootmount::Failed>(&*answer))
        return std::unexpected(failed->error);
    if (!std::holds_alternative<rootmount::Ready>(*answer) || received->fds.size() != 1)
        return fail(ErrorCode::Internal, "the program that mounts containers gave an unexpected answer");
    m_root = std::move(received->fds[0]);
    return {};
}

Result<> ContainerRoot::enterRunning(const Store &store, View view)
{
    const auto namespaces = askForNamespaces(store, m_container.id);
    if (!namespaces)
        return std::unexpected(namespaces.error());
    const int fds[] = {(*namespaces)[0].get(), (*namespaces)[1].get()};
    return request(rootmount::encode(rootmount::Join{view == View::Bare}), fds);
}

Result<> ContainerRoot::mountStopped(const Store &store, View view)
{
    // A monitor that has written its last record may still have the layers mounted.
    if (m_container.state != ContainerState::Restarting) {
        if (auto released = awaitLockRelease(store, m_container.id); !released)
            return released;
    }
    auto spec = runSpecOf(store, m_container);
    if (!spec)
        return std::unexpected(spec.error());
    const int fds[] = {store.dataFd()};
    return request(
        rootmount::encode(rootmount::Mount{std::move(*spec), store.paths().data.toStdString(), view == View::Bare}), fds);
}

Result<ContainerRoot> ContainerRoot::open(Store &store, const QString &nameOrId, View view)
{
    for (int busyTries = 0, stateTries = 0;; ::poll(nullptr, 0, pollInterval)) {
        auto locked = lockContainer(store, nameOrId);
        if (!locked)
            return std::unexpected(locked.error());
        const bool running = isRunning(locked->info.state);
        auto lock = tryLockFile(
            locked->folder.get(), std::string(rootLockName), running ? LockKind::Shared : LockKind::Exclusive);
        if (!lock && (lock.error().code != ErrorCode::WrongState || ++busyTries == maxBusyTries)) {
            if (lock.error().code != ErrorCode::WrongState)
                return std::unexpected(lock.error());
            return fail(ErrorCode::WrongState,
                "container " + locked->info.name.toStdString() + " is busy: its files are being copied by another command");
        }
        if (!lock)
            continue;
        ContainerRoot root;
        auto holder = ensureHolder(store.paths().runtime.toStdString());
        if (!holder)
            return std::unexpected(holder.error());
        root.m_holder = std::move(*holder);
        root.m_container = locked->info;
        root.m_lock = std::move(*lock);
        const auto opened = running ? root.enterRunning(store, view) : root.mountStopped(store, view);
        if (opened)
            return root;
        if (!running || opened.error().code != ErrorCode::WrongState || ++stateTries == maxStateTries)
            return std::unexpected(opened.error());
    }
}

Result<LayererLink> ContainerRoot::startLayerer() const
{
    auto ends = socketPair();
    if (!ends)
        return std::unexpected(ends.error());
    const int lock[] = {m_lock.get()};
    auto process = spawnInHolder(m_holder, BERTH_LIBEXECDIR "/berth-layerer", ends->second.get(), lock);
    if (!process)
        return std::unexpected(process.error());
    return LayererLink(std::move(ends->first), std::move(*process));
}

} // namespace berth
