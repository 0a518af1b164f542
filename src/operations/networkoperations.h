// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networkinfo.h"
#include "core/runoptions.h"
#include "store/store.h"

namespace berth {

// As `docker network create`. Of asked only what a person says counts: name, driver, addresses, labels … The
// machine's own routes are avoided. AlreadyExists: the name is taken; InvalidArgument: addresses that cannot be.
Result<NetworkInfo> createNetwork(Store &store, NetworkInfo asked);

// WrongState: containers on it run, or it is one of the three that are there always. NotFound.
Result<> removeNetwork(Store &store, const QString &nameOrId);
// Only the network of that id, for clean-ups.
Result<> removeNetworkById(Store &store, const QString &id);

// The default bridge with its subnet, which it gets when it is first asked for.
Result<NetworkInfo> settledNetwork(Store &store, const QString &nameOrId);

// A container, running or not, on one more network, or on one less. With force a container that does not
// exist any more, or is not on it, is no error.
Result<> connectContainer(
    Store &store, const QString &network, const QString &container, const NetworkRequest &request, const QStringList &links = {});
Result<> disconnectContainer(Store &store, const QString &network, const QString &container, bool force);

// Why containers cannot leave this machine, as the last start of one that may found; empty when they can.
QString wayOutWarning(const Store &store);
// The same, empty for a container that is on no network that leads out.
QString wayOutWarning(const Store &store, const QString &containerId);

} // namespace berth
