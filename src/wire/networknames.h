// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/runspec.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

// Who is to be found on a network, and where: data/names/<network id>, one line for each container that is up:
// "<container id> <address> <name>…". Written by monitors when their container starts and ends, and by the
// engine for monitors that were killed. The folder's lock keeps writers apart.
struct NamedContainer {
    std::string containerId;
    HostLine line;

    friend bool operator==(const NamedContainer &, const NamedContainer &) = default;
};
inline constexpr std::string_view namesFolder = "names";
std::string encode(const std::vector<NamedContainer> &containers);
std::vector<NamedContainer> decodeNames(std::string_view text); // lines that are none are passed over
// Empty when nobody is on it.
Result<std::vector<NamedContainer>> readNames(int dataFolder, const std::string &networkId);

// A part of a file of hosts, between "# TITLE" and "# end of TITLE", is ours; the rest is the container's, which
// may change it. No lines: no part.
std::string hostsWithPart(std::string_view hosts, std::string_view title, const std::vector<HostLine> &lines);
std::string hostsWithoutParts(std::string_view hosts);
std::string addressText(std::uint32_t address);

// The container is on the network from now on: its own file of hosts gets its own names (those of its host first)
// there and its links,
// and on networks with names everybody learns of everybody. Files are written in place: they are mounted.
// A file that its container has closed to us keeps what it says.
Result<> publishNames(
    int dataFolder, const std::string &containerId, const std::vector<std::string> &ownNames, const NetworkSpec &network);
// And the opposite. Never fails for what is gone already.
Result<> withdrawNames(int dataFolder, const std::string &containerId, const std::string &networkId);
// No part of ours is left in the container's file of hosts: what a killed monitor left.
void forgetHosts(int dataFolder, const std::string &containerId);
// The network itself is gone.
void forgetNames(int dataFolder, const std::string &networkId);

} // namespace berth
