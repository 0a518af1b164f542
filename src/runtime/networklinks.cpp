// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/networklinks.h"

#include "runtime/procfiles.h"
#include "wire/routermessage.h"

#include <cstring>
#include <format>

#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr int loopbackIndex = 1; // in every namespace, since Linux 2.6.24
constexpr int maxTries = 10;     // to get a bridge before others take it away

// Through a socket of the right namespace; 0: there is none of that name.
int indexOf(int socket, const std::string &name)
{
    ifreq request{};
    std::strncpy(request.ifr_name, name.c_str(), IFNAMSIZ - 1);
    return ::ioctl(socket, SIOCGIFINDEX, &request) == 0 ? request.ifr_ifindex : 0;
}

Result<UniqueFd> openIndexSocket()
{
    UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return failErrno("cannot make a socket");
    return socket;
}

void putAddress(NetlinkMessage &message, std::uint16_t flags, int index, std::uint32_t address, std::uint8_t prefix)
{
    auto &header = message.begin(RTM_NEWADDR, static_cast<std::uint16_t>(NLM_F_CREATE | flags)).header<ifaddrmsg>();
    header.ifa_family = AF_INET;
    header.ifa_prefixlen = prefix;
    header.ifa_scope = RT_SCOPE_UNIVERSE;
    header.ifa_index = static_cast<unsigned>(index);
    message.u32be(IFA_LOCAL, address);
    message.u32be(IFA_ADDRESS, address);
    const std::uint32_t broadcast = address | (prefix == 0 ? ~0U : prefix >= 32 ? 0 : ~0U >> prefix);
    message.u32be(IFA_BROADCAST, broadcast);
}

void putUp(NetlinkMessage &message, int index)
{
    auto &header = message.begin(RTM_NEWLINK, 0).header<ifinfomsg>();
    header.ifi_index = index;
    header.ifi_flags = header.ifi_change = IFF_UP;
}

void putGateway(NetlinkMessage &message, std::uint32_t gateway)
{
    auto &header = message.begin(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE).header<rtmsg>();
    header.rtm_family = AF_INET;
    header.rtm_table = RT_TABLE_MAIN;
    header.rtm_protocol = RTPROT_BOOT;
    header.rtm_type = RTN_UNICAST;
    message.u32be(RTA_GATEWAY, gateway);
}

const NetworkSpec *wayOut(const std::vector<NetworkSpec> &networks)
{
    for (const auto &network : networks) {
        if (network.hasInterface() && !network.internal)
            return &network;
    }
    return nullptr;
}

// 0: it has none.
std::uint32_t settingOf(int socket, const char *name, unsigned long which)
{
    ifreq request{};
    std::strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (::ioctl(socket, which, &request) < 0)
        return 0;
    sockaddr_in value{};
    std::memcpy(&value, &request.ifr_addr, sizeof value);
    return ntohl(value.sin_addr.s_addr);
}

bool hasPort(const struct if_nameindex *all, std::string_view bridge)
{
    const std::string beginning = 'v' + std::string(bridge.substr(3, 6)); // see pairName
    for (auto *one = all; one->if_name; ++one) {
        if (std::string_view(one->if_name).starts_with(beginning))
            return true;
    }
    return false;
}

// Another store of this user may have left a bridge with the same addresses. What the router itself sends or is sent
// would meet its route first. Nobody is on it, and it is made again when somebody wants it. False: somebody is.
bool removeIdleTwins(Netlink &router, int socket, const NetworkSpec &network)
{
    const std::string own = router::bridgeName(network.id, network.internal);
    const auto *all = ::if_nameindex();
    bool isFree = true;
    for (auto *one = all; one && one->if_name; ++one) {
        const std::string_view name = one->if_name;
        const std::uint32_t address = settingOf(socket, one->if_name, SIOCGIFADDR);
        const std::uint32_t mask = settingOf(socket, one->if_name, SIOCGIFNETMASK)
            & (network.prefix == 0 ? 0 : ~0U << (32 - network.prefix));
        const bool isOurs = (name.starts_with("br-") || name.starts_with("in-")) && name != own; // own: somebody else was faster
        if (!isOurs || address == 0 || (address & mask) != (network.gateway & mask))
            continue;
        if (hasPort(all, name)) {
            isFree = false;
            continue;
        }
        NetlinkMessage link;
        link.begin(RTM_DELLINK, 0).header<ifinfomsg>();
        link.text(IFLA_IFNAME, one->if_name);
        (void)router.request("cannot remove a bridge that nobody uses", link);
    }
    ::if_freenameindex(const_cast<struct if_nameindex *>(all));
    return isFree;
}

// A container that has ended leaves its port for as long as the kernel needs to take its namespace apart.
void awaitFreeAddresses(Netlink &router, int socket, const NetworkSpec &network)
{
    constexpr int patience = 20;
    for (int tries = 0; !removeIdleTwins(router, socket, network) && tries < patience; ++tries)
        ::usleep(25'000);
}

// The hardware address of the gateway never changes: a bridge without one takes that of whichever port is lowest.
Result<int> makeBridge(Netlink &router, int socket, const NetworkSpec &network)
{
    awaitFreeAddresses(router, socket, network);
    const std::string name = router::bridgeName(network.id, network.internal);
    NetlinkMessage link;
    auto &header = link.begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL).header<ifinfomsg>();
    header.ifi_flags = header.ifi_change = IFF_UP;
    link.text(IFLA_IFNAME, name.c_str());
    std::uint8_t mac[6] = {0x02, 0x42};
    const std::uint32_t gateway = htonl(network.gateway);
    std::memcpy(mac + 2, &gateway, sizeof gateway);
    link.bytes(IFLA_ADDRESS, mac, sizeof mac);
    {
        const auto info = link.nest(IFLA_LINKINFO);
        link.text(IFLA_INFO_KIND, "bridge");
    }
    const std::string action = "cannot make the bridge of network " + network.name;
    if (auto made = router.request(action, link); !made && made.error().code != ErrorCode::AlreadyExists)
        return std::unexpected(made.error());
    const int index = indexOf(socket, name);
    if (index == 0)
        return fail(ErrorCode::Internal, action + ": it vanished");
    NetlinkMessage address;
    putAddress(address, NLM_F_EXCL, index, network.gateway, network.prefix);
    if (auto set = router.request(action, address); !set && set.error().code != ErrorCode::AlreadyExists)
        return std::unexpected(set.error());
    return index;
}

Result<> makePair(Netlink &router, const NetworkSpec &network, int bridge, const Place &place)
{
    NetlinkMessage pair;
    auto &header = pair.begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL).header<ifinfomsg>();
    header.ifi_flags = header.ifi_change = IFF_UP;
    pair.text(IFLA_IFNAME, pairName(network.id, network.address).c_str());
    pair.u32(IFLA_MASTER, static_cast<std::uint32_t>(bridge));
    {
        const auto info = pair.nest(IFLA_LINKINFO);
        pair.text(IFLA_INFO_KIND, "veth");
        const auto data = pair.nest(IFLA_INFO_DATA);
        const auto peer = pair.nest(VETH_INFO_PEER);
        pair.header<ifinfomsg>();
        pair.text(IFLA_IFNAME, interfaceName(network).c_str());
        pair.bytes(IFLA_ADDRESS, network.mac.data(), network.mac.size());
        if (place.networkNamespace >= 0)
            pair.u32(IFLA_NET_NS_FD, static_cast<std::uint32_t>(place.networkNamespace));
        else
            pair.u32(IFLA_NET_NS_PID, static_cast<std::uint32_t>(place.process));
    }
    return router.request("cannot connect the container to network " + network.name, pair);
}

} // namespace

std::string pairName(std::string_view networkId, std::uint32_t address)
{
    return std::format("v{}{:08x}", networkId.substr(0, 6), address);
}

std::string interfaceName(const NetworkSpec &network) { return "eth" + std::to_string(network.position); }

Result<> makeLink(Netlink &router, const NetworkSpec &network, const Place &place)
{
    const auto socket = openIndexSocket();
    if (!socket)
        return std::unexpected(socket.error());
    const std::string name = router::bridgeName(network.id, network.internal);
    for (int tries = 1;; ++tries) {
        int bridge = indexOf(socket->get(), name);
        if (bridge == 0) {
            const auto found = makeBridge(router, socket->get(), network);
            const bool isThere = indexOf(socket->get(), name) != 0;
            if (!isThere && tries < maxTries)
                continue; // taken away again
            if (!found)
                return std::unexpected(found.error());
            bridge = *found;
        }
        auto made = makePair(router, network, bridge, place);
        if (made || tries == maxTries)
            return made;
        if (made.error().code == ErrorCode::AlreadyExists) {
            // Whoever had this address has ended; the kernel takes its namespace apart in its own time. Only the
            // router's end can be in the way: in place there are no two of one position.
            if (auto removed = removeLink(router, network); !removed && removed.error().code != ErrorCode::NotFound)
                return removed;
        } else if (indexOf(socket->get(), name) == bridge) {
            return made;
        } // else another store of this user found the bridge idle, and in its way
    }
}

Result<> removeLink(Netlink &router, const NetworkSpec &network)
{
    NetlinkMessage link;
    link.begin(RTM_DELLINK, 0).header<ifinfomsg>();
    link.text(IFLA_IFNAME, pairName(network.id, network.address).c_str());
    return router.request("cannot disconnect the container from network " + network.name, link);
}

Result<> configureLinks(const std::vector<NetworkSpec> &networks, int proc)
{
    const auto socket = openIndexSocket();
    auto netlink = Netlink::open();
    if (!socket || !netlink)
        return std::unexpected(socket ? netlink.error() : socket.error());
    NetlinkMessage message;
    putUp(message, loopbackIndex);
    for (const auto &network : networks) {
        if (!network.hasInterface())
            continue;
        const std::string name = interfaceName(network);
        const int index = indexOf(socket->get(), name);
        if (index == 0)
            return fail(ErrorCode::Internal, "the interface " + name + " is missing");
        // Before it is up: neighbours must not be believed about routes, and nobody gave it an address of that
        // family. Without IPv6 in the kernel there is no such file.
        auto off = writeProcFile(proc, "sys/net/ipv6/conf/" + name + "/disable_ipv6", "1");
        if (!off && off.error().code != ErrorCode::NotFound)
            return off;
        putAddress(message, NLM_F_EXCL, index, network.address, network.prefix);
        putUp(message, index);
    }
    if (const auto *way = wayOut(networks))
        putGateway(message, way->gateway);
    return netlink->request("cannot set up the container's interfaces", message);
}

Result<> chooseGateway(Netlink &container, const std::vector<NetworkSpec> &networks)
{
    const auto *way = wayOut(networks);
    if (!way)
        return {};
    NetlinkMessage message;
    putGateway(message, way->gateway);
    return container.request("cannot set the container's way out", message);
}

} // namespace berth
