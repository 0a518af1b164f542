// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "wire/portspec.h"

#include <span>
#include <vector>

namespace berth::forwarder {

struct BoundPort {
    UniqueFd socket;              // non-blocking; of TCP, listening
    PublishedPort published;
};

// Takes these ports of the machine (the network namespace of the caller), or none. IPv6 where the machine has it and
// no address was asked for. An error says who has the port, in Docker's words before it: target is the container's
// address, for them alone.
Result<std::vector<BoundPort>> bindPorts(std::span<const PortSpec> ports, std::uint32_t target);

} // namespace berth::forwarder
