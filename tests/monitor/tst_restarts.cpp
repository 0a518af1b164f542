// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/restarts.h"

#include <QList>
#include <QTest>

using namespace berth;

class TestRestarts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waitsTwiceAsLongEachTime()
    {
        Restarts restarts({RestartKind::Always, 0});
        QList<std::int64_t> delays;
        for (int i = 0; i < 12; ++i)
            delays += restarts.delayAfter(5);
        QCOMPARE(delays, QList<std::int64_t>({100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 60000, 60000}));
        QCOMPARE(restarts.delayAfter(9'999), 60000);
        QCOMPARE(restarts.delayAfter(10'000), 100); // it ran long enough to be well
        QCOMPARE(restarts.delayAfter(0), 200);
    }

    void policies_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("maxRetries");
        QTest::addColumn<QList<int>>("exits");
        QTest::addColumn<int>("count");
        QTest::newRow("no") << int(RestartKind::No) << 0 << QList<int>{1} << 0;
        QTest::newRow("always") << int(RestartKind::Always) << 0 << QList<int>{0, 1, 137} << 3;
        QTest::newRow("unless-stopped") << int(RestartKind::UnlessStopped) << 0 << QList<int>{0, 1, 137} << 3;
        QTest::newRow("on-failure") << int(RestartKind::OnFailure) << 0 << QList<int>{1, 2, 3, 0} << 3;
        QTest::newRow("on-failure:2") << int(RestartKind::OnFailure) << 2 << QList<int>{1, 1, 1} << 2;
    }
    void policies()
    {
        QFETCH(int, kind);
        QFETCH(int, maxRetries);
        QFETCH(QList<int>, exits);
        QFETCH(int, count);
        Restarts restarts({static_cast<RestartKind>(kind), static_cast<std::uint32_t>(maxRetries)});
        int started = 0;
        for (const int exit : exits)
            started += restarts.wantsAnother(exit) ? 1 : 0;
        QCOMPARE(started, count);
        QCOMPARE(int(restarts.count()), count);
    }

    void aSignalOfAPerson()
    {
        Restarts always({RestartKind::Always, 0});
        always.noteSignal(false); // SIGHUP to a container with a stop signal of its own
        QVERIFY(always.wantsAnother(1));
        always.noteSignal(true);
        QVERIFY(!always.wantsAnother(1));
        always.setPolicy({RestartKind::Always, 0});
        QVERIFY(!always.wantsAnother(1)); // stopped is stopped
        Restarts unlessStopped({RestartKind::UnlessStopped, 0});
        unlessStopped.noteSignal(false);
        QVERIFY(!unlessStopped.wantsAnother(1));
    }

    void anotherPolicy()
    {
        Restarts restarts({RestartKind::No, 0});
        QVERIFY(!restarts.wantsAnother(1));
        restarts.setPolicy({RestartKind::OnFailure, 1});
        QVERIFY(restarts.wantsAnother(1));
        QVERIFY(!restarts.wantsAnother(1));
    }
};

QTEST_APPLESS_MAIN(TestRestarts)
#include "tst_restarts.moc"
