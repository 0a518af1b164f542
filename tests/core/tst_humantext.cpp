// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/humantext.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestHumanText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void durations_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        constexpr qint64 minute = 60;
        constexpr qint64 hour = 3600;
        constexpr qint64 day = 24 * hour;
        const auto row = [](qint64 seconds, const char *text) {
            QTest::addRow("%lld", seconds) << seconds << QString::fromLatin1(text);
        };
        row(-5, "Less than a second");
        row(0, "Less than a second");
        row(1, "1 second");
        row(2, "2 seconds");
        row(59, "59 seconds");
        row(60, "About a minute");
        row(119, "About a minute");
        row(120, "2 minutes");
        row(59 * minute + 59, "59 minutes");
        row(hour, "About an hour");
        row(hour + 30 * minute - 1, "About an hour");
        row(hour + 30 * minute, "2 hours");
        row(47 * hour + 29 * minute, "47 hours");
        row(47 * hour + 30 * minute, "2 days");
        row(2 * day, "2 days");
        row(13 * day + 23 * hour, "13 days");
        row(14 * day, "2 weeks");
        row(59 * day, "8 weeks");
        row(60 * day, "2 months");
        row(729 * day, "24 months");
        row(730 * day, "2 years");
        row(3 * 365 * day, "3 years");
    }
    void durations()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, text);
        QCOMPARE(humanDuration(std::chrono::seconds(seconds)), text);
    }

    void sizes_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<int>("precision");
        QTest::addColumn<QString>("text");
        const auto row = [](qint64 bytes, int precision, const char *text) {
            QTest::addRow("%lld/%d", bytes, precision) << bytes << precision << QString::fromLatin1(text);
        };
        row(0, 3, "0B");
        row(2, 3, "2B");
        row(999, 3, "999B");
        row(1000, 3, "1kB");
        row(1500, 3, "1.5kB");
        row(123'456, 3, "123kB");
        row(999'499, 3, "999kB");
        row(999'999, 3, "1MB");
        row(188'300'000, 3, "188MB");
        row(21'500'000, 3, "21.5MB");
        row(1'234'567'890, 3, "1.23GB");
        row(12'345'678, 4, "12.35MB");
        row(123'400'000, 4, "123.4MB");
        row(2'000'000'000'000, 3, "2TB");
    }
    void sizes()
    {
        QFETCH(qint64, bytes);
        QFETCH(int, precision);
        QFETCH(QString, text);
        QCOMPARE(humanSize(bytes, precision), text);
    }

    void binarySizes()
    {
        QCOMPARE(binarySize(0), QLatin1StringView("0B"));
        QCOMPARE(binarySize(1023), QLatin1StringView("1023B"));
        QCOMPARE(binarySize(1024), QLatin1StringView("1KiB"));
        QCOMPARE(binarySize(1'257'242), QLatin1StringView("1.199MiB"));
        QCOMPARE(binarySize(64 << 20), QLatin1StringView("64MiB"));
        QCOMPARE(binarySize(25'279'070'208), QLatin1StringView("23.54GiB"));
        QCOMPARE(binarySize(1'048'575), QLatin1StringView("1024KiB")); // as Docker, which looks at the unit before it rounds
    }
};

QTEST_GUILESS_MAIN(TestHumanText)
#include "tst_humantext.moc"
