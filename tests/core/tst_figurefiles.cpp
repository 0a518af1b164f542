// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figurefiles.h"

#include <QTest>

using namespace berth;
using namespace std::chrono_literals;

class TestFigureFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbers()
    {
        QCOMPARE(parseNumber("4096\n"), 4096);
        QCOMPARE(parseNumber("0"), 0);
        QCOMPARE(parseNumber("9223372036854771712\n"), 9223372036854771712);
        for (const auto *wrong : {"max\n", "", "\n", "12 34\n", "-1\n", "1e3\n", "99999999999999999999\n"})
            QVERIFY2(!parseNumber(wrong), wrong);
    }

    void fields()
    {
        const auto *text = "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\n";
        QCOMPARE(parseField(text, "usage_usec"), 1500);
        QCOMPARE(parseField(text, "system_usec"), 500);
        QVERIFY(!parseField(text, "usec"));
        QVERIFY(!parseField(text, "usage"));
        QVERIFY(!parseField("usage_usec\n", "usage_usec"));
        QVERIFY(!parseField("", "usage_usec"));
    }

    void kilobytes()
    {
        const auto *rollup = "00400000-7fff0c7ab000 ---p 00000000 00:00 0                              [rollup]\n"
                             "Rss:                1512 kB\nPss:                 844 kB\nPss_Dirty:            56 kB\n";
        QCOMPARE(parseKilobytes(rollup, "Pss"), 844 * 1024);
        QVERIFY(!parseKilobytes(rollup, "Ps"));
        QVERIFY(!parseKilobytes("Pss: 844\n", "Pss"));
    }

    void devices()
    {
        const Traffic two = parseIoStat("8:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n"
                                        "254:0 rbytes=100 wbytes=0 rios=1 wios=0 dbytes=77 dios=1\n");
        QCOMPARE(two, (Traffic{.in = 4196, .out = 8192}));
        QCOMPARE(parseIoStat(""), Traffic());
        // A device whose counters are off has only its numbers.
        QCOMPARE(parseIoStat("8:16 \n"), Traffic());
        QCOMPARE(parseIoStat("8:0 rbytes=x wbytes= cost.usage=3\n"), Traffic());
    }

    void interfaces()
    {
        const auto *text =
            "Inter-|   Receive                                                |  Transmit\n"
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier "
            "compressed\n"
            "    lo:  999999    1    0    0    0     0          0         0   999999    1    0    0    0     0       0          "
            "0\n"
            "  eth0:     108    2    0    0    0     0          0         0      54       1    0    0    0     0       0         "
            " 0\n"
            "eth1:123456789012 9 0 0 0 0 0 0 7 1 0 0 0 0 0 0\n";
        QCOMPARE(parseNetDev(text), (Traffic{.in = 123456789120, .out = 61}));
        QCOMPARE(parseNetDev(""), Traffic());
    }

    // user to softirq: 100 + 1 + 50 + 800 + 9 + 3 + 7; what was stolen (40) is not offered to anybody.
    void processors()
    {
        const auto *text =
            "cpu  100 1 50 800 9 3 7 40 0 0\ncpu0 50 1 25 400 4 1 3 20 0 0\ncpu1 50 0 25 400 5 2 4 20 0 0\nintr 4711 0 1\n";
        const auto time = parseProcStat(text, 100);
        QVERIFY(time);
        QCOMPARE(time->processors, 2);
        QCOMPARE(time->total, std::chrono::nanoseconds(9700ms));
        QVERIFY(!parseProcStat("cpu  100 1\ncpu0 1\n", 100));
        QVERIFY(!parseProcStat("intr 1\n", 100));
        QVERIFY(!parseProcStat("", 100));
    }
};

QTEST_APPLESS_MAIN(TestFigureFiles)
#include "tst_figurefiles.moc"
