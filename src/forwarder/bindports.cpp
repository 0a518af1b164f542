// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "forwarder/bindports.h"

#include "forwarder/portowner.h"

#include <cerrno>
#include <cstring>
#include <format>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace berth::forwarder {
namespace {

constexpr int backlog = 4096;       // the kernel's own limit (net.core.somaxconn), by default
constexpr int freePortTries = 32;   // a free port of one family may be taken in the other

struct Address {
    sockaddr_storage bytes{};
    socklen_t size = 0;
    std::string text;
    bool isOptional = false;      // a machine without IPv6 has only the other
};

void setPort(Address &address, std::uint16_t port)
{
    // At the same place in both families.
    reinterpret_cast<sockaddr_in &>(address.bytes).sin_port = htons(port);
}

Result<Address> parseAddress(const std::string &text)
{
    Address address;
    address.text = text;
    auto &four = reinterpret_cast<sockaddr_in &>(address.bytes);
    auto &six = reinterpret_cast<sockaddr_in6 &>(address.bytes);
    if (::inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        address.size = sizeof four;
        return address;
    }
    if (::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1) {
        six.sin6_family = AF_INET6;
        address.size = sizeof six;
        return address;
    }
    return fail(ErrorCode::InvalidArgument, "invalid IP address: " + text);
}

Result<std::vector<Address>> addressesOf(const PortSpec &port)
{
    std::vector<Address> addresses;
    for (const auto *text : {"0.0.0.0", "::"}) {
        auto address = parseAddress(port.hostAddress.empty() ? text : port.hostAddress);
        if (!address)
            return std::unexpected(address.error());
        address->isOptional = !addresses.empty();
        addresses.push_back(std::move(*address));
        if (!port.hostAddress.empty())
            break;
    }
    return addresses;
}

// errno when it fails.
UniqueFd bindSocket(const Address &address, PortProtocol protocol)
{
    const bool isTcp = protocol == PortProtocol::Tcp;
    const int family = address.bytes.ss_family;
    const int type = (isTcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
    UniqueFd socket(::socket(family, type, 0));
    const int on = 1;
    if (socket && family == AF_INET6)
        ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (socket && isTcp) // what is left of former connections is in nobody's way; with UDP it would share the port
        ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!socket || ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address.bytes), address.size) < 0
        || (isTcp && ::listen(socket.get(), backlog) < 0)) {
        const int error = errno;
        socket.reset();
        errno = error;
    }
    return socket;
}

std::uint16_t portOf(int socket)
{
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    ::getsockname(socket, reinterpret_cast<sockaddr *>(&name), &size);
    return ntohs(reinterpret_cast<const sockaddr_in &>(name).sin_port);
}

bool isMissingFamily(int error) { return error == EAFNOSUPPORT || error == EADDRNOTAVAIL; }

// All addresses at one port (0: what the kernel gives for the first). 0, or an errno.
int bindAll(std::vector<Address> &addresses, const PortSpec &spec, std::uint16_t port, std::vector<BoundPort> &bound)
{
    const auto count = bound.size();
    for (auto &address : addresses) {
        setPort(address, port);
        UniqueFd socket = bindSocket(address, spec.protocol);
        if (!socket && address.isOptional && isMissingFamily(errno))
            continue;
        if (!socket) {
            const int error = errno;
            bound.resize(count);
            return error;
        }
        port = portOf(socket.get());
        bound.push_back({std::move(socket), {address.text, port, spec.containerPort, spec.protocol}});
    }
    return 0;
}

std::string joined(const std::string &address, std::uint16_t port)
{
    return address.contains(':') ? std::format("[{}]:{}", address, port) : std::format("{}:{}", address, port);
}

std::string addressText(std::uint32_t address)
{
    return std::format("{}.{}.{}.{}", address >> 24, address >> 16 & 0xff, address >> 8 & 0xff, address & 0xff);
}

std::unexpected<Error> refusal(
    const PortSpec &spec, const std::string &address, std::uint16_t port, std::uint32_t target, int error)
{
    const std::string owner = error == EADDRINUSE ? portOwner(spec.protocol, port) : std::string();
    if (owner.starts_with("container "))
        return fail(ErrorCode::WrongState,
            std::format("Bind for {} failed: port is already allocated (by {})", joined(address, port), owner));
    std::string reason = error == EADDRINUSE ? "address already in use"
        : error == EACCES                    ? "permission denied"
        : error == EADDRNOTAVAIL             ? "cannot assign requested address"
                                             : std::strerror(error);
    if (!owner.empty())
        reason += " (by " + owner + ')';
    if (error == EACCES)
        reason += " (only root may use ports below net.ipv4.ip_unprivileged_port_start of sysctl)";
    return fail(ErrorCode::WrongState,
        std::format("failed to bind host port for {}:{}/{}: {}", joined(address, port),
            joined(addressText(target), spec.containerPort), protocolName(spec.protocol), reason));
}

Result<> bindOne(const PortSpec &spec, std::uint32_t target, std::vector<BoundPort> &bound)
{
    auto addresses = addressesOf(spec);
    if (!addresses)
        return std::unexpected(addresses.error());
    int error = 0;
    std::uint16_t port = spec.firstHostPort;
    for (int tries = 1;; ++tries) {
        error = bindAll(*addresses, spec, port, bound);
        if (error == 0)
            return {};
        const bool isLast = port == 0 ? tries == freePortTries : port == spec.lastHostPort;
        if (error != EADDRINUSE || isLast)
            break;
        if (port != 0)
            ++port;
    }
    return refusal(spec, addresses->front().text, port, target, error);
}

} // namespace

Result<std::vector<BoundPort>> bindPorts(std::span<const PortSpec> ports, std::uint32_t target)
{
    std::vector<BoundPort> bound;
    for (const auto &spec : ports) {
        if (auto done = bindOne(spec, target, bound); !done)
            return std::unexpected(done.error());
    }
    return bound;
}

} // namespace berth::forwarder
