// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace berth {

// Which network namespace a container is in: one of its own, the host's, or another container's, whose
// descriptor comes beside the start.
enum class NetworkKind : std::uint8_t { Own, Host, Shared };

// What a file of hosts says: an address and who is there.
struct HostLine {
    std::uint32_t address = 0; // 10.0.0.1 is 0x0a000001, as everywhere here
    std::vector<std::string> names;

    friend bool operator==(const HostLine &, const HostLine &) = default;
};

// A container's place on one network.
struct NetworkSpec {
    std::string id;           // of the network, 64 hex digits
    std::string name;         // of the network, for events
    std::string driver;       // "bridge"; "host" and "null" make no interface
    std::uint32_t address = 0;
    std::uint32_t gateway = 0;
    std::uint8_t prefix = 0;
    std::array<std::uint8_t, 6> mac{};
    std::uint8_t position = 0; // the interface is called eth<position>
    bool internal = false;    // no way out
    bool hasNames = false;    // containers on it find each other by name
    std::vector<std::string> names; // under which this one is found
    std::vector<HostLine> links; // --link: what only this one knows

    [[nodiscard]] bool hasInterface() const { return driver == "bridge"; }
    friend bool operator==(const NetworkSpec &, const NetworkSpec &) = default;
};

class Encoder;
class Decoder;
void encode(Encoder &out, const NetworkSpec &network);
NetworkSpec decodeNetworkSpec(Decoder &in);

} // namespace berth
