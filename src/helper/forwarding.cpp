// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/uplink.h"

#include <cerrno>

#include <fcntl.h>
#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <unistd.h>

namespace berth::helper {
namespace {

constexpr const char *recordName = "forwarding";
constexpr const char *globalSetting = "sys/net/ipv4/ip_forward";
constexpr const char *defaultSetting = "sys/net/ipv4/conf/default/forwarding";

// The file "forwarding": what the administrator had switched on before us. It is there exactly while we
// have switched on the rest.
struct ForwardingRecord {
    static constexpr std::size_t capacity = 64;
    char magic[8] = {'B', 'e', 'r', 't', 'h', 'F', 'w', '1'};
    std::uint32_t defaultWas = 0;
    std::uint32_t count = 0;
    char names[capacity][IFNAMSIZ] = {};

    [[nodiscard]] bool contains(const char *name) const
    {
        for (std::size_t i = 0; i < count; ++i)
            if (strncmp(names[i], name, IFNAMSIZ) == 0)
                return true;
        return false;
    }
    void add(const char *name)
    {
        if (count < capacity && strlen(name) < IFNAMSIZ)
            memcpy(names[count++], name, strlen(name));
    }
};

bool readRecord(int folder, ForwardingRecord &record)
{
    const UniqueFd file(openat(folder, recordName, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    ForwardingRecord found;
    if (!file || read(file.get(), &found, sizeof found) != sizeof found
        || memcmp(found.magic, record.magic, sizeof found.magic) != 0 || found.count > ForwardingRecord::capacity)
        return false;
    record = found;
    return true;
}

// ---- routing policy rules -------------------------------------------------------------------------

// The kernel's own protocol number: systemd-networkd removes rules of all others that it does not know.
fib_rule_hdr &putRule(NetlinkMessage &message, bool isNew, std::uint32_t priority, std::uint8_t action)
{
    auto &header = message
                       .begin(isNew ? RTM_NEWRULE : RTM_DELRULE,
                           isNew ? static_cast<std::uint16_t>(NLM_F_CREATE | NLM_F_EXCL) : std::uint16_t{0})
                       .header<fib_rule_hdr>();
    header.family = AF_INET;
    header.action = action;
    header.table = action == FR_ACT_TO_TBL ? RT_TABLE_LOCAL : RT_TABLE_UNSPEC;
    message.u32(FRA_PRIORITY, priority).u8(FRA_PROTOCOL, RTPROT_KERNEL);
    if (action == FR_ACT_GOTO)
        message.u32(FRA_GOTO, uplinkEndPriority);
    return header;
}

// One that is there already, or is gone already, is as wanted.
bool send(NetlinkSocket &route, NetlinkMessage &message)
{
    const int error = route.request(message);
    return error == 0 || error == EEXIST || error == ENOENT || error == ESRCH;
}

bool addStaticRule(NetlinkSocket &route, std::uint32_t priority, std::uint8_t action)
{
    NetlinkMessage message;
    auto &header = putRule(message, true, priority, action);
    if (action == FR_ACT_BLACKHOLE) {
        header.flags = FIB_RULE_INVERT; // all that does not come from this machine
        message.text(FRA_IIFNAME, "lo");
    }
    return send(route, message);
}

bool putInterfaceRule(NetlinkSocket &route, bool isNew, std::uint32_t priority, const char *name)
{
    NetlinkMessage message;
    putRule(message, isNew, priority, FR_ACT_GOTO);
    message.text(FRA_IIFNAME, name);
    return send(route, message);
}

bool putAddressRule(NetlinkSocket &route, bool isNew, std::uint32_t address)
{
    NetlinkMessage message;
    putRule(message, isNew, uplinkToPriority, FR_ACT_GOTO).dst_len = 32;
    message.u32be(FRA_DST, address);
    return send(route, message);
}

// What is for this machine itself stays untouched wherever its administrator keeps the rule for it.
bool addGuard(NetlinkSocket &route, const ForwardingRecord &record)
{
    bool isThere = addStaticRule(route, uplinkLocalPriority, FR_ACT_TO_TBL);
    for (std::size_t i = 0; i < record.count; ++i)
        isThere = putInterfaceRule(route, true, uplinkOthersPriority, record.names[i]) && isThere;
    return isThere && addStaticRule(route, uplinkGuardPriority, FR_ACT_BLACKHOLE);
}

// All of that priority that are ours (by the protocol).
void removeRules(NetlinkSocket &route, std::uint32_t priority)
{
    constexpr int most = 4096;
    NetlinkMessage message;
    putRule(message, false, priority, FR_ACT_UNSPEC);
    for (int count = 0; count < most && route.request(message) == 0; ++count) {}
}

void removeGuard(NetlinkSocket &route)
{
    for (const std::uint32_t priority : {uplinkGuardPriority, uplinkOthersPriority, uplinkLocalPriority})
        removeRules(route, priority);
}

bool hasGuard(NetlinkSocket &route)
{
    bool isThere = false;
    NetlinkMessage message;
    message.begin(RTM_GETRULE, NLM_F_DUMP).header<fib_rule_hdr>().family = AF_INET;
    route.ask(message, [&isThere](const nlmsghdr &answer) {
        isThere = isThere || attributeU32(findAttribute(answer, sizeof(fib_rule_hdr), FRA_PRIORITY)) == uplinkGuardPriority;
        return 0;
    });
    return isThere;
}

// ---- interfaces -----------------------------------------------------------------------------------

struct Interfaces {
    static constexpr std::size_t capacity = 128;
    int indexes[capacity];
    std::size_t count = 0;
};

// Gives take(index, name, forwards) each interface but the loopback one and our own.
template<typename F> bool forEachInterface(NetlinkSocket &route, F take)
{
    NetlinkMessage message;
    message.begin(RTM_GETLINK, NLM_F_DUMP).header<ifinfomsg>();
    return route.ask(message, [&take](const nlmsghdr &answer) {
        const auto *header = netlinkHeader<ifinfomsg>(answer);
        const char *name = attributeText(findAttribute(answer, sizeof(ifinfomsg), IFLA_IFNAME));
        const nlattr *families = findAttribute(answer, sizeof(ifinfomsg), IFLA_AF_SPEC);
        std::size_t size = 0;
        const void *settings = attributeBytes(findAttribute(findAttribute(families, AF_INET), IFLA_INET_CONF), size);
        std::uint32_t forwards = 0; // an array of all settings, without the zeroth
        if (!header || (header->ifi_flags & IFF_LOOPBACK) || std::string_view(name).starts_with(uplinkHostPrefix)
            || size < IPV4_DEVCONF_FORWARDING * sizeof forwards)
            return 0;
        memcpy(&forwards, static_cast<const char *>(settings) + (IPV4_DEVCONF_FORWARDING - 1) * sizeof forwards, sizeof forwards);
        take(header->ifi_index, name, forwards != 0);
        return 0;
    }) == 0;
}

// All that are not as wanted, in some rounds. One that goes away meanwhile is no failure.
bool setInterfaces(NetlinkSocket &route, bool forwards, const ForwardingRecord &except)
{
    constexpr int mostRounds = 32;
    for (int round = 0; round < mostRounds; ++round) {
        Interfaces found;
        const bool isListed = forEachInterface(route, [&](int index, const char *name, bool is) {
            if (is != forwards && !except.contains(name) && found.count < Interfaces::capacity)
                found.indexes[found.count++] = index;
        });
        if (!isListed)
            return false;
        if (found.count == 0)
            return true;
        for (std::size_t i = 0; i < found.count; ++i) {
            NetlinkMessage message;
            message.begin(RTM_SETLINK, 0).header<ifinfomsg>().ifi_index = found.indexes[i];
            {
                const auto families = message.nest(IFLA_AF_SPEC);
                const auto family = message.nest(AF_INET);
                const auto settings = message.nest(IFLA_INET_CONF);
                message.u32(IPV4_DEVCONF_FORWARDING, forwards ? 1 : 0);
            }
            route.request(message);
        }
    }
    return false;
}

} // namespace

int readSetting(int proc, const char *name)
{
    const UniqueFd file(openat(proc, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    char text[16] = {};
    const ssize_t size = file ? read(file.get(), text, sizeof text - 1) : -1;
    return size == 2 && text[0] >= '0' && text[0] <= '9' ? text[0] - '0' : -1;
}

bool writeSetting(int proc, const char *name, const char *value)
{
    const UniqueFd file(openat(proc, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC));
    return file && write(file.get(), value, 1) == 1;
}

bool addUplinkRules(NetlinkSocket &route, const UplinkRecord &uplink)
{
    return addStaticRule(route, uplinkEndPriority, FR_ACT_NOP)
        && putInterfaceRule(route, true, uplinkFromPriority, uplink.link().bytes)
        && putAddressRule(route, true, uplink.innerAddress());
}

void removeUplinkRules(NetlinkSocket &route, const UplinkRecord &uplink)
{
    putInterfaceRule(route, false, uplinkFromPriority, uplink.link().bytes);
    putAddressRule(route, false, uplink.innerAddress());
}

bool ensureForwarding(NetlinkSocket &route, int folder, int proc, bool isOurs)
{
    ForwardingRecord record;
    const int global = readSetting(proc, globalSetting);
    if (global < 0)
        return false;
    const bool isOnRecord = readRecord(folder, record);
    if (global != 0) {
        // Somebody wants the whole machine to forward, a container engine for instance, and has thereby
        // switched on every interface. What else it lets through is not ours to stop.
        if (isOnRecord || hasGuard(route))
            removeGuard(route);
        unlinkat(folder, recordName, 0);
        return true;
    }
    if (!isOnRecord) {
        if (!isOurs && !hasGuard(route)) {
            record.defaultWas = readSetting(proc, defaultSetting) > 0 ? 1 : 0;
            if (!forEachInterface(route, [&](int, const char *name, bool forwards) {
                    if (forwards)
                        record.add(name);
                }))
                return false;
        }
        const int error = publish(folder, proc, recordName, &record, sizeof record);
        // Whoever comes second goes by what the first one found.
        if ((error != 0 && error != EEXIST) || !readRecord(folder, record))
            return false;
    }
    // The guard first, so that there is no moment at which others may pass.
    return addGuard(route, record) && setInterfaces(route, true, record) && writeSetting(proc, defaultSetting, "1");
}

void restoreForwarding(NetlinkSocket &route, int folder, int proc)
{
    ForwardingRecord record;
    if (readRecord(folder, record) && readSetting(proc, globalSetting) == 0) {
        writeSetting(proc, defaultSetting, record.defaultWas ? "1" : "0");
        setInterfaces(route, false, record);
    }
    unlinkat(folder, recordName, 0);
    removeGuard(route);
    // And what uplinks left whose records were lost.
    for (const std::uint32_t priority : {uplinkFromPriority, uplinkToPriority, uplinkEndPriority})
        removeRules(route, priority);
}

} // namespace berth::helper
