// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/uplink.h"

#include "holder/askhelper.h"
#include "network/insidesocket.h"
#include "network/uplinkcheck.h"
#include "wire/helpermessage.h"

#include <array>
#include <cstring>
#include <format>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

namespace berth {
namespace {

constexpr int readyMilliseconds = 500;

struct Inside {
    Netlink netlink;
    UniqueFd probe;
};

Result<Inside> lookInside(const HolderLinks &links)
{
    constexpr std::array kinds{SocketKind{AF_NETLINK, SOCK_RAW, NETLINK_ROUTE}, SocketKind{AF_INET, SOCK_STREAM, 0}};
    auto sockets = openInside(links, kinds);
    if (!sockets)
        return std::unexpected(sockets.error());
    return Inside{Netlink::adopt(std::move((*sockets)[0])), std::move((*sockets)[1])};
}

Result<HelperAnswer> ask(const HolderLinks &links, helper::Operation operation)
{
    const std::array fds{links.userNamespace.get(), links.networkNamespace.get()};
    return askHelper(operation, helper::MapProfile::None, fds);
}

Uplink describe(const InnerLink &link, std::uint32_t hostAddress)
{
    return {helper::uplinkInnerName, hostAddress + 1, hostAddress, link.mtu};
}

Result<Uplink> check(Inside &inside)
{
    const auto found = findInnerLink(inside.netlink);
    if (!found)
        return std::unexpected(found.error());
    if (!*found || (*found)->address == 0)
        return fail(ErrorCode::NotFound, "the holder's network has no uplink");
    const InnerLink &link = **found;
    const std::uint32_t hostAddress = link.address & ~std::uint32_t{1};
    if (!isHostSideRight(hostAddress, link.hostIndex))
        return fail(ErrorCode::NotFound, "the host's end of the uplink is not as it must be");
    const auto configured = configureInnerLink(inside.netlink, link, hostAddress);
    if (!configured)
        return std::unexpected(configured.error());
    if (!doesFirewallAnswer(inside.probe.get()))
        return fail(ErrorCode::NotFound, "the host's firewall does not know the uplink");
    return describe(link, hostAddress);
}

// Something else has the uplink's name: an end whose other end is no longer the host's, or is moved. Its
// owner, who is asking, can have put it there only himself.
Result<> removeInnerLink(Netlink &inside)
{
    NetlinkMessage message;
    message.begin(RTM_DELLINK, 0).header<ifinfomsg>();
    message.text(IFLA_IFNAME, helper::uplinkInnerName);
    const auto removed = inside.request("cannot remove what is named like the uplink", message);
    if (!removed && removed.error().code != ErrorCode::NotFound)
        return removed;
    return {};
}

// NotFound: the helper made one, or knows of one, and inside is another or none.
Result<Uplink> make(Inside &inside, const HolderLinks &links)
{
    const auto answer = ask(links, helper::Operation::UplinkEnsure);
    if (!answer)
        return std::unexpected(answer.error());
    const std::uint32_t hostAddress = answer->reply.uplink.hostAddress;
    const auto found = findInnerLink(inside.netlink);
    if (!found)
        return std::unexpected(found.error());
    if (!*found || static_cast<int>(::if_nametoindex(uplinkHostName(hostAddress).c_str())) != (*found)->hostIndex)
        return fail(ErrorCode::NotFound, "the uplink that berth-helper made is not in the holder's network");
    const auto configured = configureInnerLink(inside.netlink, **found, hostAddress);
    if (!configured)
        return std::unexpected(configured.error());
    // If it never answers, somebody's rules stop the answer and nothing else; then each check asks the helper.
    doesFirewallAnswer(inside.probe.get(), readyMilliseconds);
    return describe(**found, hostAddress);
}

} // namespace

Result<Uplink> checkUplink(const HolderLinks &links)
{
    auto inside = lookInside(links);
    return inside ? check(*inside) : std::unexpected(inside.error());
}

Result<Uplink> ensureUplink(const HolderLinks &links)
{
    auto inside = lookInside(links);
    if (!inside)
        return std::unexpected(inside.error());
    auto uplink = check(*inside);
    if (uplink)
        return uplink;
    uplink = make(*inside, links);
    if (uplink)
        return uplink;
    // Once more from the beginning, when what is inside may have been in the way.
    const auto found = findInnerLink(inside->netlink);
    const bool isInTheWay = found && found->has_value() && uplink.error().code == ErrorCode::Unavailable;
    if (uplink.error().code != ErrorCode::NotFound && !isInTheWay)
        return uplink;
    const auto removed = removeInnerLink(inside->netlink);
    if (!removed)
        return std::unexpected(removed.error());
    const auto released = releaseUplink(links);
    if (!released)
        return std::unexpected(released.error());
    return make(*inside, links);
}

Result<> releaseUplink(const HolderLinks &links)
{
    const auto answer = ask(links, helper::Operation::UplinkRelease);
    if (!answer)
        return std::unexpected(answer.error());
    return {};
}

Result<std::string> explainUplink(const HolderLinks &links)
{
    const auto answer = ask(links, helper::Operation::UplinkEnsure);
    if (!answer)
        return std::unexpected(answer.error());
    const helper::UplinkAnswer &found = answer->reply.uplink;
    if (found.forwarded <= found.left)
        return std::string();
    const std::string suspect(found.suspect.data(), ::strnlen(found.suspect.data(), found.suspect.size()));
    const std::string name = uplinkHostName(found.hostAddress);
    std::string sentence = std::format("{} of {} packets that containers sent to the network were dropped by this machine's "
                                       "firewall",
        found.forwarded - found.left, found.forwarded);
    if (!suspect.empty())
        sentence += std::format(", probably by the chain '{}', which lets through only what its rules accept", suspect);
    sentence += std::format("; let it accept what is forwarded from and to interfaces named {}*", helper::uplinkHostPrefix);
    if (suspect.starts_with("inet firewalld"))
        sentence += std::format(": 'sudo firewall-cmd --permanent --zone=trusted --add-interface={}'", name);
    else if (suspect.starts_with("ip filter") || suspect.starts_with("iptables-legacy"))
        sentence += ": 'sudo iptables -I FORWARD -i berth-+ -j ACCEPT' and 'sudo iptables -I FORWARD -o berth-+ -j ACCEPT'";
    return sentence;
}

} // namespace berth
