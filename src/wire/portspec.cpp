// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/portspec.h"

#include "wire/encoding.h"

#include <charconv>
#include <format>

namespace berth {
namespace {

// The word before the next separator, which is taken away with it.
std::string_view takeWord(std::string_view &text, char separator)
{
    const auto end = text.find(separator);
    const auto word = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return word;
}

bool toPort(std::string_view word, std::uint16_t &port)
{
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), port);
    return error == std::errc() && end == word.data() + word.size() && port != 0;
}

} // namespace

std::string_view protocolName(PortProtocol protocol) { return protocol == PortProtocol::Udp ? "udp" : "tcp"; }

void encode(Encoder &out, const PortSpec &port)
{
    out.text(port.hostAddress);
    out.number(port.firstHostPort);
    out.number(port.lastHostPort);
    out.number(port.containerPort);
    out.number(static_cast<std::uint8_t>(port.protocol));
}

PortSpec decodePortSpec(Decoder &in)
{
    PortSpec port;
    port.hostAddress = in.text();
    port.firstHostPort = in.number<std::uint16_t>();
    port.lastHostPort = in.number<std::uint16_t>();
    port.containerPort = in.number<std::uint16_t>();
    port.protocol = in.enumeration(PortProtocol::Udp);
    if (port.lastHostPort < port.firstHostPort || port.containerPort == 0)
        in.reject();
    return port;
}

void encode(Encoder &out, const PublishedPort &port)
{
    out.text(port.hostAddress);
    out.number(port.hostPort);
    out.number(port.containerPort);
    out.number(static_cast<std::uint8_t>(port.protocol));
}

PublishedPort decodePublishedPort(Decoder &in)
{
    PublishedPort port;
    port.hostAddress = in.text();
    port.hostPort = in.number<std::uint16_t>();
    port.containerPort = in.number<std::uint16_t>();
    port.protocol = in.enumeration(PortProtocol::Udp);
    return port;
}

std::string portsText(const std::vector<PublishedPort> &ports)
{
    std::string text;
    for (const auto &port : ports)
        text += std::format("{}{} {} {} {}", text.empty() ? "" : ";", port.hostAddress, port.hostPort, port.containerPort,
            protocolName(port.protocol));
    return text;
}

Result<std::vector<PublishedPort>> parsePortsText(std::string_view text)
{
    std::vector<PublishedPort> ports;
    while (!text.empty()) {
        auto one = takeWord(text, ';');
        PublishedPort port;
        port.hostAddress = takeWord(one, ' ');
        const bool hasNumbers = toPort(takeWord(one, ' '), port.hostPort) && toPort(takeWord(one, ' '), port.containerPort);
        if (one != "tcp" && one != "udp")
            return fail(ErrorCode::Corrupt, "a published port has no protocol");
        port.protocol = one == "udp" ? PortProtocol::Udp : PortProtocol::Tcp;
        if (!hasNumbers || port.hostAddress.empty())
            return fail(ErrorCode::Corrupt, "a published port has no number");
        ports.push_back(std::move(port));
    }
    return ports;
}

} // namespace berth
