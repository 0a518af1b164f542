// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/runrequest.h"

namespace berth {

// --network, --network-alias, --ip, --mac-address and --link of run and create. What goes together, and whether
// networks and containers exist, is the engine's to say.
std::expected<void, RequestProblem> addNetworks(RunOptions &options, const FlagValues &flags);

// One value of --network: a name, a mode, or Docker's long form "name=front,alias=web,ip=10.0.0.9".
std::expected<NetworkRequest, RequestProblem> parseNetwork(
    const FlagValues &flags, std::string_view name, const std::string &value);
// --ip, when it is given.
std::expected<void, RequestProblem> checkAddress(const FlagValues &flags);

} // namespace berth
