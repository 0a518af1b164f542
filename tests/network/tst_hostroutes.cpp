// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/hostroutes.h"

#include <QTest>

using namespace berth;

class TestHostRoutes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // As a machine with a VPN and Docker has it; the default route hides nothing.
    void aTable()
    {
        const QByteArray text = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
                                "wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
                                "tun0\t0000000A\t00000000\t0001\t0\t0\t50\t000000FF\t0\t0\t0\n"
                                "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n"
                                "wlan0\t0000A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0\n"
                                "tun0\t0101A8C0\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0\n";
        QStringList routes;
        for (const Subnet &route : parseRoutes(text))
            routes += route.text();
        QCOMPARE(routes.join(u' '), QStringLiteral("10.0.0.0/8 172.17.0.0/16 192.168.0.0/24 192.168.1.1/32"));
    }

    void onlyWhatIsUsed()
    {
        const QByteArray text = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
                                "br-0123456789ab\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n"
                                "br-abcdef012345\t000012AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n";
        const QByteArray devices = "Inter-|\n face |\n    lo: 0\nbr-0123456789ab: 0\nvabcdefac120002: 0\n";
        const auto used = parseUsedRoutes(text, devices);
        QCOMPARE(used.size(), 1);
        QCOMPARE(used.first().text(), QStringLiteral("172.18.0.0/16"));
    }

    void damagedTables()
    {
        QVERIFY(parseRoutes({}).isEmpty());
        QVERIFY(parseRoutes("Iface\n").isEmpty());
        QVERIFY(parseRoutes("Iface\na\tb\tc\td\te\tf\tg\th\n\n\t\t\t\t\t\t\t\n").isEmpty());
        QVERIFY(parseRoutes("Iface\na\t0000000A\tc\td\te\tf\tg\t00FF00FF\n").isEmpty()); // no mask of a subnet
    }

    void thisMachine()
    {
        for (const Subnet &route : hostRoutes())
            QVERIFY(route.prefix > 0 && Subnet::parse(route.text()));
    }
};

QTEST_APPLESS_MAIN(TestHostRoutes)
#include "tst_hostroutes.moc"
