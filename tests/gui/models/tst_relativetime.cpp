// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/relativetime.h"

#include "../samples.h"

#include "core/humantext.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;
using samples::now;

class TestRelativeTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void texts_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        constexpr qint64 minute = 60, hour = 3600, day = 86'400;
        QTest::newRow("now") << 0LL << u"just now"_s;
        QTest::newRow("future") << -5000LL << u"just now"_s;
        QTest::newRow("1 s") << 1LL << u"1 second(s) ago"_s;
        QTest::newRow("59 s") << 59LL << u"59 second(s) ago"_s;
        QTest::newRow("1 min") << minute << u"1 minute(s) ago"_s;
        QTest::newRow("59 min") << hour - 1 << u"59 minute(s) ago"_s;
        QTest::newRow("1 h") << hour << u"1 hour(s) ago"_s;
        QTest::newRow("rounded up") << hour + 1800 << u"2 hour(s) ago"_s;
        QTest::newRow("47 h") << 47 * hour << u"47 hour(s) ago"_s;
        QTest::newRow("2 days") << 2 * day << u"2 day(s) ago"_s;
        QTest::newRow("13 days") << 14 * day - hour << u"13 day(s) ago"_s;
        QTest::newRow("2 weeks") << 14 * day << u"2 week(s) ago"_s;
        QTest::newRow("8 weeks") << 60 * day - hour << u"8 week(s) ago"_s;
        QTest::newRow("2 months") << 60 * day << u"2 month(s) ago"_s;
        QTest::newRow("24 months") << 2 * 365 * day - hour << u"24 month(s) ago"_s;
        QTest::newRow("2 years") << 2 * 365 * day << u"2 year(s) ago"_s;
    }
    void texts()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, text);
        QCOMPARE(relativeTime(now.addSecs(-seconds), now), text);
    }

    void unknownTimesHaveNoText() { QCOMPARE(relativeTime({}, now), QString()); }

    // The page and the command must never disagree by more than words.
    void thresholdsAreTheCommands()
    {
        static const QMap<QString, QString> words{{u"second"_s, u"second"_s}, {u"minute"_s, u"minute"_s}, {u"hour"_s, u"hour"_s},
            {u"days"_s, u"day"_s}, {u"weeks"_s, u"week"_s}, {u"months"_s, u"month"_s}, {u"years"_s, u"year"_s}};
        for (qint64 seconds = 1; seconds < 100'000'000; seconds += 1 + seconds / 97) {
            const QString command = humanDuration(std::chrono::seconds(seconds));
            const QString page = relativeTime(now.addSecs(-seconds), now);
            for (const auto &[word, ours] : words.asKeyValueRange()) {
                if (command.contains(word))
                    QVERIFY2(page.contains(ours), qPrintable(command + u" / "_s + page));
            }
            if (command.at(0).isDigit())
                QCOMPARE(page.section(u' ', 0, 0), command.section(u' ', 0, 0));
        }
    }

    // Sleeping exactly as long as promised never misses a change, and nothing changes in between.
    void textsStayUntilTheyAreToldToChange()
    {
        for (qint64 age = 0; age < 40'000'000'000; age += 1 + age / 53) {
            const QDateTime time = now.addMSecs(-age);
            const auto wait = untilTextChanges(time, now);
            QVERIFY(wait.count() > 0);
            const QDateTime last = now.addMSecs(wait.count() - 1);
            QCOMPARE(relativeTime(time, last), relativeTime(time, now));
            QCOMPARE(humanDuration(std::chrono::seconds(time.msecsTo(last) / 1000)),
                humanDuration(std::chrono::seconds(time.msecsTo(now) / 1000)));
        }
    }
};

QTEST_GUILESS_MAIN(TestRelativeTime)
#include "tst_relativetime.moc"
