// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Rules in the kernel's own words (linux/netfilter/nf_tables.h): an expression loads a value into register 1, the
// next compares it, and a rule goes on for as long as what it compares is equal.
#include "base/netlink.h"
#include "router/router.h"

#include <cstring>

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <netinet/in.h>

namespace berth::router {
namespace {

constexpr const char *table = "berth";
constexpr int noPolicy = -1;

// Sixteen rules of a few hundred bytes each fit into one message.
class Batch {
public:
    Batch() { edge(NFNL_MSG_BATCH_BEGIN); }
    NetlinkMessage &message() { return m_message; }
    void finish() { edge(NFNL_MSG_BATCH_END); }

    void begin(std::uint16_t type, std::uint16_t flags)
    {
        m_message.begin(static_cast<std::uint16_t>(NFNL_SUBSYS_NFTABLES << 8 | type), flags).header<nfgenmsg>().nfgen_family =
            NFPROTO_INET;
    }
    void addChain(const char *name, const char *type, std::uint32_t hook, int priority, int policy)
    {
        begin(NFT_MSG_NEWCHAIN, NLM_F_CREATE);
        m_message.text(NFTA_CHAIN_TABLE, table).text(NFTA_CHAIN_NAME, name).text(NFTA_CHAIN_TYPE, type);
        if (policy != noPolicy)
            m_message.u32be(NFTA_CHAIN_POLICY, static_cast<std::uint32_t>(policy));
        const auto place = m_message.nest(NFTA_CHAIN_HOOK);
        m_message.u32be(NFTA_HOOK_HOOKNUM, hook).u32be(NFTA_HOOK_PRIORITY, static_cast<std::uint32_t>(priority));
    }

private:
    void edge(std::uint16_t type)
    {
        auto &header = m_message.begin(type, 0, false).header<nfgenmsg>();
        header.nfgen_family = AF_UNSPEC;
        header.res_id = htons(NFNL_SUBSYS_NFTABLES);
    }
    NetlinkMessage m_message;
};

// One rule, from its construction to its end.
class Rule {
public:
    Rule(Batch &batch, const char *chain) : m_message(begun(batch, chain)), m_expressions(m_message.nest(NFTA_RULE_EXPRESSIONS))
    {
    }

    Rule &from(std::string_view prefix) { return meta(NFT_META_IIFNAME).compare(NFT_CMP_EQ, prefix.data(), prefix.size()); }
    Rule &fromExactly(const char *name) { return metaName(NFT_META_IIFNAME, name); }
    Rule &toExactly(const char *name) { return metaName(NFT_META_OIFNAME, name); }
    Rule &protocol(std::uint8_t number) { return meta(NFT_META_L4PROTO).compare(NFT_CMP_EQ, &number, sizeof number); }
    Rule &header(std::uint32_t offset, const void *bytes, std::uint32_t size)
    {
        {
            const Expression expression(m_message, "payload");
            m_message.u32be(NFTA_PAYLOAD_DREG, NFT_REG_1).u32be(NFTA_PAYLOAD_BASE, NFT_PAYLOAD_TRANSPORT_HEADER);
            m_message.u32be(NFTA_PAYLOAD_OFFSET, offset).u32be(NFTA_PAYLOAD_LEN, size);
        }
        return compare(NFT_CMP_EQ, bytes, size);
    }
    Rule &portIs(std::uint16_t port)
    {
        const std::uint16_t network = htons(port);
        return header(2, &network, sizeof network);
    }
    Rule &isEchoRequest()
    {
        const std::uint8_t type = 8;
        return protocol(IPPROTO_ICMP).header(0, &type, sizeof type);
    }
    Rule &isEstablished()
    {
        {
            const Expression expression(m_message, "ct");
            m_message.u32be(NFTA_CT_DREG, NFT_REG_1).u32be(NFTA_CT_KEY, NFT_CT_STATE);
        }
        const std::uint32_t zero = 0;
        const std::uint32_t wanted = NF_CT_STATE_BIT(IP_CT_ESTABLISHED) | NF_CT_STATE_BIT(IP_CT_RELATED);
        {
            const Expression expression(m_message, "bitwise");
            m_message.u32be(NFTA_BITWISE_SREG, NFT_REG_1).u32be(NFTA_BITWISE_DREG, NFT_REG_1);
            m_message.u32be(NFTA_BITWISE_LEN, sizeof wanted);
            value(NFTA_BITWISE_MASK, &wanted, sizeof wanted);
            value(NFTA_BITWISE_XOR, &zero, sizeof zero);
        }
        return compare(NFT_CMP_NEQ, &zero, sizeof zero);
    }
    // Whether the routes lead to that address through the interface by which the packet came.
    Rule &routesBack(std::uint32_t address, bool expected)
    {
        {
            const Expression expression(m_message, "fib");
            m_message.u32be(NFTA_FIB_DREG, NFT_REG_1).u32be(NFTA_FIB_RESULT, NFT_FIB_RESULT_OIF);
            m_message.u32be(NFTA_FIB_FLAGS, address | NFTA_FIB_F_IIF);
        }
        const std::uint32_t none = 0;
        return compare(expected ? NFT_CMP_NEQ : NFT_CMP_EQ, &none, sizeof none);
    }
    void accept() { verdict(NF_ACCEPT); }
    void drop() { verdict(NF_DROP); }
    void masquerade() { const Expression expression(m_message, "masq"); }

private:
    class Expression {
    public:
        Expression(NetlinkMessage &message, const char *name)
            : m_element(message.nest(NFTA_LIST_ELEM)), m_data(named(message, name).nest(NFTA_EXPR_DATA))
        {
        }

    private:
        static NetlinkMessage &named(NetlinkMessage &message, const char *name) { return message.text(NFTA_EXPR_NAME, name); }
        NetlinkMessage::Nest m_element, m_data;
    };

    static NetlinkMessage &begun(Batch &batch, const char *chain)
    {
        batch.begin(NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
        return batch.message().text(NFTA_RULE_TABLE, table).text(NFTA_RULE_CHAIN, chain);
    }
    void value(std::uint16_t type, const void *bytes, std::size_t size)
    {
        const auto data = m_message.nest(type);
        m_message.bytes(NFTA_DATA_VALUE, bytes, size);
    }
    Rule &meta(std::uint32_t key)
    {
        const Expression expression(m_message, "meta");
        m_message.u32be(NFTA_META_DREG, NFT_REG_1).u32be(NFTA_META_KEY, key);
        return *this;
    }
    // Fewer bytes than a name has compare its beginning; with its NUL it is the whole name.
    Rule &metaName(std::uint32_t key, const char *name) { return meta(key).compare(NFT_CMP_EQ, name, std::strlen(name) + 1); }
    Rule &compare(std::uint32_t operation, const void *bytes, std::size_t size)
    {
        const Expression expression(m_message, "cmp");
        m_message.u32be(NFTA_CMP_SREG, NFT_REG_1).u32be(NFTA_CMP_OP, operation);
        value(NFTA_CMP_DATA, bytes, size);
        return *this;
    }
    void verdict(std::uint32_t code)
    {
        const Expression expression(m_message, "immediate");
        m_message.u32be(NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
        const auto data = m_message.nest(NFTA_IMMEDIATE_DATA);
        const auto inner = m_message.nest(NFTA_DATA_VERDICT);
        m_message.u32be(NFTA_VERDICT_CODE, code);
    }

    NetlinkMessage &m_message;
    NetlinkMessage::Nest m_expressions;
};

constexpr std::string_view ordinary = "br-", internal = "in-";
constexpr const char *uplink = "uplink", *loopback = "lo";

void addRules(Batch &batch)
{
    for (const auto bridge : {ordinary, internal}) {
        Rule(batch, "origin").from(bridge).routesBack(NFTA_FIB_F_SADDR, false).drop();
        // Bridged frames come here where another program set br_netfilter so; they stay on their network.
        Rule(batch, "forward").from(bridge).routesBack(NFTA_FIB_F_DADDR, true).accept();
        Rule(batch, "input").from(bridge).isEchoRequest().accept();
        Rule(batch, "input").from(bridge).protocol(IPPROTO_UDP).portIs(53).accept();
        Rule(batch, "input").from(bridge).protocol(IPPROTO_TCP).portIs(53).accept();
    }
    Rule(batch, "forward").isEstablished().accept();
    Rule(batch, "forward").from(ordinary).toExactly(uplink).accept();
    Rule(batch, "input").isEstablished().accept();
    Rule(batch, "input").fromExactly(loopback).accept();
    Rule(batch, "leaving").toExactly(uplink).masquerade();
}

} // namespace

Result<> loadRules()
{
    auto netlink = Netlink::open(NETLINK_NETFILTER);
    if (!netlink)
        return std::unexpected(netlink.error());
    Batch batch;
    // Made so that there is one to remove, whatever was there.
    batch.begin(NFT_MSG_NEWTABLE, NLM_F_CREATE);
    batch.message().text(NFTA_TABLE_NAME, table);
    batch.begin(NFT_MSG_DELTABLE, 0);
    batch.message().text(NFTA_TABLE_NAME, table);
    batch.begin(NFT_MSG_NEWTABLE, NLM_F_CREATE);
    batch.message().text(NFTA_TABLE_NAME, table);
    // Priorities: "raw", "filter" and "srcnat" of nft(8).
    batch.addChain("origin", "filter", NF_INET_PRE_ROUTING, -300, NF_ACCEPT);
    batch.addChain("forward", "filter", NF_INET_FORWARD, 0, NF_DROP);
    batch.addChain("input", "filter", NF_INET_LOCAL_IN, 0, NF_DROP);
    batch.addChain("leaving", "nat", NF_INET_POST_ROUTING, 100, noPolicy);
    addRules(batch);
    batch.finish();
    return netlink->request("cannot load the rules between networks", batch.message());
}

} // namespace berth::router
