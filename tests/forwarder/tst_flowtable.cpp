// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Who is remembered, and for how long.
#include "forwarder/flowtable.h"

#include <QTest>

using namespace berth::forwarder;

class TestFlowTable : public QObject {
    Q_OBJECT

    static FlowKey client(std::uint16_t port)
    {
        FlowKey key;
        key.listener = 5;
        key.port = port;
        return key;
    }

private Q_SLOTS:
    void theQuietOnesGo()
    {
        FlowTable flows(10, 100);
        QCOMPARE(flows.timeout(0), -1);
        flows.add(client(1), 0);
        flows.add(client(2), 30);
        QCOMPARE(flows.timeout(40), 60);
        flows.touch(*flows.find(client(1)), 50);
        QCOMPARE(flows.timeout(50), 80);
        flows.expire(129);
        QCOMPARE(flows.size(), 2U);
        flows.expire(130);
        QVERIFY(flows.find(client(1)));
        QVERIFY(!flows.find(client(2)));
        QCOMPARE(flows.timeout(200), 0);
        flows.expire(200);
        QCOMPARE(flows.size(), 0U);
    }

    void theOldestMakesRoom()
    {
        FlowTable flows(3, 1000);
        QList<int> ended;
        flows.onEnd = [&](Flow &flow) { ended += flow.key.port; };
        for (const int port : {1, 2, 3})
            flows.add(client(std::uint16_t(port)), port);
        flows.touch(*flows.find(client(1)), 4);
        flows.add(client(4), 5);
        QCOMPARE(flows.size(), 3U);
        QCOMPARE(ended, QList<int>{2});
        flows.clear();
        QCOMPARE(ended, (QList<int>{2, 3, 1, 4}));
    }

    void clientsAreToldApart()
    {
        FlowTable flows(10, 1000);
        auto other = client(1);
        other.listener = 6;
        auto third = client(1);
        third.address.s6_addr[15] = 1;
        for (const auto &key : {client(1), other, third})
            flows.add(key, 0);
        QCOMPARE(flows.size(), 3U);
        QVERIFY(flows.find(other) != flows.find(third));
    }
};

QTEST_GUILESS_MAIN(TestFlowTable)
#include "tst_flowtable.moc"
