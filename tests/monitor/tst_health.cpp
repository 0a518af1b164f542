// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/health.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

HealthSpec spec()
{
    HealthSpec spec;
    spec.arguments = {"true"};
    spec.interval = 1000;
    spec.startInterval = 100;
    spec.startPeriod = 5000;
    spec.retries = 2;
    return spec;
}
Health::Result answer(int exitCode) { return {"s", "e", exitCode, "said \"\n\xff"}; }

} // namespace

class TestHealth : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void failuresOfTheStartPeriodDoNotCount()
    {
        Health health(spec());
        health.begin();
        QCOMPARE(health.status(), "starting");
        for (int i = 0; i < 4; ++i)
            QVERIFY(!health.note(answer(1), 4999));
        QVERIFY(!health.note(answer(1), 5000));
        QVERIFY(health.note(answer(-1), 5000));
        QCOMPARE(health.status(), "unhealthy");
        QVERIFY(health.note(answer(0), 6000));
        QCOMPARE(health.status(), "healthy");
        QVERIFY(!health.note(answer(1), 0)); // it is up: every failure counts
        QVERIFY(health.note(answer(1), 0));
        QCOMPARE(health.status(), "unhealthy");
        health.begin();
        QCOMPARE(health.status(), "starting");
    }

    void asksMoreOftenWhileItStarts()
    {
        Health health(spec());
        health.begin();
        QCOMPARE(health.pause(0), 100);
        QCOMPARE(health.pause(5000), 1000);
        health.note(answer(0), 0);
        QCOMPARE(health.pause(0), 1000);
        QVERIFY(!Health().isActive());
    }

    void keepsTheLastFive()
    {
        Health health(spec());
        health.begin();
        for (int i = 1; i <= 7; ++i)
            health.note(answer(i), 9000);
        const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(health.json())).object();
        QCOMPARE(object["Status"_L1].toString(), u"unhealthy"_s);
        QCOMPARE(object["FailingStreak"_L1].toInt(), 7);
        const auto log = object["Log"_L1].toArray();
        QCOMPARE(log.size(), 5);
        QCOMPARE(log[0]["ExitCode"_L1].toInt(), 3);
        QCOMPARE(log[4]["ExitCode"_L1].toInt(), 7);
        QCOMPARE(log[4]["Output"_L1].toString(), u"said \"\n\ufffd"_s);
    }

    void outputHasAnEnd()
    {
        ProbeOutput output;
        output.append(std::string(4000, 'a'));
        output.append(std::string(96, 'b'));
        QCOMPARE(output.text().size(), 4096u);
        output.append("c");
        QCOMPARE(output.text().size(), 4099u);
        QVERIFY(output.text().ends_with("b..."));
    }

    void durations()
    {
        QCOMPARE(durationText(500), "500ms");
        QCOMPARE(durationText(1000), "1s");
        QCOMPARE(durationText(1500), "1.5s");
        QCOMPARE(durationText(60'000), "1m0s");
        QCOMPARE(durationText(3'661'000), "1h1m1s");
    }
};

QTEST_APPLESS_MAIN(TestHealth)
#include "tst_health.moc"
