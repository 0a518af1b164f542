// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networkinfo.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestNetworkInfo : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names()
    {
        for (const auto *good : {"a", "web", "my_net.1-x", "0"})
            QVERIFY2(checkNetworkName(QString::fromLatin1(good)), good);
        for (const auto *bad :
            {"", " ", "-a", ".a", "a/b", "a b", "a\n", "a:b", "container:x", "bridge", "host", "none", "default"})
            QVERIFY2(!checkNetworkName(QString::fromLatin1(bad)), bad);
        QCOMPARE(checkNetworkName(u"host"_s).error().code, ErrorCode::InvalidArgument);
        QVERIFY(isUserDefined(u"web"_s));
        for (const auto *not_ : {"bridge", "host", "none", "default", "", "container:web"})
            QVERIFY2(!isUserDefined(QString::fromLatin1(not_)), not_);
    }

    void addresses_data()
    {
        QTest::addColumn<QStringList>("asked"); // subnet, gateway, range
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const QString &subnet, const QString &gateway, const QString &range,
                             const QString &problem) { QTest::newRow(name) << QStringList{subnet, gateway, range} << problem; };
        row("nothing", {}, {}, {}, {});
        row("all", u"10.5.0.0/16"_s, u"10.5.0.254"_s, u"10.5.3.0/24"_s, {});
        row("no number", u"10.5"_s, {}, {}, u"invalid subnet 10.5: invalid CIDR block notation"_s);
        row("host bits", u"10.5.1.1/16"_s, {}, {}, u"invalid subnet 10.5.1.1/16: it should be 10.5.0.0/16"_s);
        row("too small", u"10.5.0.0/31"_s, {}, {}, u"invalid subnet 10.5.0.0/31: a network has between /8 and /30"_s);
        row("gateway elsewhere", u"10.5.0.0/16"_s, u"10.6.0.1"_s, {},
            u"invalid gateway 10.6.0.1: parent subnet 10.5.0.0/16 doesn't contain this address"_s);
        row("gateway is broadcast", u"10.5.0.0/16"_s, u"10.5.255.255"_s, {},
            u"invalid gateway 10.5.255.255: parent subnet 10.5.0.0/16 doesn't contain this address"_s);
        row("no gateway", u"10.5.0.0/16"_s, u"x"_s, {}, u"invalid gateway x: invalid address"_s);
        row("range elsewhere", u"10.5.0.0/16"_s, {}, u"10.6.0.0/24"_s,
            u"invalid ip-range 10.6.0.0/24: parent subnet 10.5.0.0/16 doesn't contain ip-range"_s);
    }
    void addresses()
    {
        QFETCH(QStringList, asked);
        QFETCH(QString, problem);
        NetworkInfo network;
        network.subnet = asked[0];
        network.gateway = asked[1];
        network.ipRange = asked[2];
        const auto checked = checkAddresses(network);
        QCOMPARE(checked ? QString() : QString::fromStdString(checked.error().detail),
            problem.isEmpty() ? QString() : u"invalid network config:\n"_s + problem);
    }

    void modes()
    {
        QVERIFY(sharesNamespace(u"host"_s));
        QVERIFY(sharesNamespace(u"container:web"_s));
        QVERIFY(!sharesNamespace(u"bridge"_s));
        QCOMPARE(containerOfMode(u"container:web"_s), u"web"_s);
        QVERIFY(!containerOfMode(u"host"_s));
    }

    void aliases()
    {
        QVERIFY(checkAliases({u"web"_s, u"web.example.org"_s, u"웹"_s}, {u"db"_s, u"db:d"_s}));
        for (const auto *bad : {"", "a b", "a\n1.2.3.4 b", "a\tb", "#", "\x7f"}) {
            QVERIFY2(!checkAliases({QString::fromLatin1(bad)}, {}), bad);
            QVERIFY2(!checkAliases({}, {u"db:"_s + QString::fromLatin1(bad)}), bad);
        }
    }

    void hardwareAddress()
    {
        NetworkAttachment place;
        QCOMPARE(place.macAddress(), QString());
        place.address = u"172.18.0.3"_s;
        QCOMPARE(place.macAddress(), u"02:42:ac:12:00:03"_s);
        place.fixedMac = u"92:D0:c6:0a:29:33"_s;
        QCOMPARE(place.macAddress(), u"92:d0:c6:0a:29:33"_s);
    }
};

QTEST_APPLESS_MAIN(TestNetworkInfo)
#include "tst_networkinfo.moc"
