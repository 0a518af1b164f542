// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/subnet.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestSubnet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isGood");
        for (const auto *good : {"0.0.0.0", "10.0.0.1", "255.255.255.255"})
            QTest::newRow(good) << QString::fromLatin1(good) << true;
        for (const auto *bad : {"", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", " 1.2.3.4", "1.2.3.4 ", "1.2.3.-4",
                 "1.2.3.4\n", "::1", "1.2.3.٤"})
            QTest::newRow(bad) << QString::fromUtf8(bad) << false;
    }
    void addresses()
    {
        QFETCH(QString, text);
        QFETCH(bool, isGood);
        const auto address = parseIpv4(text);
        QCOMPARE(address.has_value(), isGood);
        if (isGood)
            QCOMPARE(ipv4Text(*address), text);
    }

    void parsing()
    {
        QCOMPARE(Subnet::parse(u"10.1.0.0/16"_s)->text(), u"10.1.0.0/16"_s);
        QCOMPARE(Subnet::parse(u"0.0.0.0/0"_s)->last(), 0xffffffffU);
        QCOMPARE(Subnet::parse(u"1.2.3.4/32"_s)->last(), Subnet::parse(u"1.2.3.4/32"_s)->base);
        QVERIFY(!Subnet::parse(u"10.1.0.5/16"_s));
        QCOMPARE(Subnet::parse(u"10.1.0.5/16"_s, true)->text(), u"10.1.0.0/16"_s);
        for (const auto *bad : {"10.1.0.0", "10.1.0.0/", "10.1.0.0/33", "10.1.0.0/-1", "10.1.0.0/016", "10.1.0.0/1x", "/16"})
            QVERIFY2(!Subnet::parse(QString::fromLatin1(bad), true), bad);
    }

    void overlapping()
    {
        const auto subnet = [](const char *text) { return *Subnet::parse(QString::fromLatin1(text)); };
        QVERIFY(subnet("10.0.0.0/8").overlaps(subnet("10.200.0.0/16")));
        QVERIFY(subnet("10.200.0.0/16").overlaps(subnet("10.0.0.0/8")));
        QVERIFY(!subnet("10.0.0.0/9").overlaps(subnet("10.128.0.0/9")));
        QVERIFY(subnet("10.0.0.0/8").contains(subnet("10.0.0.0/8")));
        QVERIFY(!subnet("10.0.0.0/9").contains(subnet("10.0.0.0/8")));
    }

    void dockersPools()
    {
        QList<Subnet> taken;
        QStringList chosen;
        while (const auto next = freeSubnet(taken)) {
            chosen += next->text();
            taken += *next;
        }
        QCOMPARE(chosen.size(), 15 + 16);
        QCOMPARE(chosen.first(), u"172.17.0.0/16"_s);
        QCOMPARE(chosen[1], u"172.18.0.0/16"_s);
        QCOMPARE(chosen[14], u"172.31.0.0/16"_s);
        QCOMPARE(chosen[15], u"192.168.0.0/20"_s);
        QCOMPARE(chosen.last(), u"192.168.240.0/20"_s);
        // A host in 172.18.5.0/24 costs one subnet, one that routes half of the private addresses many.
        QCOMPARE(
            freeSubnet({*Subnet::parse(u"172.17.0.0/16"_s), *Subnet::parse(u"172.18.5.0/24"_s)})->text(), u"172.19.0.0/16"_s);
        QCOMPARE(freeSubnet({*Subnet::parse(u"172.16.0.0/12"_s)})->text(), u"192.168.0.0/20"_s);
        QVERIFY(!freeSubnet({*Subnet::parse(u"128.0.0.0/1"_s)}));
    }

    void lowestAddressFirst()
    {
        const auto subnet = *Subnet::parse(u"10.0.0.0/29"_s);
        QSet<Ipv4> taken{firstAddress(subnet, subnet)};
        QCOMPARE(ipv4Text(*taken.begin()), u"10.0.0.1"_s);
        QStringList given;
        const auto isTaken = [&taken](Ipv4 address) { return taken.contains(address); };
        while (const auto address = lowestFree(subnet, subnet, isTaken)) {
            given += ipv4Text(*address);
            taken += *address;
        }
        QCOMPARE(given, (QStringList{u"10.0.0.2"_s, u"10.0.0.3"_s, u"10.0.0.4"_s, u"10.0.0.5"_s, u"10.0.0.6"_s}));
        taken.remove(*parseIpv4(u"10.0.0.3"_s));
        QCOMPARE(ipv4Text(*lowestFree(subnet, subnet, isTaken)), u"10.0.0.3"_s);
        const auto range = *Subnet::parse(u"10.0.0.4/30"_s);
        QCOMPARE(ipv4Text(firstAddress(subnet, range)), u"10.0.0.4"_s);
        QVERIFY(!lowestFree(subnet, range, isTaken)); // 7 is the broadcast address
        const auto highest = *Subnet::parse(u"255.255.255.252/30"_s);
        QCOMPARE(ipv4Text(*lowestFree(highest, highest, [](Ipv4 address) { return (address & 3) == 1; })), u"255.255.255.254"_s);
    }

    void hardwareAddresses()
    {
        QCOMPARE(macOf(*parseIpv4(u"172.17.0.2"_s)), u"02:42:ac:11:00:02"_s);
        QVERIFY(isMac(macOf(0xffffffff)));
        QVERIFY(isMac(u"92:d0:C6:0a:29:33"_s));
        for (const auto *bad : {"", "92:d0:c6:0a:29", "92:d0:c6:0a:29:33:44", "92-d0-c6-0a-29-33", "01:00:5e:00:00:01",
                 "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "9g:d0:c6:0a:29:33", "92:d0:c6:0a:29:33\n"})
            QVERIFY2(!isMac(QString::fromLatin1(bad)), bad);
    }
};

QTEST_APPLESS_MAIN(TestSubnet)
#include "tst_subnet.moc"
