// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/frames.h"
#include "network/insidesocket.h"
#include "network/lantalk.h"
#include "network/roothand.h"
#include "network/uplink.h"
#include "network/uplinkcheck.h"
#include "network/userholder.h"
#include "wire/helpermessage.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <thread>

#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <sys/wait.h>

using namespace berth;

namespace {

std::string dotted(std::uint32_t address)
{
    const in_addr number{htonl(address)};
    return ::inet_ntoa(number);
}

// What root of the router can put on the wire.
class Wire {
public:
    explicit Wire(const HolderLinks &links)
    {
        auto inside = openNetlinkInside(links);
        const auto link = inside ? findInnerLink(*inside) : std::unexpected(inside.error());
        const SocketKind kind{AF_PACKET, SOCK_RAW, 0};
        auto sockets = openInside(links, {&kind, 1});
        if (!link || !link->has_value() || !sockets)
            return;
        m_index = (*link)->index;
        m_socket = std::move(sockets->front());
    }
    [[nodiscard]] bool isThere() const { return m_socket.isValid(); }
    bool send(const std::string &frame, int times = 1) const
    {
        sockaddr_ll target{};
        target.sll_family = AF_PACKET;
        target.sll_ifindex = m_index;
        target.sll_halen = 6;
        for (int i = 0; i < times; ++i)
            if (::sendto(
                    m_socket.get(), frame.data(), frame.size(), 0, reinterpret_cast<const sockaddr *>(&target), sizeof target)
                != ssize_t(frame.size()))
                return false;
        return true;
    }

private:
    int m_index = 0;
    UniqueFd m_socket;
};

// Dropped by the rules of the chain "enter": forged source, multicast, loopback, other uplinks; and by "pass".
struct Dropped {
    long forged = -1, multicast = -1, loopback = -1, others = -1, inbound = -1;
};
Dropped countDropped()
{
    Dropped count;
    std::sscanf(RootHand::run("spoofed").output.c_str(), "%ld %ld %ld %ld %ld", &count.forged, &count.multicast, &count.loopback,
        &count.others, &count.inbound);
    return count;
}

// A server inside of the router; gives what accept found: whether anybody came.
class InnerServer {
public:
    InnerServer(const HolderLinks &links, std::uint32_t address, int port)
    {
        const SocketKind kind{AF_INET, SOCK_STREAM, 0};
        auto sockets = openInside(links, {&kind, 1});
        if (!sockets)
            return;
        m_socket = std::move(sockets->front());
        sockaddr_in own{};
        own.sin_family = AF_INET;
        own.sin_port = htons(std::uint16_t(port));
        own.sin_addr.s_addr = htonl(address);
        m_listens = ::bind(m_socket.get(), reinterpret_cast<const sockaddr *>(&own), sizeof own) == 0
            && ::listen(m_socket.get(), 8) == 0;
    }
    [[nodiscard]] bool listens() const { return m_listens; }
    [[nodiscard]] bool wasReached() const
    {
        const UniqueFd peer(::accept4(m_socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        return peer.isValid();
    }
    void setNonBlocking() const { ::fcntl(m_socket.get(), F_SETFL, O_NONBLOCK); }

private:
    UniqueFd m_socket;
    bool m_listens = false;
};

bool addInnerAddress(Netlink &inside, std::uint32_t address)
{
    const auto link = findInnerLink(inside);
    NetlinkMessage message;
    auto &header = message.begin(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE).header<ifaddrmsg>();
    header.ifa_family = AF_INET;
    header.ifa_prefixlen = 32;
    header.ifa_index = link && link->has_value() ? unsigned((*link)->index) : 0;
    message.u32be(IFA_LOCAL, address).u32be(IFA_ADDRESS, address);
    return inside.request("cannot add an address", message).has_value();
}

// errno of binding a listener in the host, as this user; 0: it listens.
int bindOnHost(int family, const char *address, int port, bool isReused)
{
    const UniqueFd socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    if (isReused)
        ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    sockaddr_in6 six{};
    sockaddr_in four{};
    six.sin6_family = AF_INET6;
    four.sin_family = AF_INET;
    six.sin6_port = four.sin_port = htons(std::uint16_t(port));
    ::inet_pton(family, address, family == AF_INET ? static_cast<void *>(&four.sin_addr) : &six.sin6_addr);
    const int bound = family == AF_INET ? ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&four), sizeof four)
                                        : ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&six), sizeof six);
    return bound == 0 && ::listen(socket.get(), 1) == 0 ? 0 : errno;
}

// A process of the router's root in a network namespace of its own.
struct NetworkKeeper {
    explicit NetworkKeeper(const HolderLinks &links) : pid(::fork())
    {
        if (pid != 0)
            return;
        if (::setns(links.userNamespace.get(), CLONE_NEWUSER) < 0 || ::unshare(CLONE_NEWNET) < 0)
            ::_exit(1);
        for (;;)
            ::pause();
    }
    ~NetworkKeeper()
    {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
    NetworkKeeper(const NetworkKeeper &) = delete;
    pid_t pid;
};

constexpr std::uint32_t lanHost = 0xc0000201, lanNeighbour = 0xc0000202;

} // namespace

// What one user can do to the host and to others from the inner end of his uplink, where he is root.
class TestUplinkAttack : public QObject {
    Q_OBJECT
private:
    std::string m_before;

private Q_SLOTS:
    void initTestCase() { QVERIFY2(RootHand::isThere(), "only in ./dev test, where somebody plays the administrator"); }
    void init()
    {
        QVERIFY(RootHand::does("clean"));
        QVERIFY(RootHand::does("listen lan 192.0.2.2 7001"));
        m_before = RootHand::state();
    }
    void cleanupTestCase() { RootHand::does("clean"); }

    void row12_networkEscapeByFrames()
    {
        const UserHolder attacker, victim;
        const auto uplink = ensureUplink(attacker.links);
        const auto other = ensureUplink(victim.links);
        VERIFY_RESULT(uplink);
        VERIFY_RESULT(other);
        QVERIFY(reachesLan(victim.links) && reachesLan(attacker.links));
        const std::string routes = RootHand::run("routes").output;
        const Wire wire(attacker.links);
        QVERIFY(wire.isThere());
        const Dropped before = countDropped();
        QVERIFY2(before.inbound >= 0, RootHand::run("spoofed").output.c_str());
        // As somebody else: another user, the host, the LAN, nobody; to the LAN, to the host, to another user.
        constexpr int times = 5;
        const std::uint32_t sources[] = {other->innerAddress, other->hostAddress, uplink->hostAddress, lanHost, lanNeighbour, 0,
            0x7f000001, 0x08080808, 0xe0000001, 0xffffffff};
        for (const std::uint32_t source : sources)
            for (const std::uint32_t target : {lanNeighbour, lanHost, uplink->hostAddress, other->innerAddress})
                QVERIFY(wire.send(udpFrame(*uplink, source, target, 67, 68), times));
        Dropped after = countDropped();
        QCOMPARE(after.forged - before.forged, long(std::size(sources)) * 4 * times);
        // As oneself, where one must not: multicast and broadcast, the host's loopback, another user.
        for (const std::uint32_t target : {0xe00000fbU, 0xefffffffU, 0xffffffffU, 0xf0000001U})
            QVERIFY(wire.send(udpFrame(*uplink, uplink->innerAddress, target, 5353, 5353), times));
        QVERIFY(wire.send(udpFrame(*uplink, uplink->innerAddress, 0x7f000001, 53, 53), times));
        QVERIFY(wire.send(udpFrame(*uplink, uplink->innerAddress, other->innerAddress, 53, 53), times));
        after = countDropped();
        QCOMPARE(after.multicast - before.multicast, 4L * times);
        QCOMPARE(after.loopback - before.loopback, long(times));
        QCOMPARE(after.others - before.others, long(times));
        // What a host on the LAN could be led astray by.
        for (const std::uint32_t claimed : {lanNeighbour, lanHost, other->innerAddress, other->hostAddress, uplink->hostAddress})
            QVERIFY(wire.send(arpFrame(*uplink, claimed), times));
        QVERIFY(wire.send(advertisementFrame(*uplink), times));
        QVERIFY(wire.send(bridgeFrame(*uplink), times));
        QTest::qWait(100);
        QCOMPARE(RootHand::run("routes").output, routes);
        QVERIFY(!RootHand::run("routes").output.contains("2001:db8"));
        QVERIFY(reachesLan(victim.links));
        QVERIFY(reachesLan(attacker.links));
        QVERIFY(RootHand::does("connect lan 192.0.2.2 7001 1"));
        VERIFY_RESULT(releaseUplink(attacker.links));
        VERIFY_RESULT(releaseUplink(victim.links));
        QCOMPARE(RootHand::state(), m_before);
    }

    // What belongs to root of the router: hardware address, MTU, name, other namespaces, bridges.
    void row12_networkEscapeByChanges()
    {
        const UserHolder attacker, victim;
        auto uplink = ensureUplink(attacker.links);
        VERIFY_RESULT(uplink);
        VERIFY_RESULT(ensureUplink(victim.links));
        const std::string routes = RootHand::run("routes").output;
        auto inside = openNetlinkInside(attacker.links);
        VERIFY_RESULT(inside);
        const auto indexOf = [&] {
            const auto link = findInnerLink(*inside);
            return link && link->has_value() ? (*link)->index : 0;
        };
        const std::string stranger("\x02\x62\1\2\3\4", 6);
        for (const char *story : {"mtu", "address", "bridge", "namespace"}) {
            NetlinkMessage message;
            if (std::string_view(story) == "bridge") {
                message.begin(RTM_NEWLINK, NLM_F_CREATE).header<ifinfomsg>();
                message.text(IFLA_IFNAME, "trap");
                const auto info = message.nest(IFLA_LINKINFO);
                message.text(IFLA_INFO_KIND, "bridge");
            }
            auto &link = message.begin(RTM_SETLINK, 0).header<ifinfomsg>();
            link.ifi_index = indexOf();
            QVERIFY(link.ifi_index != 0);
            if (std::string_view(story) == "mtu")
                message.u32(IFLA_MTU, 68);
            if (std::string_view(story) == "address")
                message.bytes(IFLA_ADDRESS, stranger.data(), stranger.size());
            std::unique_ptr<NetworkKeeper> elsewhere;
            if (std::string_view(story) == "namespace") {
                elsewhere = std::make_unique<NetworkKeeper>(attacker.links);
                QTest::qWait(200);
                message.u32(IFLA_NET_NS_PID, std::uint32_t(elsewhere->pid));
            }
            const auto done = inside->request("cannot change the uplink", message);
            QVERIFY2(done, story);
            if (std::string_view(story) == "bridge") {
                NetlinkMessage port;
                auto &header = port.begin(RTM_SETLINK, 0).header<ifinfomsg>();
                header.ifi_index = indexOf();
                const auto bridges = [&] {
                    NetlinkMessage query;
                    query.begin(RTM_GETLINK, 0).header<ifinfomsg>();
                    query.text(IFLA_IFNAME, "trap");
                    const auto answers = inside->ask("cannot find the bridge", query);
                    for (const nlmsghdr &answer : NetlinkAnswers(answers.value()))
                        return netlinkHeader<ifinfomsg>(answer)->ifi_index;
                    return 0;
                };
                port.u32(IFLA_MASTER, std::uint32_t(bridges()));
                VERIFY_RESULT(inside->request("cannot put the uplink on a bridge", port));
            }
            // Whoever does that may lose his own network, and nobody else's changes.
            QVERIFY2(reachesLan(victim.links), story);
            QCOMPARE(RootHand::run("routes").output, routes);
            QVERIFY2(RootHand::does("connect lan 192.0.2.2 7001 1"), story);
            elsewhere.reset();
            // With a new one all is as before.
            VERIFY_RESULT(releaseUplink(attacker.links));
            uplink = ensureUplink(attacker.links);
            VERIFY_RESULT(uplink);
            QVERIFY2(reachesLan(attacker.links), story);
        }
        VERIFY_RESULT(releaseUplink(attacker.links));
        VERIFY_RESULT(releaseUplink(victim.links));
        QCOMPARE(RootHand::state(), m_before);
    }

    // From outside nobody gets in, whether he knows the address or not.
    void row12_nobodyGetsIn()
    {
        const UserHolder holder, other;
        const auto uplink = ensureUplink(holder.links);
        VERIFY_RESULT(uplink);
        VERIFY_RESULT(ensureUplink(other.links));
        const InnerServer server(holder.links, uplink->innerAddress, 7003);
        QVERIFY(server.listens());
        server.setNonBlocking();
        const std::string address = dotted(uplink->innerAddress);
        QVERIFY(RootHand::does("neighbour-route lan add " + address + "/32 via 192.0.2.1"));
        QVERIFY(!RootHand::does("connect lan " + address + " 7003 0.5"));
        QVERIFY(!server.wasReached());
        QVERIFY(countDropped().inbound > 0);
        greetingFrom(other.links, address.c_str(), 7003, 1); // another user
        QVERIFY(!server.wasReached());
        // The host itself may: that is how ports are published.
        const UniqueFd own(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in peer{};
        peer.sin_family = AF_INET;
        peer.sin_port = htons(7003);
        peer.sin_addr.s_addr = htonl(uplink->innerAddress);
        QCOMPARE(::connect(own.get(), reinterpret_cast<const sockaddr *>(&peer), sizeof peer), 0);
        QVERIFY(server.wasReached());
        QVERIFY(RootHand::does("neighbour-route lan delete " + address + "/32"));
        VERIFY_RESULT(releaseUplink(holder.links));
        VERIFY_RESULT(releaseUplink(other.links));
        QCOMPARE(RootHand::state(), m_before);
    }

    void row13_portHijack_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::newRow("every address") << QByteArray("0.0.0.0");
        QTest::newRow("one address") << QByteArray("192.0.2.1");
        QTest::newRow("both families") << QByteArray("::");
    }
    // The second user listens; the first one owns a router, and no port of the host by that.
    void row13_portHijack()
    {
        QFETCH(QByteArray, address);
        const UserHolder holder;
        const auto uplink = ensureUplink(holder.links);
        VERIFY_RESULT(uplink);
        QVERIFY(RootHand::does("other-listen " + address.toStdString() + " 8080"));
        const std::string greeting = address == "::" ? "::ffff:192.0.2.2\n" : "192.0.2.2\n";
        QCOMPARE(RootHand::run("connect lan 192.0.2.1 8080 1").output, greeting);
        // In the router the host's address is anybody's to take, and nothing comes of it.
        auto inside = openNetlinkInside(holder.links);
        VERIFY_RESULT(inside);
        QVERIFY(addInnerAddress(*inside, lanHost));
        const InnerServer thief(holder.links, lanHost, 8080);
        QVERIFY(thief.listens());
        thief.setNonBlocking();
        const Wire wire(holder.links);
        QVERIFY(wire.send(arpFrame(*uplink, lanHost), 3));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(RootHand::run("connect lan 192.0.2.1 8080 1").output, greeting);
        QVERIFY(!thief.wasReached());
        // In the host the kernel says whose port it is.
        for (const bool isReused : {false, true}) {
            QCOMPARE(bindOnHost(AF_INET, "192.0.2.1", 8080, isReused), EADDRINUSE);
            QCOMPARE(bindOnHost(AF_INET, "0.0.0.0", 8080, isReused), EADDRINUSE);
            QCOMPARE(bindOnHost(AF_INET, "0.0.0.0", 80, isReused), EACCES);
        }
        if (address == "::")
            QCOMPARE(bindOnHost(AF_INET6, "::", 8080, true), EADDRINUSE);
        QVERIFY(RootHand::does("other-unlisten"));
        QVERIFY(!RootHand::does("connect lan 192.0.2.1 8080 0.5"));
        QVERIFY(!thief.wasReached());
        VERIFY_RESULT(releaseUplink(holder.links));
        QCOMPARE(RootHand::state(), m_before);
    }

    // At no moment do two networks of the machine meet through it, however often its firewall is emptied.
    void row14_firewallChurn()
    {
        QVERIFY(RootHand::does("second"));
        QVERIFY(RootHand::does("listen lan2 198.51.100.2 7002"));
        const std::string before = RootHand::state();
        const auto meet = [] { return RootHand::does("connect lan 198.51.100.2 7002 0.3"); };
        QVERIFY(!meet());
        QVERIFY(RootHand::does("forward 1"));
        QVERIFY(meet()); // the question can be answered with yes
        QVERIFY(RootHand::does("forward 0"));
        QCOMPARE(RootHand::state(), before);
        std::vector<std::unique_ptr<UserHolder>> holders;
        for (int i = 0; i < 4; ++i)
            holders.push_back(std::make_unique<UserHolder>());
        for (int round = 0; round < 12; ++round) {
            for (const auto &holder : holders)
                VERIFY_RESULT(ensureUplink(holder->links));
            QVERIFY(!meet());
            // While it is being repaired by several at once.
            std::atomic<int> working = 0;
            std::vector<std::thread> starts;
            QVERIFY(RootHand::does(round % 3 == 0 ? "nft delete table ip berth" : "flush"));
            for (const auto &holder : holders)
                starts.emplace_back([&holder, &working] {
                    const auto uplink = ensureUplink(holder->links);
                    if (!uplink)
                        qWarning("%s", uplink.error().detail.c_str());
                    const std::string greeting = greetingFrom(holder->links, "192.0.2.2", 7001, 5);
                    const bool isReached = uplink && greeting == "192.0.2.1\n";
                    if (!isReached)
                        qWarning("%s: %s", uplink ? dotted(uplink->innerAddress).c_str() : "no uplink", greeting.c_str());
                    working += isReached ? 1 : 0;
                });
            const bool met = meet();
            for (auto &start : starts)
                start.join();
            QVERIFY(!met && !meet());
            QCOMPARE(working.load(), 4);
            if (round % 4 == 3) {
                VERIFY_RESULT(releaseUplink(holders.back()->links));
                holders.pop_back();
                holders.push_back(std::make_unique<UserHolder>());
            }
        }
        // Switched on and off by the administrator meanwhile.
        QVERIFY(RootHand::does("forward 1"));
        for (const auto &holder : holders)
            VERIFY_RESULT(ensureUplink(holder->links));
        QVERIFY(meet()); // as wanted
        QVERIFY(RootHand::does("forward 0"));
        QVERIFY(!meet());
        for (const auto &holder : holders) {
            VERIFY_RESULT(ensureUplink(holder->links));
            QVERIFY(reachesLan(holder->links));
        }
        QVERIFY(!meet());
        for (const auto &holder : holders)
            VERIFY_RESULT(releaseUplink(holder->links));
        holders.clear();
        const UserHolder last;
        QVERIFY(QTest::qWaitFor([&] { return releaseUplink(last.links) && RootHand::state() == before; }, 5000));
        QVERIFY(!meet());
    }

    // A dockerd that starts while uplinks are there finds a machine that does not forward, sees to that itself, and
    // has from then on what is not its own dropped. It is named; with the rules that are advised both work.
    void row14_besideDocker()
    {
        const UserHolder holder;
        VERIFY_RESULT(ensureUplink(holder.links));
        QVERIFY(reachesLan(holder.links));
        const auto started = RootHand::run("docker start");
        QVERIFY2(started.code == 0, started.output.c_str());
        QVERIFY(QTest::qWaitFor([] { return helper::readFile("/proc/sys/net/ipv4/ip_forward") == "1\n"; }, 20'000));
        VERIFY_RESULT(ensureUplink(holder.links));
        QVERIFY(!RootHand::state().contains("blackhole")); // the guard would stop docker's own
        const bool isBlocked = !reachesLan(holder.links, 1);
        if (isBlocked) {
            const auto sentence = explainUplink(holder.links);
            VERIFY_RESULT(sentence);
            QVERIFY2(sentence->contains("'ip filter FORWARD'"), sentence->c_str());
            QVERIFY(RootHand::does("nft insert rule ip filter FORWARD iifname berth-* accept"));
            QVERIFY(RootHand::does("nft insert rule ip filter FORWARD oifname berth-* accept"));
        }
        QVERIFY(reachesLan(holder.links));
        QVERIFY(RootHand::does("docker stop"));
        VERIFY_RESULT(ensureUplink(holder.links));
        QVERIFY(reachesLan(holder.links));
        VERIFY_RESULT(releaseUplink(holder.links));
        const std::string left = RootHand::state();
        QVERIFY(!left.contains("berth-") || left.contains("iifname \"berth-*\" accept"));
        QCOMPARE(helper::readFile("/proc/sys/net/ipv4/ip_forward"), std::string("1\n")); // docker's, and stays
    }
};

QTEST_APPLESS_MAIN(TestUplinkAttack)
#include "tst_uplinkattack.moc"
