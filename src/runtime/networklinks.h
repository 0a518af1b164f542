// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/netlink.h"
#include "wire/runspec.h"

#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace berth {

// The router is the holder's network namespace; wire/routermessage.h names its bridges. The router's end of a
// container's pair is "v<6 digits of the network's id><address>".
std::string pairName(std::string_view networkId, std::uint32_t address);
std::string interfaceName(const NetworkSpec &network); // in the container: "eth0"

// For whom a pair is made: a process, or a descriptor of a network namespace. The caller, in the router and root
// of the holder, has power over it.
struct Place {
    pid_t process = 0;
    int networkNamespace = -1;
};
// Makes the bridge when it is missing, and a pair whose one end is a port of it and whose other is in place under
// its name there, still down. Two programs may make the same bridge at once. An end that an ended container's
// namespace has not let go of yet is replaced.
Result<> makeLink(Netlink &router, const NetworkSpec &network, const Place &place);
// Both ends of the pair go. NotFound: they have gone already.
Result<> removeLink(Netlink &router, const NetworkSpec &network);

// In the container's network namespace, with power over it: loopback up, and each network's interface with its
// address, up; the way out through the first that has one. proc: a procfs through which this namespace's values
// are written.
Result<> configureLinks(const std::vector<NetworkSpec> &networks, int proc);
// The way out through the first of these that has one; the one that there is is replaced.
Result<> chooseGateway(Netlink &container, const std::vector<NetworkSpec> &networks);

} // namespace berth
