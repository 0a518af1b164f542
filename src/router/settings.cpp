// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "base/netlink.h"
#include "router/router.h"

#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

namespace berth::router {
namespace {

struct Value {
    const char *file; // below /proc/sys/net
    const char *value;
};
// "default" is what interfaces begin with that are made later. Bridged frames must not meet the rules for
// routed ones: they never leave their network.
constexpr Value values[] = {
    {"ipv4/ip_forward", "1"},
    {"ipv4/conf/all/rp_filter", "0"}, // the strictest of both counts
    {"ipv4/conf/default/rp_filter", "1"},
    {"ipv4/conf/all/accept_redirects", "0"},
    {"ipv4/conf/default/accept_redirects", "0"},
    {"ipv4/conf/all/send_redirects", "0"},
    {"ipv4/conf/default/send_redirects", "0"},
    {"ipv4/conf/all/arp_ignore", "1"}, // an address is that of its own bridge only
    // The bridge of a network that nobody uses may have been left by another store of this user, with the
    // same addresses: it has no port, and its route does not count.
    {"ipv4/conf/all/ignore_routes_with_linkdown", "1"},
    {"ipv4/conf/default/ignore_routes_with_linkdown", "1"},
    {"ipv4/ping_group_range", "0 2147483647"},
    {"ipv6/conf/all/disable_ipv6", "1"},
    {"ipv6/conf/default/disable_ipv6", "1"},
    {"bridge/bridge-nf-call-iptables", "0"},
    {"bridge/bridge-nf-call-ip6tables", "0"},
    {"bridge/bridge-nf-call-arptables", "0"},
};
// Without IPv6 or br_netfilter in the kernel; groups that the holder has not.
constexpr const char *mayFail[] = {"ipv6/", "bridge/", "ipv4/ping_group_range"};

} // namespace

Result<> setValues()
{
    const auto folder = openFile(AT_FDCWD, "/proc/sys/net", O_PATH | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    for (const auto &[name, value] : values) {
        const auto file = openFile(folder->get(), name, O_WRONLY);
        const auto written = file ? writeAll(file->get(), value) : std::unexpected(file.error());
        bool isWanted = true;
        for (const char *prefix : mayFail)
            isWanted = isWanted && !std::string_view(name).starts_with(prefix);
        if (!written && isWanted)
            return wrap(std::string("cannot set ") + name + " of the router", written.error());
    }
    return {};
}

Result<> removeBridge(const std::string &name)
{
    auto netlink = Netlink::open();
    if (!netlink)
        return std::unexpected(netlink.error());
    NetlinkMessage message;
    message.begin(RTM_DELLINK, 0).header<ifinfomsg>();
    message.text(IFLA_IFNAME, name.c_str());
    return netlink->request("cannot remove the bridge " + name, message);
}

} // namespace berth::router
