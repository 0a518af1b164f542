// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "base/io.h"
#include "holder/holderlinks.h"
#include "network/router.h"
#include "network/wayout.h"
#include "operations/containerlock.h"
#include "operations/containernetworks.h"
#include "operations/events.h"
#include "operations/hostfiles.h"
#include "operations/runspecof.h"
#include "store/containerfiles.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

namespace berth {
namespace {

constexpr const char *monitorProgram = BERTH_LIBEXECDIR "/berth-monitor";
constexpr int monitorChannel = 3; // by contract; see wire/monitormessage.h

} // namespace

// The monitor leaves this process's family at once, so the wait is short.
Result<MonitorLink> prepareMonitor(const QString &containerId)
{
    auto ends = socketPair();
    if (!ends)
        return std::unexpected(ends.error());
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends->second.get(), monitorChannel);
    char name[] = "berth-monitor";
    std::string id = containerId.toStdString();
    char *const arguments[] = {name, id.data(), nullptr};
    pid_t pid = 0;
    const int error = ::posix_spawn(&pid, monitorProgram, &actions, nullptr, arguments, environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return failErrno(std::string("cannot start ") + monitorProgram, error);
    ends->second.reset();
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    return MonitorLink(std::move(ends->first));
}

namespace {

// For --rm without a client. /proc/self/exe is this program, which may be the window.
std::string enginePath() { return BERTH_BINDIR "/berth"; }

// No run record of an earlier start may be taken for this one's.
Result<> forgetEarlierRun(int folder)
{
    for (const auto name : {runRecordName, exitRecordName}) {
        if (::unlinkat(folder, std::string(name).c_str(), 0) < 0 && errno != ENOENT)
            return failErrno("cannot remove the record of the last run");
    }
    return {};
}

Result<MonitorLink> joinRunning(const Store &store, const QString &id, const monitor::Hello &attach)
{
    auto link = MonitorLink::connect(store.paths(), id);
    if (!link)
        return link;
    if (auto greeted = link->send(attach); !greeted)
        return std::unexpected(greeted.error());
    return link;
}

Result<> awaitStart(MonitorLink &link)
{
    const auto answer = link.receive();
    if (!answer)
        return wrap("the container's monitor ended before it could say why", answer.error());
    if (const auto *failed = std::get_if<monitor::Failed>(&answer->message))
        return std::unexpected(failed->error);
    if (!std::holds_alternative<monitor::Started>(answer->message))
        return fail(ErrorCode::Internal, "the container's monitor gave an unexpected answer");
    return {};
}

} // namespace

Result<MonitorLink> startContainer(
    Store &store, const QString &nameOrId, const monitor::Hello &attach, std::optional<MonitorLink> prepared)
{
    const auto locked = lockContainer(store, nameOrId);
    if (!locked)
        return std::unexpected(locked.error());
    const ContainerInfo &container = locked->info;
    if (container.state == ContainerState::Paused)
        return fail(ErrorCode::WrongState, "cannot start a paused container, try unpause instead");
    if (container.state == ContainerState::Running
        || container.state == ContainerState::Restarting) // Docker answers this with success, and attaches
        return joinRunning(store, container.id, attach);
    auto link = prepared ? std::move(*prepared) : prepareMonitor(container.id);
    if (!link)
        return link;
    auto spec = runSpecOf(store, container);
    if (!spec)
        return std::unexpected(spec.error());
    const auto holder = ensureHolder(store.paths().runtime.toStdString());
    if (!holder)
        return std::unexpected(holder.error());
    auto networks = claimNetworks(store, container);
    if (!networks)
        return wrap("failed to set up container networking", networks.error());
    if (networks->needRouter()) {
        if (auto ready = ensureRouter(store.paths().runtime.toStdString(), *holder); !ready)
            return std::unexpected(ready.error());
        if (networks->mayLeave())
            ensureWayOut(store.paths().runtime.toStdString(), *holder);
    }
    spec->networkKind = networks->kind;
    spec->networks = std::move(networks->networks);
    spec->hostFilesOf = std::move(networks->hostFilesOf);
    // Its records are there a moment before the last monitor lets go.
    if (const auto released = awaitLockRelease(store, container.id); !released)
        return std::unexpected(released.error());
    if (const auto released = awaitRootRelease(*locked); !released)
        return std::unexpected(released.error());
    if (const auto forgotten = forgetEarlierRun(locked->folder.get()); !forgotten)
        return std::unexpected(forgotten.error());
    if (const auto made = makeHostFiles(locked->folder.get(), container.options); !made)
        return std::unexpected(made.error());
    if (const auto kept = keepEventAttributes(locked->folder.get(), container); !kept)
        return std::unexpected(kept.error());
    const monitor::Start start{
        .spec = *spec, .enginePath = enginePath(), .runtimeFolder = store.paths().runtime.toStdString(), .attach = attach};
    std::vector<int> fds{
        store.dataFd(), holder->userNamespace.get(), holder->mountNamespace.get(), holder->networkNamespace.get()};
    if (networks->sharedNamespace)
        fds.push_back(networks->sharedNamespace.get());
    if (auto sent = sendMessage(link->fd(), monitor::encode(start), fds); !sent)
        return std::unexpected(sent.error());
    if (auto started = awaitStart(*link); !started) {
        store.touch();
        return std::unexpected(started.error());
    }
    store.touch();
    return link;
}

} // namespace berth
