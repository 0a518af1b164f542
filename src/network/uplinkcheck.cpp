// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/uplinkcheck.h"

#include "base/io.h"
#include "wire/helpermessage.h"

#include <cerrno>
#include <format>

#include <fcntl.h>
#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace berth {
namespace {

// Between two ends of a veth pair an answer takes some microseconds; a busy machine may take its time.
constexpr int answerMilliseconds = 20;

int readNumber(const std::string &path)
{
    const auto text = readSmallFile(AT_FDCWD, path, 16);
    return text && text->size() == 2 ? (*text)[0] - '0' : -1;
}

struct Rules {
    bool from = false, to = false, guard = false, end = false;
};

Result<Rules> readRules(Netlink &host, std::uint32_t hostAddress)
{
    NetlinkMessage message;
    message.begin(RTM_GETRULE, NLM_F_DUMP).header<fib_rule_hdr>().family = AF_INET;
    const auto answers = host.ask("cannot list routing policy rules", message);
    if (!answers)
        return std::unexpected(answers.error());
    Rules rules;
    const std::string name = uplinkHostName(hostAddress);
    for (const nlmsghdr &answer : NetlinkAnswers(*answers)) {
        const auto attribute = [&answer](std::uint16_t type) { return findAttribute(answer, sizeof(fib_rule_hdr), type); };
        switch (attributeU32(attribute(FRA_PRIORITY))) {
        case helper::uplinkFromPriority: rules.from = rules.from || name == attributeText(attribute(FRA_IIFNAME)); break;
        case helper::uplinkToPriority: rules.to = rules.to || attributeU32(attribute(FRA_DST)) == htonl(hostAddress + 1); break;
        case helper::uplinkGuardPriority: rules.guard = true; break;
        case helper::uplinkEndPriority: rules.end = true; break;
        default: break;
        }
    }
    return rules;
}

Result<std::uint32_t> findAddress(Netlink &inside, int index)
{
    NetlinkMessage message;
    auto &wanted = message.begin(RTM_GETADDR, NLM_F_DUMP).header<ifaddrmsg>();
    wanted.ifa_family = AF_INET;
    wanted.ifa_index = static_cast<std::uint32_t>(index);
    const auto answers = inside.ask("cannot list the uplink's addresses", message);
    if (!answers)
        return std::unexpected(answers.error());
    for (const nlmsghdr &answer : NetlinkAnswers(*answers)) {
        const auto *header = netlinkHeader<ifaddrmsg>(answer);
        if (header && header->ifa_prefixlen == 31)
            return ntohl(attributeU32(findAttribute(answer, sizeof(ifaddrmsg), IFA_LOCAL)));
    }
    return 0;
}

// Whether the router sends by the uplink what it has no other way for (an address that nobody has).
bool leadsOut(Netlink &inside, int index)
{
    NetlinkMessage message;
    auto &header = message.begin(RTM_GETROUTE, 0).header<rtmsg>();
    header.rtm_family = AF_INET;
    header.rtm_dst_len = 32;
    message.u32be(RTA_DST, helper::uplinkProbeAddress);
    const auto answers = inside.ask("cannot look for the default route", message);
    if (!answers)
        return false;
    for (const nlmsghdr &answer : NetlinkAnswers(*answers))
        if (attributeU32(findAttribute(answer, sizeof(rtmsg), RTA_OIF)) == static_cast<std::uint32_t>(index))
            return true;
    return false;
}

} // namespace

std::string uplinkHostName(std::uint32_t hostAddress) { return std::format("{}{:08x}", helper::uplinkHostPrefix, hostAddress); }

Result<std::optional<InnerLink>> findInnerLink(Netlink &inside)
{
    NetlinkMessage message;
    message.begin(RTM_GETLINK, 0).header<ifinfomsg>();
    message.text(IFLA_IFNAME, helper::uplinkInnerName);
    const auto answers = inside.ask("cannot look for the uplink", message);
    if (!answers && answers.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (!answers)
        return std::unexpected(answers.error());
    for (const nlmsghdr &answer : NetlinkAnswers(*answers)) {
        const auto *header = netlinkHeader<ifinfomsg>(answer);
        if (!header)
            continue;
        InnerLink link;
        link.index = header->ifi_index;
        link.isUp = (header->ifi_flags & IFF_UP) != 0;
        link.hostIndex = static_cast<int>(attributeU32(findAttribute(answer, sizeof(ifinfomsg), IFLA_LINK)));
        link.mtu = attributeU32(findAttribute(answer, sizeof(ifinfomsg), IFLA_MTU));
        const auto address = findAddress(inside, link.index);
        if (!address)
            return std::unexpected(address.error());
        link.address = *address;
        return link;
    }
    return std::nullopt;
}

Result<> configureInnerLink(Netlink &inside, const InnerLink &link, std::uint32_t hostAddress)
{
    // A change takes a lock that the whole machine has one of, and empties caches of routes.
    if (link.isUp && link.address == hostAddress + 1 && leadsOut(inside, link.index))
        return {};
    NetlinkMessage message;
    auto &address = message.begin(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE).header<ifaddrmsg>();
    address.ifa_family = AF_INET;
    address.ifa_prefixlen = 31;
    address.ifa_index = static_cast<std::uint32_t>(link.index);
    message.u32be(IFA_LOCAL, hostAddress + 1).u32be(IFA_ADDRESS, hostAddress + 1);
    auto &up = message.begin(RTM_SETLINK, 0).header<ifinfomsg>();
    up.ifi_index = link.index;
    up.ifi_flags = up.ifi_change = IFF_UP;
    auto &route = message.begin(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE).header<rtmsg>();
    route.rtm_family = AF_INET;
    route.rtm_table = RT_TABLE_MAIN;
    route.rtm_protocol = RTPROT_STATIC;
    route.rtm_type = RTN_UNICAST;
    route.rtm_scope = RT_SCOPE_UNIVERSE;
    message.u32be(RTA_GATEWAY, hostAddress).u32(RTA_OIF, static_cast<std::uint32_t>(link.index));
    auto &neighbour = message.begin(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE).header<ndmsg>();
    neighbour.ndm_family = AF_INET;
    neighbour.ndm_ifindex = link.index;
    neighbour.ndm_state = NUD_PERMANENT;
    const auto hardware = helper::uplinkHardwareAddress(hostAddress, true);
    message.u32be(NDA_DST, hostAddress).bytes(NDA_LLADDR, hardware.data(), hardware.size());
    return inside.request("cannot configure the uplink", message);
}

bool isHostSideRight(std::uint32_t hostAddress, int hostIndex)
{
    const std::string name = uplinkHostName(hostAddress);
    if (hostIndex <= 0 || static_cast<int>(::if_nametoindex(name.c_str())) != hostIndex
        || readNumber("/proc/sys/net/ipv4/conf/" + name + "/forwarding") != 1)
        return false;
    const bool isForwardingForAll = readNumber("/proc/sys/net/ipv4/ip_forward") == 1;
    auto host = Netlink::open();
    const auto rules = host ? readRules(*host, hostAddress) : std::unexpected(host.error());
    return rules && rules->from && rules->to && rules->end && rules->guard != isForwardingForAll;
}

bool doesFirewallAnswer(int socket, int milliseconds)
{
    sockaddr_in probe{};
    probe.sin_family = AF_INET;
    probe.sin_addr.s_addr = htonl(helper::uplinkProbeAddress);
    probe.sin_port = htons(helper::uplinkProbePort);
    if (::fcntl(socket, F_SETFL, O_NONBLOCK) < 0)
        return false;
    for (int waited = 0; waited < milliseconds; waited += answerMilliseconds) {
        sockaddr none{};
        none.sa_family = AF_UNSPEC;
        int error = 0;
        socklen_t size = sizeof error;
        pollfd answered{socket, POLLOUT, 0};
        // An attempt that has no answer yet is given up, or its next one would come a second later.
        [[maybe_unused]] const int undone = ::connect(socket, &none, sizeof none);
        if (::connect(socket, reinterpret_cast<const sockaddr *>(&probe), sizeof probe) < 0 && errno != EINPROGRESS)
            error = errno;
        else if (::poll(&answered, 1, answerMilliseconds) == 1)
            ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error == ECONNREFUSED)
            return true;
        if (error != 0 && waited + answerMilliseconds < milliseconds)
            ::poll(nullptr, 0, answerMilliseconds);
    }
    return false;
}

} // namespace berth
