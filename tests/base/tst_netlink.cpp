// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/netlink.h"

#include <QTest>

#include <cerrno>
#include <sched.h>

#include <linux/if_link.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace berth;

namespace {

void addBridge(NetlinkMessage &message, const char *name)
{
    message.begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL).header<ifinfomsg>();
    message.text(IFLA_IFNAME, name);
    const auto info = message.nest(IFLA_LINKINFO);
    message.text(IFLA_INFO_KIND, "bridge");
}

Result<std::string> listLinks(Netlink &netlink)
{
    NetlinkMessage message;
    message.begin(RTM_GETLINK, NLM_F_DUMP).header<ifinfomsg>();
    return netlink.ask("cannot list links", message);
}

QStringList linkNames(Netlink &netlink)
{
    QStringList names;
    const auto answers = listLinks(netlink);
    if (!answers)
        return {QString::fromStdString(answers.error().detail)};
    for (const nlmsghdr &answer : NetlinkAnswers(*answers))
        names << QString::fromUtf8(attributeText(findAttribute(answer, sizeof(ifinfomsg), IFLA_IFNAME)));
    return names;
}

void beginBatch(NetlinkMessage &message, std::uint16_t type)
{
    auto &header = message.begin(type, 0, false).header<nfgenmsg>();
    header.res_id = __builtin_bswap16(NFNL_SUBSYS_NFTABLES);
}

void addTable(NetlinkMessage &message, const char *name, std::uint16_t type = NFT_MSG_NEWTABLE)
{
    constexpr std::uint16_t subsystem = NFNL_SUBSYS_NFTABLES << 8;
    auto &header = message.begin(static_cast<std::uint16_t>(subsystem | type), type == NFT_MSG_NEWTABLE ? NLM_F_CREATE : 0)
                       .header<nfgenmsg>();
    header.nfgen_family = NFPROTO_INET;
    message.text(NFTA_TABLE_NAME, name);
}

int countTables(Netlink &netlink)
{
    NetlinkMessage message;
    message.begin(NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETTABLE, NLM_F_DUMP).header<nfgenmsg>();
    const auto answers = netlink.ask("cannot list tables", message);
    int count = 0;
    if (answers)
        for ([[maybe_unused]] const nlmsghdr &answer : NetlinkAnswers(*answers))
            ++count;
    return answers ? count : -1;
}

} // namespace

// In a network namespace of the test's own.
class TestNetlink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linksAreMadeAndListed()
    {
        auto netlink = Netlink::open();
        QVERIFY(netlink);
        NetlinkMessage message;
        addBridge(message, "br0");
        message.begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL).header<ifinfomsg>();
        message.text(IFLA_IFNAME, "left");
        {
            const auto info = message.nest(IFLA_LINKINFO);
            message.text(IFLA_INFO_KIND, "veth");
            const auto data = message.nest(IFLA_INFO_DATA);
            const auto peer = message.nest(VETH_INFO_PEER);
            message.header<ifinfomsg>();
            message.text(IFLA_IFNAME, "right").u32(IFLA_MTU, 1400);
        }
        const auto made = netlink->request("cannot add links", message);
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        QStringList names = linkNames(*netlink);
        names.sort();
        QCOMPARE(
            names, (QStringList{QStringLiteral("br0"), QStringLiteral("left"), QStringLiteral("lo"), QStringLiteral("right")}));
        const auto answers = listLinks(*netlink);
        QVERIFY(answers);
        for (const nlmsghdr &answer : NetlinkAnswers(*answers)) {
            const char *name = attributeText(findAttribute(answer, sizeof(ifinfomsg), IFLA_IFNAME));
            const nlattr *kind = findAttribute(findAttribute(answer, sizeof(ifinfomsg), IFLA_LINKINFO), IFLA_INFO_KIND);
            if (std::string_view(name) == "br0")
                QCOMPARE(std::string(attributeText(kind)), std::string("bridge"));
            if (std::string_view(name) == "right")
                QCOMPARE(attributeU32(findAttribute(answer, sizeof(ifinfomsg), IFLA_MTU)), 1400U);
        }
    }

    void aListCanBeNarrowed()
    {
        auto netlink = Netlink::open();
        QVERIFY(netlink);
        NetlinkMessage message;
        const unsigned index = ::if_nametoindex("br0");
        auto &address = message.begin(RTM_NEWADDR, NLM_F_CREATE).header<ifaddrmsg>();
        address.ifa_family = AF_INET;
        address.ifa_prefixlen = 24;
        address.ifa_index = index;
        message.u32be(IFA_LOCAL, 0x0a090801);
        auto &up = message.begin(RTM_NEWLINK, 0).header<ifinfomsg>();
        up.ifi_index = 1;
        up.ifi_flags = up.ifi_change = IFF_UP;
        QVERIFY(netlink->request("cannot add addresses", message)); // lo has one of its own now
        NetlinkMessage query;
        auto &wanted = query.begin(RTM_GETADDR, NLM_F_DUMP).header<ifaddrmsg>();
        wanted.ifa_family = AF_INET;
        wanted.ifa_index = index;
        const auto answers = netlink->ask("cannot list addresses", query);
        QVERIFY(answers);
        int count = 0;
        for (const nlmsghdr &answer : NetlinkAnswers(*answers)) {
            QCOMPARE(attributeU32(findAttribute(answer, sizeof(ifaddrmsg), IFA_LOCAL)), 0x0108090aU);
            ++count;
        }
        QCOMPARE(count, 1);
    }

    void aRefusalIsASentence()
    {
        auto netlink = Netlink::open();
        QVERIFY(netlink);
        NetlinkMessage message;
        addBridge(message, "br0");
        const auto again = netlink->request("cannot add bridge br0", message);
        QVERIFY(!again);
        QCOMPARE(int(again.error().code), int(ErrorCode::AlreadyExists));
        QVERIFY2(again.error().detail.starts_with("cannot add bridge br0: File exists"), again.error().detail.c_str());
        NetlinkMessage removal;
        removal.begin(RTM_DELLINK, 0).header<ifinfomsg>();
        removal.text(IFLA_IFNAME, "nosuch");
        const auto missing = netlink->request("cannot remove nosuch", removal);
        QVERIFY(!missing);
        QCOMPARE(int(missing.error().code), int(ErrorCode::NotFound));
        // The kernel's own words go along where it has some.
        NetlinkMessage odd;
        auto &address = odd.begin(RTM_NEWADDR, NLM_F_CREATE).header<ifaddrmsg>();
        address.ifa_family = AF_INET;
        address.ifa_prefixlen = 33;
        address.ifa_index = 1;
        odd.u32be(IFA_LOCAL, 0x0a000001);
        const auto refused = netlink->request("cannot add an address", odd);
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.ends_with(')'), refused.error().detail.c_str());
    }

    // The answers to what came behind a refusal do not count for the next request.
    void unreadAnswersAreNotMistaken()
    {
        auto netlink = Netlink::open();
        QVERIFY(netlink);
        NetlinkMessage message;
        addBridge(message, "br0"); // is there
        addBridge(message, "br1");
        addBridge(message, "br0");
        QVERIFY(!netlink->request("cannot add bridges", message));
        NetlinkMessage good;
        addBridge(good, "br2");
        QVERIFY(netlink->request("cannot add br2", good));
        QVERIFY(!netlink->request("cannot add br2", good));
        QVERIFY(linkNames(*netlink).contains(QStringLiteral("br1")));
    }

    void aBatchIsAllOrNothing()
    {
        auto netlink = Netlink::open(NETLINK_NETFILTER);
        QVERIFY(netlink);
        QCOMPARE(countTables(*netlink), 0);
        NetlinkMessage broken;
        beginBatch(broken, NFNL_MSG_BATCH_BEGIN);
        addTable(broken, "one");
        addTable(broken, "absent", NFT_MSG_DELTABLE);
        addTable(broken, "two");
        beginBatch(broken, NFNL_MSG_BATCH_END);
        const auto refused = netlink->request("cannot write rules", broken);
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().code), int(ErrorCode::NotFound));
        QCOMPARE(countTables(*netlink), 0);
        NetlinkMessage good;
        beginBatch(good, NFNL_MSG_BATCH_BEGIN);
        addTable(good, "one");
        addTable(good, "two");
        beginBatch(good, NFNL_MSG_BATCH_END);
        const auto done = netlink->request("cannot write rules", good);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        QCOMPARE(countTables(*netlink), 2);
    }

    void whatDoesNotFitIsNotSent()
    {
        auto netlink = Netlink::open();
        QVERIFY(netlink);
        NetlinkMessage message;
        addBridge(message, "br9");
        const std::string filler(5000, 'x');
        for (int i = 0; i < 4; ++i)
            message.bytes(IFLA_IFALIAS, filler.data(), filler.size());
        QVERIFY(message.isOverflown());
        message.begin(RTM_NEWLINK, 0).header<ifinfomsg>().ifi_index = 1; // harmless, and stays unsent
        const auto sent = netlink->request("cannot add br9", message);
        QVERIFY(!sent);
        QVERIFY(sent.error().detail.contains("Message too long"));
        QVERIFY(!linkNames(*netlink).contains(QStringLiteral("br9")));
        message.clear();
        addBridge(message, "br9");
        QVERIFY(netlink->request("cannot add br9", message));
        NetlinkMessage nothing;
        QVERIFY(!netlink->request("cannot do nothing", nothing));
    }

    // Another process of the namespace may write to our socket; only the kernel is believed.
    void onlyTheKernelIsBelieved()
    {
        NetlinkSocket ours;
        QCOMPARE(ours.open(NETLINK_ROUTE), 0);
        sockaddr_nl us{};
        us.nl_family = AF_NETLINK;
        QCOMPARE(::bind(ours.fd(), reinterpret_cast<sockaddr *>(&us), sizeof us), 0);
        socklen_t length = sizeof us;
        QCOMPARE(::getsockname(ours.fd(), reinterpret_cast<sockaddr *>(&us), &length), 0);
        const UniqueFd theirs(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
        struct {
            nlmsghdr header{sizeof(nlmsghdr) + sizeof(nlmsgerr), NLMSG_ERROR, 0, 1, 0};
            nlmsgerr error{-EPERM, {}};
        } forged;
        QCOMPARE(::sendto(theirs.get(), &forged, sizeof forged, 0, reinterpret_cast<sockaddr *>(&us), sizeof us),
            ssize_t(sizeof forged));
        NetlinkMessage message;
        addBridge(message, "br7");
        QCOMPARE(ours.request(message), 0);
    }

    // Whatever length an answer claims, nothing outside of it is read (the sanitizers' build sees that).
    void shortenedAnswersAreReadToTheirEnd()
    {
        auto netlink = Netlink::open();
        QVERIFY(netlink);
        const auto answers = listLinks(*netlink);
        QVERIFY(answers);
        for (std::size_t size = 0; size < answers->size(); size += 3) {
            // Of exactly that size, so that a byte more is seen.
            const auto copy = std::make_unique<std::string>(answers->substr(0, size));
            copy->shrink_to_fit();
            for (const nlmsghdr &answer : NetlinkAnswers(*copy)) {
                const nlattr *info = findAttribute(answer, sizeof(ifinfomsg), IFLA_LINKINFO);
                attributeText(findAttribute(info, IFLA_INFO_KIND));
            }
        }
        // And lengths of attributes that lie.
        std::string lying = *answers;
        for (std::size_t at = sizeof(nlmsghdr) + sizeof(ifinfomsg); at + 4 < lying.size() && at < 400; ++at) {
            const char before = lying[at];
            for (const char value : {'\0', '\1', '\3', '\x7f', '\xff'}) {
                lying[at] = value;
                for (const nlmsghdr &answer : NetlinkAnswers(lying))
                    attributeU32(findAttribute(findAttribute(answer, sizeof(ifinfomsg), IFLA_LINKINFO), IFLA_INFO_DATA));
            }
            lying[at] = before;
        }
        QCOMPARE(attributeU32(nullptr, 7), 7U);
        QCOMPARE(std::string(attributeText(nullptr, "none")), std::string("none"));
    }
};

int main(int argc, char **argv)
{
    // Before Qt's test library has a thread of its own: a process with threads may make no user namespace.
    if (::unshare(::getuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) < 0)
        qFatal("no namespaces here: %s", std::strerror(errno));
    TestNetlink test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_netlink.moc"
