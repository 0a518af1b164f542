// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

class Encoder;
class Decoder;

enum class PortProtocol : std::uint8_t { Tcp, Udp };

std::string_view protocolName(PortProtocol protocol); // "tcp", "udp"

// A port of the machine that is to lead to one of a container.
struct PortSpec {
    std::string hostAddress;           // "127.0.0.1", "::1"; empty: all addresses of both families
    std::uint16_t firstHostPort = 0;   // 0: any that is free
    std::uint16_t lastHostPort = 0;    // greater: the first of the range that is free
    std::uint16_t containerPort = 0;
    PortProtocol protocol = PortProtocol::Tcp;

    friend bool operator==(const PortSpec &, const PortSpec &) = default;
};

// One that does lead there. A PortSpec without an address makes two of these where the machine has IPv6.
struct PublishedPort {
    std::string hostAddress;           // "0.0.0.0", "::", or what was asked for
    std::uint16_t hostPort = 0;
    std::uint16_t containerPort = 0;
    PortProtocol protocol = PortProtocol::Tcp;

    friend bool operator==(const PublishedPort &, const PublishedPort &) = default;
};

void encode(Encoder &out, const PortSpec &port);
PortSpec decodePortSpec(Decoder &in);
void encode(Encoder &out, const PublishedPort &port);
PublishedPort decodePublishedPort(Decoder &in);

// As the run record has it: "0.0.0.0 8080 80 tcp;:: 8080 80 tcp".
std::string portsText(const std::vector<PublishedPort> &ports);
// Corrupt when it is anything else.
Result<std::vector<PublishedPort>> parsePortsText(std::string_view text);

} // namespace berth
