// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/containerlock.h"
#include "wire/runspec.h"

namespace berth {

// Fills in the mode ("bridge", "container:<id>") and what follows from it, and refuses what does not go together.
// A network that does not exist is no error yet, as with Docker. What a container shares with another or with the
// machine, its names are, too.
Result<> resolveNetworks(const Store &store, RunOptions &options);

// The rows of a new container with resolved options.
Result<QList<NetworkAttachment>> newAttachments(const Store &store, const QString &containerId, const RunOptions &options);

// Everything that a start needs to know. The addresses are claimed: the container's lock is held until its monitor
// lives.
struct ContainerNetworks {
    NetworkKind kind = NetworkKind::Own;
    std::vector<NetworkSpec> networks;
    std::string hostFilesOf;
    UniqueFd sharedNamespace;     // NetworkKind::Shared

    [[nodiscard]] bool needRouter() const;
    [[nodiscard]] bool mayLeave() const; // the machine
};
Result<ContainerNetworks> claimNetworks(Store &store, const ContainerInfo &container);
// One that is claimed already.
Result<NetworkSpec> networkSpec(const Store &store, const ContainerInfo &container, const NetworkAttachment &attachment);

// For a container that is up and has another name by now.
void republishNames(const Store &store, const ContainerInfo &container);

// For a container whose monitor was killed.
void withdrawContainer(const Store &store, const QString &containerId);

} // namespace berth
