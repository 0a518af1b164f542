// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "core/containername.h"
#include "operations/monitorlink.h"
#include "store/store.h"

#include <chrono>
#include <optional>

namespace berth {

// Looks the image up, resolves command, environment, user, volumes as Docker does, chooses id and name,
// makes the container's folder and its record. NotFound names the image.
// reservation: who wants to start it at once keeps this until then, so that nobody tidies it away. id: a new
// one, when it has been told to a monitor already.
Result<ContainerInfo> createContainer(
    Store &store, const RunOptions &options, UniqueFd *reservation = nullptr, const QString &id = randomContainerId());

// Starts the container's monitor. attach says what the returned link wants to receive; it is in force
// before the first byte is written, so nothing is lost. A program that is missing in the image is
// CommandNotFound, one that is not executable NotExecutable.
Result<MonitorLink> startContainer(
    Store &store, const QString &nameOrId, const monitor::Hello &attach, std::optional<MonitorLink> prepared = std::nullopt);
// Starts the monitor of a container that need not be there yet. Who creates and starts one at once gains the
// time that a monitor needs to get ready; dropping the link ends it.
Result<MonitorLink> prepareMonitor(const QString &containerId);

// Stop signal, grace, then SIGKILL; returns when it has ended, also when its policy would start it again.
// Not running: success, as Docker. signal: another one than the container's own.
Result<> stopContainer(
    Store &store, const QString &nameOrId, std::optional<std::chrono::seconds> grace, const QString &signal = {});
Result<> killContainer(Store &store, const QString &nameOrId, int signal);
Result<> restartContainer(
    Store &store, const QString &nameOrId, std::optional<std::chrono::seconds> grace, const QString &signal = {});
Result<> pauseContainer(Store &store, const QString &nameOrId, bool paused);
// Paused as long as the link is kept, whatever becomes of this program; releaseHold ends it with an answer.
Result<MonitorLink> holdContainer(Store &store, const QString &nameOrId);
Result<> releaseHold(MonitorLink &link);
Result<> renameContainer(Store &store, const QString &nameOrId, const QString &name);
// What is not said stays. Of one that runs the limits are changed at once, or nothing is.
struct ContainerUpdate {
    Resources resources;
    std::optional<RestartPolicy> restart;
};
Result<> updateContainer(Store &store, const QString &nameOrId, const ContainerUpdate &wished);
Result<> updateRestartPolicy(Store &store, const QString &nameOrId, const RestartPolicy &policy);

// Running containers need force (WrongState names what to do).
struct RemoveContainerOptions {
    bool force = false;
    bool volumes = false;     // also its anonymous volumes
    bool unlessReserved = false; // WrongState when somebody who made it is about to start it
};
Result<> removeContainer(Store &store, const QString &nameOrId, const RemoveContainerOptions &options);

// Waits until the container has ended; the exit code.
Result<int> waitContainer(Store &store, const QString &nameOrId);

// Makes sure of the user's holder, so that the first container of a session starts as fast as the
// others. The error says what this machine or this user lacks to run containers, and how to mend it.
Result<> prepareHost(const Store &store);

// Names of programs that are in the container and that people open a terminal for: shells, then
// clients such as redis-cli. Read from the layers on disk; nothing of the container is started.
Result<QStringList> offeredCommands(const Store &store, const QString &nameOrId);

// After a crash, a killed monitor or a reboot: believe the disk, then the kernel. Kills what a dead
// monitor left, writes missing exit records, collects garbage. Cheap when there is nothing to do.
Result<> reconcile(Store &store);

// The sentence for a signal name or number as `kill -s` and --stop-signal take it: "SIGTERM", "term", "15".
Result<int> parseSignal(QStringView text);

} // namespace berth
