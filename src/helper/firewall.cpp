// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/uplink.h"

#include <cerrno>

#include <fcntl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

// The rules are written as the attributes of linux/netfilter/nf_tables.h: libnftnl would take memory from
// the heap for each of them, and they never change. As nft would list them:
//
//     table ip berth {
//         set pairs { typeof iifname . ip saddr }           # who may send as what
//         set inner { type ipv4_addr }                      # the uplinks' inner addresses
//         set forwarded { type ipv4_addr; counter }         # the same, counted on the way in
//         set left { type ipv4_addr; counter }              # and on the way out
//         chain enter { type filter hook prerouting priority raw
//             iifname "berth-*" iifname . ip saddr != @pairs counter drop
//             iifname "berth-*" ip daddr 192.0.0.8 tcp dport 9 ip saddr @inner reject with tcp reset
//             iifname "berth-*" ip daddr 224.0.0.0/3 counter drop
//             iifname "berth-*" ip daddr 127.0.0.0/8 counter drop
//             iifname "berth-*" ip daddr @inner counter drop
//         }
//         chain pass { type filter hook forward priority filter - 10
//             iifname "berth-*" ip saddr @forwarded
//             oifname "berth-*" ct state established,related accept
//             oifname "berth-*" counter drop
//         }
//         chain leave { type filter hook postrouting priority srcnat - 10
//             ip saddr @left
//         }
//         chain masquerade { type nat hook postrouting priority srcnat + 10
//             oifname != "berth-*" ip saddr @inner masquerade
//         }
//     }
//
// "pass" drops before other people's chains and cannot be overruled by them; what it accepts they may still
// drop, and it counts before them. "masquerade" comes after the administrator's own translations.
namespace berth::helper {
namespace {

constexpr const char *tableName = "berth";
constexpr const char *pairsSet = "pairs", *innerSet = "inner", *forwardedSet = "forwarded", *leftSet = "left";
constexpr char rulesVersion[] = "berth rules 1"; // in the table's user data; a table of another version is replaced
constexpr unsigned ruleCount = 10;
constexpr int mostTries = 10;
// The types of nft's own listing; to the kernel they mean nothing.
constexpr std::uint32_t addressType = 7, nameType = 41, pairType = nameType << 6 | addressType;
constexpr std::uint32_t addressSize = 4, pairSize = IFNAMSIZ + addressSize;
constexpr std::uint32_t sourceOffset = 12, destinationOffset = 16; // in the IPv4 header

constexpr std::uint32_t big32(std::uint32_t value) { return __builtin_bswap32(value); }
constexpr std::uint16_t big16(std::uint16_t value) { return __builtin_bswap16(value); }

NetlinkMessage &beginNft(NetlinkMessage &message, int type, std::uint16_t flags = 0)
{
    message.begin(static_cast<std::uint16_t>(NFNL_SUBSYS_NFTABLES << 8 | type), flags).header<nfgenmsg>().nfgen_family =
        NFPROTO_IPV4;
    return message;
}

void beginBatch(NetlinkMessage &message, std::uint16_t type)
{
    message.begin(type, 0, false).header<nfgenmsg>().res_id = __builtin_bswap16(NFNL_SUBSYS_NFTABLES);
}

// ---- expressions ----------------------------------------------------------------------------------

// One table's worth of rules, in the order of their calls.
class Rules {
public:
    explicit Rules(NetlinkMessage &message) : m_message(message) {}

    template<typename F> void add(const char *chain, F write)
    {
        beginNft(m_message, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
        m_message.text(NFTA_RULE_TABLE, tableName).text(NFTA_RULE_CHAIN, chain);
        const auto expressions = m_message.nest(NFTA_RULE_EXPRESSIONS);
        write();
    }
    void meta(std::uint32_t key)
    {
        expression("meta", [&] { m_message.u32be(NFTA_META_DREG, NFT_REG_1).u32be(NFTA_META_KEY, key); });
    }
    void payload(std::uint32_t base, std::uint32_t offset, std::uint32_t size, std::uint32_t target = NFT_REG_1)
    {
        expression("payload", [&] {
            m_message.u32be(NFTA_PAYLOAD_DREG, target).u32be(NFTA_PAYLOAD_BASE, base);
            m_message.u32be(NFTA_PAYLOAD_OFFSET, offset).u32be(NFTA_PAYLOAD_LEN, size);
        });
    }
    void compare(const void *value, std::size_t size, std::uint32_t operation = NFT_CMP_EQ)
    {
        expression("cmp", [&] {
            m_message.u32be(NFTA_CMP_SREG, NFT_REG_1).u32be(NFTA_CMP_OP, operation);
            data(NFTA_CMP_DATA, value, size);
        });
    }
    void mask(std::uint32_t bits) // in the order of the register's bytes
    {
        const std::uint32_t none = 0;
        expression("bitwise", [&] {
            m_message.u32be(NFTA_BITWISE_SREG, NFT_REG_1).u32be(NFTA_BITWISE_DREG, NFT_REG_1);
            m_message.u32be(NFTA_BITWISE_LEN, sizeof bits);
            data(NFTA_BITWISE_MASK, &bits, sizeof bits);
            data(NFTA_BITWISE_XOR, &none, sizeof none);
        });
    }
    void lookup(const char *set, std::uint32_t flags = 0)
    {
        expression("lookup",
            [&] { m_message.text(NFTA_LOOKUP_SET, set).u32be(NFTA_LOOKUP_SREG, NFT_REG_1).u32be(NFTA_LOOKUP_FLAGS, flags); });
    }
    void conntrackState()
    {
        expression("ct", [&] { m_message.u32be(NFTA_CT_DREG, NFT_REG_1).u32be(NFTA_CT_KEY, NFT_CT_STATE); });
    }
    void verdict(std::uint32_t code)
    {
        expression("immediate", [&] {
            m_message.u32be(NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
            const auto value = m_message.nest(NFTA_IMMEDIATE_DATA);
            const auto inside = m_message.nest(NFTA_DATA_VERDICT);
            m_message.u32be(NFTA_VERDICT_CODE, code);
        });
    }
    void countedDrop()
    {
        expression("counter", [] {});
        verdict(NF_DROP);
    }
    void resetConnection()
    {
        expression("reject", [&] { m_message.u32be(NFTA_REJECT_TYPE, NFT_REJECT_TCP_RST); });
    }
    void masquerade()
    {
        expression("masq", [] {});
    }
    // The two that nearly every rule begins with.
    void isUplink(std::uint32_t key, std::uint32_t operation = NFT_CMP_EQ)
    {
        meta(key);
        compare(uplinkHostPrefix, std::string_view(uplinkHostPrefix).size(), operation);
    }
    void isIn(std::uint32_t offset, const char *set)
    {
        payload(NFT_PAYLOAD_NETWORK_HEADER, offset, addressSize);
        lookup(set);
    }
    void isWithin(std::uint32_t network, std::uint32_t bits)
    {
        const std::uint32_t wanted = big32(network);
        payload(NFT_PAYLOAD_NETWORK_HEADER, destinationOffset, addressSize);
        mask(big32(bits));
        compare(&wanted, sizeof wanted);
    }

private:
    template<typename F> void expression(const char *name, F write)
    {
        const auto element = m_message.nest(NFTA_LIST_ELEM);
        m_message.text(NFTA_EXPR_NAME, name);
        const auto inside = m_message.nest(NFTA_EXPR_DATA);
        write();
    }
    void data(std::uint16_t type, const void *value, std::size_t size)
    {
        const auto inside = m_message.nest(type);
        m_message.bytes(NFTA_DATA_VALUE, value, size);
    }
    NetlinkMessage &m_message;
};

// ---- the table ------------------------------------------------------------------------------------

void addChain(NetlinkMessage &message, const char *name, const char *type, std::uint32_t hook, int priority)
{
    beginNft(message, NFT_MSG_NEWCHAIN, NLM_F_CREATE).text(NFTA_CHAIN_TABLE, tableName).text(NFTA_CHAIN_NAME, name);
    message.text(NFTA_CHAIN_TYPE, type);
    const auto place = message.nest(NFTA_CHAIN_HOOK);
    message.u32be(NFTA_HOOK_HOOKNUM, hook).u32be(NFTA_HOOK_PRIORITY, static_cast<std::uint32_t>(priority));
}

void addSet(NetlinkMessage &message, const char *name, std::uint32_t id, std::uint32_t type, std::uint32_t size, bool counts)
{
    beginNft(message, NFT_MSG_NEWSET, NLM_F_CREATE).text(NFTA_SET_TABLE, tableName).text(NFTA_SET_NAME, name);
    message.u32be(NFTA_SET_ID, id).u32be(NFTA_SET_KEY_TYPE, type).u32be(NFTA_SET_KEY_LEN, size);
    message.u32be(NFTA_SET_FLAGS, 0);
    if (!counts)
        return;
    const auto expression = message.nest(NFTA_SET_EXPR);
    message.text(NFTA_EXPR_NAME, "counter");
    const auto data = message.nest(NFTA_EXPR_DATA);
}

void addRules(Rules &rules)
{
    rules.add("enter", [&] {
        rules.isUplink(NFT_META_IIFNAME);
        rules.meta(NFT_META_IIFNAME);
        // Registers are of 16 bytes, so the second continues the first.
        rules.payload(NFT_PAYLOAD_NETWORK_HEADER, sourceOffset, addressSize, NFT_REG_2);
        rules.lookup(pairsSet, NFT_LOOKUP_F_INV);
        rules.countedDrop();
    });
    rules.add("enter", [&] {
        const std::uint32_t probe = big32(uplinkProbeAddress);
        const std::uint16_t port = big16(uplinkProbePort);
        const std::uint8_t tcp = IPPROTO_TCP;
        rules.isUplink(NFT_META_IIFNAME);
        rules.payload(NFT_PAYLOAD_NETWORK_HEADER, destinationOffset, addressSize);
        rules.compare(&probe, sizeof probe);
        rules.meta(NFT_META_L4PROTO);
        rules.compare(&tcp, sizeof tcp);
        rules.payload(NFT_PAYLOAD_TRANSPORT_HEADER, 2, sizeof port);
        rules.compare(&port, sizeof port);
        rules.isIn(sourceOffset, innerSet);
        rules.resetConnection();
    });
    // The host's services of the local network (mDNS and the like) are not for containers to answer to.
    rules.add("enter", [&] {
        rules.isUplink(NFT_META_IIFNAME);
        rules.isWithin(0xe0000000, 0xe0000000);
        rules.countedDrop();
    });
    rules.add("enter", [&] {
        rules.isUplink(NFT_META_IIFNAME);
        rules.isWithin(0x7f000000, 0xff000000);
        rules.countedDrop();
    });
    rules.add("enter", [&] {
        rules.isUplink(NFT_META_IIFNAME);
        rules.isIn(destinationOffset, innerSet);
        rules.countedDrop();
    });
    rules.add("pass", [&] {
        rules.isUplink(NFT_META_IIFNAME);
        rules.isIn(sourceOffset, forwardedSet);
    });
    rules.add("pass", [&] {
        constexpr std::uint32_t none = 0, establishedOrRelated = 2 | 4; // NF_CT_STATE_BIT, in the host's order
        rules.isUplink(NFT_META_OIFNAME);
        rules.conntrackState();
        rules.mask(establishedOrRelated);
        rules.compare(&none, sizeof none, NFT_CMP_NEQ);
        rules.verdict(NF_ACCEPT);
    });
    rules.add("pass", [&] {
        rules.isUplink(NFT_META_OIFNAME);
        rules.countedDrop();
    });
    rules.add("leave", [&] { rules.isIn(sourceOffset, leftSet); });
    rules.add("masquerade", [&] {
        rules.isUplink(NFT_META_OIFNAME, NFT_CMP_NEQ);
        rules.isIn(sourceOffset, innerSet);
        rules.masquerade();
    });
}

void addTable(NetlinkMessage &message)
{
    // Replaced, and not only made: the first of these is there so that the second cannot fail.
    beginNft(message, NFT_MSG_NEWTABLE, NLM_F_CREATE).text(NFTA_TABLE_NAME, tableName);
    beginNft(message, NFT_MSG_DELTABLE).text(NFTA_TABLE_NAME, tableName);
    beginNft(message, NFT_MSG_NEWTABLE, NLM_F_CREATE).text(NFTA_TABLE_NAME, tableName);
    message.bytes(NFTA_TABLE_USERDATA, rulesVersion, sizeof rulesVersion);
    addSet(message, pairsSet, 1, pairType, pairSize, false);
    addSet(message, innerSet, 2, addressType, addressSize, false);
    addSet(message, forwardedSet, 3, addressType, addressSize, true);
    addSet(message, leftSet, 4, addressType, addressSize, true);
    addChain(message, "enter", "filter", NF_INET_PRE_ROUTING, -300);
    addChain(message, "pass", "filter", NF_INET_FORWARD, -10);
    addChain(message, "leave", "filter", NF_INET_POST_ROUTING, 90);
    addChain(message, "masquerade", "nat", NF_INET_POST_ROUTING, 110);
    Rules rules(message);
    addRules(rules);
}

void putElement(NetlinkMessage &message, int type, const char *set, const void *key, std::size_t size)
{
    beginNft(message, type, type == NFT_MSG_NEWSETELEM ? NLM_F_CREATE : 0);
    message.text(NFTA_SET_ELEM_LIST_TABLE, tableName).text(NFTA_SET_ELEM_LIST_SET, set);
    const auto elements = message.nest(NFTA_SET_ELEM_LIST_ELEMENTS);
    const auto element = message.nest(NFTA_LIST_ELEM);
    const auto inside = message.nest(NFTA_SET_ELEM_KEY);
    message.bytes(NFTA_DATA_VALUE, key, size);
}

void putElements(NetlinkMessage &message, int type, const UplinkRecord &uplink)
{
    struct {
        char name[IFNAMSIZ] = {};
        std::uint32_t address = 0;
    } pair;
    static_assert(sizeof pair == pairSize);
    const ShortText link = uplink.link();
    memcpy(pair.name, link.bytes, link.size);
    pair.address = big32(uplink.innerAddress());
    putElement(message, type, pairsSet, &pair, sizeof pair);
    for (const char *set : {innerSet, forwardedSet, leftSet})
        putElement(message, type, set, &pair.address, sizeof pair.address);
}

bool isIntact(NetlinkSocket &netfilter)
{
    bool isOurs = false;
    NetlinkMessage table;
    beginNft(table, NFT_MSG_GETTABLE).text(NFTA_TABLE_NAME, tableName);
    const int error = netfilter.ask(table, [&isOurs](const nlmsghdr &answer) {
        std::size_t size = 0;
        const void *version = attributeBytes(findAttribute(answer, sizeof(nfgenmsg), NFTA_TABLE_USERDATA), size);
        isOurs = isOurs || (size == sizeof rulesVersion && memcmp(version, rulesVersion, size) == 0);
        return 0;
    });
    if (error != 0 || !isOurs)
        return false;
    unsigned count = 0;
    NetlinkMessage rules;
    beginNft(rules, NFT_MSG_GETRULE, NLM_F_DUMP).text(NFTA_RULE_TABLE, tableName);
    // Interrupted by a change of whosever rules; what it is replaced for would lose packets for a moment.
    const auto list = [&] { return count = 0, netfilter.ask(rules, [&count](const nlmsghdr &) { return ++count, 0; }); };
    int tries = 0;
    int listed = list();
    while (listed == EINTR && ++tries < mostTries)
        listed = list();
    return listed == 0 && count == ruleCount;
}

} // namespace

bool ensureFirewall(NetlinkSocket &netfilter, int folder)
{
    if (isIntact(netfilter))
        return true;
    NetlinkMessage message;
    beginBatch(message, NFNL_MSG_BATCH_BEGIN);
    addTable(message);
    beginBatch(message, NFNL_MSG_BATCH_END);
    if (netfilter.request(message) != 0)
        return false;
    // The records are read after the table is there: whoever is not among them yet adds himself later.
    UplinkRecord uplink;
    for (UplinkList list(folder); list.next(uplink);)
        addToFirewall(netfilter, uplink);
    return true;
}

bool addToFirewall(NetlinkSocket &netfilter, const UplinkRecord &uplink)
{
    NetlinkMessage message;
    beginBatch(message, NFNL_MSG_BATCH_BEGIN);
    putElements(message, NFT_MSG_NEWSETELEM, uplink);
    beginBatch(message, NFNL_MSG_BATCH_END);
    return netfilter.request(message) == 0;
}

void removeFromFirewall(NetlinkSocket &netfilter, const UplinkRecord &uplink)
{
    NetlinkMessage message;
    beginBatch(message, NFNL_MSG_BATCH_BEGIN);
    // One that is missing would refuse the batch.
    putElements(message, NFT_MSG_NEWSETELEM, uplink);
    putElements(message, NFT_MSG_DELSETELEM, uplink);
    beginBatch(message, NFNL_MSG_BATCH_END);
    netfilter.request(message);
}

void removeFirewall(NetlinkSocket &netfilter)
{
    NetlinkMessage message;
    beginBatch(message, NFNL_MSG_BATCH_BEGIN);
    beginNft(message, NFT_MSG_DELTABLE).text(NFTA_TABLE_NAME, tableName);
    beginBatch(message, NFNL_MSG_BATCH_END);
    netfilter.request(message);
}

namespace {

std::uint64_t packetsOf(NetlinkSocket &netfilter, const char *set, std::uint32_t address)
{
    NetlinkMessage message;
    putElement(message, NFT_MSG_GETSETELEM, set, &address, sizeof address);
    std::uint64_t packets = 0;
    netfilter.ask(message, [&packets](const nlmsghdr &answer) {
        const nlattr *list = findAttribute(answer, sizeof(nfgenmsg), NFTA_SET_ELEM_LIST_ELEMENTS);
        const nlattr *counter = findAttribute(findAttribute(list, NFTA_LIST_ELEM), NFTA_SET_ELEM_EXPR);
        std::size_t size = 0;
        const void *bytes = attributeBytes(findAttribute(findAttribute(counter, NFTA_EXPR_DATA), NFTA_COUNTER_PACKETS), size);
        std::uint64_t value = 0;
        if (size == sizeof value) {
            memcpy(&value, bytes, sizeof value);
            packets = __builtin_bswap64(value);
        }
        return 0;
    });
    return packets;
}

const char *familyName(std::uint8_t family) { return family == NFPROTO_IPV4 ? "ip " : family == NFPROTO_INET ? "inet " : ""; }

} // namespace

void describeTraffic(NetlinkSocket &netfilter, int proc, UplinkAnswer &answer)
{
    const std::uint32_t inner = big32(answer.innerAddress);
    answer.forwarded = packetsOf(netfilter, forwardedSet, inner);
    answer.left = packetsOf(netfilter, leftSet, inner);
    // What was told once is forgotten, so that a way that is open again is not complained about.
    NetlinkMessage fresh;
    beginBatch(fresh, NFNL_MSG_BATCH_BEGIN);
    for (const char *set : {forwardedSet, leftSet}) {
        putElement(fresh, NFT_MSG_DELSETELEM, set, &inner, sizeof inner);
        putElement(fresh, NFT_MSG_NEWSETELEM, set, &inner, sizeof inner);
    }
    beginBatch(fresh, NFNL_MSG_BATCH_END);
    if (answer.forwarded != 0)
        netfilter.request(fresh);
    NetlinkMessage message;
    message.begin(NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETCHAIN, NLM_F_DUMP).header<nfgenmsg>(); // of all families
    ShortText suspect;
    netfilter.ask(message, [&suspect](const nlmsghdr &found) {
        const auto *header = netlinkHeader<nfgenmsg>(found);
        const nlattr *hook = findAttribute(found, sizeof(nfgenmsg), NFTA_CHAIN_HOOK);
        const std::uint32_t number = attributeU32(findAttribute(hook, NFTA_HOOK_HOOKNUM), ~0U);
        const std::uint32_t policy = attributeU32(findAttribute(found, sizeof(nfgenmsg), NFTA_CHAIN_POLICY), ~0U);
        const char *table = attributeText(findAttribute(found, sizeof(nfgenmsg), NFTA_CHAIN_TABLE));
        // firewalld's chain accepts by its policy and refuses by its last rule.
        const bool isStrict = policy == big32(NF_DROP) || std::string_view(table) == "firewalld";
        if (suspect.size == 0 && header && *familyName(header->nfgen_family) && number == big32(NF_INET_FORWARD) && isStrict)
            suspect.add(familyName(header->nfgen_family))
                .add(table)
                .add(" ")
                .add(attributeText(findAttribute(found, sizeof(nfgenmsg), NFTA_CHAIN_NAME)));
        return 0;
    });
    // The older kind of rules is not listed by the newer one's means; that there are some is.
    if (suspect.size == 0) {
        const UniqueFd names(openat(proc, "self/net/ip_tables_names", O_RDONLY | O_CLOEXEC));
        char text[64] = {};
        if (names && read(names.get(), text, sizeof text - 1) > 0 && strstr(text, "filter"))
            suspect.add("iptables-legacy filter FORWARD");
    }
    memcpy(answer.suspect.data(), suspect.bytes, suspect.size < answer.suspect.size() ? suspect.size : answer.suspect.size() - 1);
}

} // namespace berth::helper
