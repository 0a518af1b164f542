// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/insidesocket.h"
#include "network/lantalk.h"
#include "network/roothand.h"
#include "network/uplink.h"
#include "network/uplinkcheck.h"
#include "network/userholder.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>

using namespace berth;

// The uplink as the engine asks for it, with the installed helper and a neighbour on the LAN.
class TestUplink : public QObject {
    Q_OBJECT
private:
    std::string m_before;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(RootHand::isThere(), "only in ./dev test, where somebody plays the administrator");
        QVERIFY(RootHand::does("clean"));
        QVERIFY(RootHand::does("listen lan 192.0.2.2 7001"));
    }
    void init()
    {
        QVERIFY(RootHand::does("clean"));
        m_before = RootHand::state();
    }
    void cleanupTestCase() { RootHand::does("clean"); }

    void egressAndNothingLeft()
    {
        const UserHolder holder;
        QVERIFY(holder.isMade());
        QVERIFY(!reachesLan(holder.links, 1));
        const auto uplink = ensureUplink(holder.links);
        VERIFY_RESULT(uplink);
        QCOMPARE(uplink->interface, std::string("uplink"));
        QCOMPARE(uplink->innerAddress, uplink->hostAddress + 1);
        QCOMPARE(uplink->hostAddress & 1, 0U);
        QCOMPARE(uplink->mtu, 1500U);
        QVERIFY(::if_nametoindex(uplinkHostName(uplink->hostAddress).c_str()) != 0);
        // The neighbour sees this machine, and no address of ours.
        QCOMPARE(greetingFrom(holder.links, "192.0.2.2", 7001), std::string("192.0.2.1\n"));
        VERIFY_RESULT(releaseUplink(holder.links));
        QVERIFY(!reachesLan(holder.links, 1));
        QCOMPARE(RootHand::state(), m_before);
        VERIFY_RESULT(releaseUplink(holder.links)); // and again
        QCOMPARE(RootHand::state(), m_before);
    }

    void aSecondTimeTheHelperIsNotAsked()
    {
        const UserHolder holder;
        const auto first = ensureUplink(holder.links);
        VERIFY_RESULT(first);
        // Where a set-uid program gets nothing, the helper could not answer.
        const int result = helper::inChild([&] {
            ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            const auto second = ensureUplink(holder.links);
            return second && *second == *first ? 0 : 1;
        });
        QCOMPARE(result, 0);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 100; ++i)
            VERIFY_RESULT(ensureUplink(holder.links));
        qInfo("%.2f ms for an uplink that is there", double(timer.nsecsElapsed()) / 100e6);
        VERIFY_RESULT(releaseUplink(holder.links));
        timer.start();
        VERIFY_RESULT(ensureUplink(holder.links));
        qInfo("%.2f ms for a new one", double(timer.nsecsElapsed()) / 1e6);
        VERIFY_RESULT(releaseUplink(holder.links));
    }

    // What somebody takes away is noticed without the helper, and put right by one call.
    void whatIsTakenAwayComesBack_data()
    {
        QTest::addColumn<QByteArray>("deed");
        QTest::newRow("flushed firewall") << QByteArray("flush");
        QTest::newRow("flushed table") << QByteArray("nft flush table ip berth");
        QTest::newRow("one element") << QByteArray("nft flush set ip berth inner");
        QTest::newRow("pairs") << QByteArray("nft flush set ip berth pairs");
        QTest::newRow("guard") << QByteArray("rule delete priority 98");
        QTest::newRow("way out") << QByteArray("rule delete priority 91");
        QTest::newRow("way back") << QByteArray("rule delete priority 92");
        QTest::newRow("their end") << QByteArray("rule delete priority 99");
        QTest::newRow("link down") << QByteArray("link set NAME down");
        QTest::newRow("link gone") << QByteArray("link delete NAME");
        QTest::newRow("address") << QByteArray("address flush dev NAME");
        QTest::newRow("records") << QByteArray("reset-records");
    }
    void whatIsTakenAwayComesBack()
    {
        QFETCH(QByteArray, deed);
        const UserHolder holder;
        const auto first = ensureUplink(holder.links);
        VERIFY_RESULT(first);
        QVERIFY(reachesLan(holder.links));
        deed.replace("NAME", QByteArray::fromStdString(uplinkHostName(first->hostAddress)));
        const auto done = RootHand::run(deed.toStdString());
        QVERIFY2(done.code == 0, done.output.c_str());
        const bool isStillWhole = deed == "reset-records"; // the kernel has all of it
        QCOMPARE(checkUplink(holder.links).has_value(), isStillWhole);
        const auto again = ensureUplink(holder.links);
        VERIFY_RESULT(again);
        VERIFY_RESULT(checkUplink(holder.links));
        QVERIFY(reachesLan(holder.links));
        if (isStillWhole) // something else goes as well, so that the helper is asked
            QVERIFY(RootHand::does("flush"));
        VERIFY_RESULT(ensureUplink(holder.links));
        QVERIFY(reachesLan(holder.links));
        VERIFY_RESULT(releaseUplink(holder.links));
        QCOMPARE(RootHand::state(), m_before);
    }

    void whatTheRouterDidItselfIsMended()
    {
        const UserHolder holder;
        const auto first = ensureUplink(holder.links);
        VERIFY_RESULT(first);
        auto inside = openNetlinkInside(holder.links);
        VERIFY_RESULT(inside);
        for (int story = 0; story < 3; ++story) {
            NetlinkMessage message;
            auto &link = message.begin(story == 0 ? RTM_DELLINK : RTM_SETLINK, 0).header<ifinfomsg>();
            const auto found = findInnerLink(*inside);
            QVERIFY(found && found->has_value());
            link.ifi_index = (*found)->index;
            if (story == 1)
                link.ifi_change = IFF_UP;
            if (story == 2) {
                message.text(IFLA_IFNAME, "elsewhere");
                NetlinkMessage down;
                auto &same = down.begin(RTM_SETLINK, 0).header<ifinfomsg>();
                same.ifi_index = (*found)->index;
                same.ifi_change = IFF_UP;
                QVERIFY(inside->request("cannot", down));
            }
            VERIFY_RESULT(inside->request("cannot change the uplink", message));
            const auto again = ensureUplink(holder.links);
            VERIFY_RESULT(again);
            QVERIFY2(reachesLan(holder.links), qPrintable(QString::number(story)));
        }
        VERIFY_RESULT(releaseUplink(holder.links));
        QCOMPARE(RootHand::state(), m_before);
    }

    void manyCallersAtOnce()
    {
        const UserHolder holder;
        std::vector<std::thread> callers;
        std::vector<Result<Uplink>> uplinks(6, fail(ErrorCode::Internal, "not asked"));
        for (auto &uplink : uplinks)
            callers.emplace_back([&uplink, &holder] { uplink = ensureUplink(holder.links); });
        for (auto &caller : callers)
            caller.join();
        for (const auto &uplink : uplinks) {
            VERIFY_RESULT(uplink);
            QCOMPARE(uplink->hostAddress, uplinks.front()->hostAddress);
        }
        QVERIFY(reachesLan(holder.links));
        VERIFY_RESULT(releaseUplink(holder.links));
        QCOMPARE(RootHand::state(), m_before);
    }

    void twoHoldersKeepApart()
    {
        const UserHolder one, two;
        const auto first = ensureUplink(one.links);
        const auto second = ensureUplink(two.links);
        VERIFY_RESULT(first);
        VERIFY_RESULT(second);
        QVERIFY(first->hostAddress != second->hostAddress);
        VERIFY_RESULT(releaseUplink(one.links));
        QVERIFY(!reachesLan(one.links, 1));
        QVERIFY(reachesLan(two.links)); // not the last one
        VERIFY_RESULT(releaseUplink(two.links));
        QCOMPARE(RootHand::state(), m_before);
    }

    // The addresses of the machine's networks are nobody's.
    void usedNetworksAreLeftOut()
    {
        // All of the first block is on the second neighbour's network.
        QVERIFY(RootHand::does("second"));
        QVERIFY(RootHand::does("route add 10.213.0.0/16 via 198.51.100.2"));
        const UserHolder holder;
        auto uplink = ensureUplink(holder.links);
        VERIFY_RESULT(uplink);
        QCOMPARE(uplink->hostAddress & 0xfffff000, 0xac1fd000U);
        QVERIFY(reachesLan(holder.links));
        // A network that appears later and leads around the link: another pair.
        in_addr inner{htonl(uplink->innerAddress)};
        QVERIFY(RootHand::does(std::string("route add ") + ::inet_ntoa(inner) + "/32 via 198.51.100.2"));
        QVERIFY(RootHand::does("flush"));
        const auto other = ensureUplink(holder.links);
        VERIFY_RESULT(other);
        QVERIFY(other->hostAddress != uplink->hostAddress);
        QVERIFY(reachesLan(holder.links));
        VERIFY_RESULT(releaseUplink(holder.links));
        // A tunnel that takes the whole private range loses two addresses, but nobody loses his network.
        QVERIFY(RootHand::does("route replace 10.0.0.0/8 via 198.51.100.2"));
        QVERIFY(RootHand::does("route add 172.16.0.0/12 via 198.51.100.2"));
        QVERIFY(RootHand::does("route add 192.168.0.0/16 via 198.51.100.2"));
        QVERIFY(RootHand::does("route delete 10.213.0.0/16"));
        uplink = ensureUplink(holder.links);
        VERIFY_RESULT(uplink);
        QCOMPARE(uplink->hostAddress >> 16, 0x0ad5U);
        QVERIFY(reachesLan(holder.links));
        VERIFY_RESULT(releaseUplink(holder.links));
        QVERIFY(RootHand::does("clean"));
        QCOMPARE(RootHand::state(), m_before);
    }

    // Somebody else's chain drops: it is named, with the number of packets and a way out.
    void aBlockedWayIsExplained()
    {
        const UserHolder holder;
        VERIFY_RESULT(ensureUplink(holder.links));
        auto sentence = explainUplink(holder.links);
        VERIFY_RESULT(sentence);
        QCOMPARE(*sentence, std::string());
        QVERIFY(reachesLan(holder.links));
        QCOMPARE(explainUplink(holder.links).value_or("?"), std::string());
        QVERIFY(RootHand::does("nft add table ip filter"));
        QVERIFY(RootHand::does("nft add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }"));
        QVERIFY(!reachesLan(holder.links, 1));
        sentence = explainUplink(holder.links);
        VERIFY_RESULT(sentence);
        QVERIFY2(
            sentence->contains("'ip filter FORWARD'") && sentence->contains("iptables -I FORWARD -i berth-+"), sentence->c_str());
        QCOMPARE(explainUplink(holder.links).value_or("?"), std::string()); // nothing since
        // What it advises, in the newer words.
        QVERIFY(RootHand::does("nft add rule ip filter FORWARD iifname berth-* accept"));
        QVERIFY(RootHand::does("nft add rule ip filter FORWARD oifname berth-* accept"));
        QVERIFY(reachesLan(holder.links));
        QCOMPARE(explainUplink(holder.links).value_or("?"), std::string());
        QVERIFY(RootHand::does("nft delete table ip filter"));
        QVERIFY(RootHand::does("nft add table inet firewalld"));
        QVERIFY(RootHand::does(
            "nft add chain inet firewalld filter_FORWARD { type filter hook forward priority 10; policy accept; }"));
        QVERIFY(RootHand::does("nft add rule inet firewalld filter_FORWARD reject"));
        QVERIFY(!reachesLan(holder.links, 1));
        sentence = explainUplink(holder.links);
        VERIFY_RESULT(sentence);
        QVERIFY2(sentence->contains("'inet firewalld filter_FORWARD'") && sentence->contains("firewall-cmd"), sentence->c_str());
        VERIFY_RESULT(releaseUplink(holder.links));
    }

    void theHoldersEnd()
    {
        {
            UserHolder holder;
            VERIFY_RESULT(ensureUplink(holder.links));
            holder.end();
            // Containers may still be in there, and it still works; what is broken then, nobody can prove to own.
            VERIFY_RESULT(ensureUplink(holder.links));
            QVERIFY(reachesLan(holder.links));
            QVERIFY(RootHand::does("flush"));
            const auto again = ensureUplink(holder.links);
            QVERIFY(!again);
            QCOMPARE(int(again.error().code), int(ErrorCode::WrongState));
            // But whoever asks next repairs it for all.
            const UserHolder next;
            VERIFY_RESULT(ensureUplink(next.links));
            QVERIFY(reachesLan(holder.links));
        }
        // Then nobody is; what is left goes with the next request of whatever kind.
        const UserHolder next;
        QVERIFY(QTest::qWaitFor([&] { return releaseUplink(next.links) && RootHand::state() == m_before; }, 5000));
    }
};

QTEST_APPLESS_MAIN(TestUplink)
#include "tst_uplink.moc"
