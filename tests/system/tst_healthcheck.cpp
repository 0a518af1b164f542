// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Health checks from end to end: asked by the monitor, shown by ps, inspect and events.
#include "system/commandtest.h"

using namespace berth::test;

class TestHealthCheck : public CommandTest {
    Q_OBJECT

    void run(const QList<QByteArray> &options)
    {
        VERIFY_OK(
            berth(QList<QByteArray>{"run", "-d", "--name", "asked"} + options + QList<QByteArray>{"busybox", "sleep", "1000"}));
    }
    bool waitForHealth(const QByteArray &status)
    {
        return QTest::qWaitFor([&] { return inspect("asked", ".State.Health.Status") == status; }, 20'000);
    }
    QByteArray names(const QByteArray &filter) { return berth({"ps", "--format", "{{.Names}}", "--filter", filter}).out; }

private Q_SLOTS:
    void becomesHealthyAndIll()
    {
        run({"--health-cmd", "echo looked; test ! -e /ill", "--health-interval", "100ms", "--health-retries", "2"});
        const auto status = berth({"ps", "--format", "{{.Status}}"}).out;
        QVERIFY2(status.endsWith(" (health: starting)\n") || status.endsWith(" (healthy)\n"), status);
        QVERIFY(waitForHealth("healthy"));
        QVERIFY(berth({"ps", "--format", "{{.Status}}"}).out.endsWith(" (healthy)\n"));
        QCOMPARE(names("health=healthy"), "asked\n");
        QCOMPARE(names("health=unhealthy"), "");
        QCOMPARE(inspect("asked", "(index .State.Health.Log 0).Output"), "looked");
        QCOMPARE(inspect("asked", "(index .State.Health.Log 0).ExitCode"), "0");
        VERIFY_OK(berth({"exec", "asked", "touch", "/ill"}));
        QVERIFY(waitForHealth("unhealthy"));
        QVERIFY(inspect("asked", ".State.Health.FailingStreak").toInt() >= 2);
        QVERIFY(QTest::qWaitFor([&] { return inspect("asked", "len .State.Health.Log") == "5"; }, 20'000));
        const auto told = berth({"events", "--since", "10m", "--until", "0s", "--filter", "event=health_status", "--filter",
            "container=asked", "--format", "{{.Action}}"});
        QCOMPARE(told.out, "health_status: healthy\nhealth_status: unhealthy\n");
        VERIFY_OK(berth({"rm", "-f", "asked"}));
    }

    void aSlowAnswerIsNone()
    {
        run({"--health-cmd", "echo slow; exec sleep 1000", "--health-interval", "50ms", "--health-timeout", "200ms",
            "--health-retries", "1"});
        QVERIFY(waitForHealth("unhealthy"));
        QCOMPARE(inspect("asked", "(index .State.Health.Log 0).ExitCode"), "-1");
        QCOMPARE(inspect("asked", "(index .State.Health.Log 0).Output"), "Health check exceeded timeout (200ms): slow");
        VERIFY_OK(berth({"stop", "-t", "0", "asked"})); // with a question under way
    }

    // 10 MB of output are neither kept nor in the way.
    void aFloodIsCut()
    {
        run({"--health-cmd", "yes | head -c 10000000; exit 3", "--health-interval", "50ms", "--health-retries", "1"});
        QVERIFY(waitForHealth("unhealthy"));
        QCOMPARE(inspect("asked", "(index .State.Health.Log 0).ExitCode"), "3");
        QCOMPARE(inspect("asked", "len (index .State.Health.Log 0).Output"), "4099");
    }

    void pausedIsNotAsked()
    {
        run({"--health-cmd", "true", "--health-interval", "50ms"});
        QVERIFY(waitForHealth("healthy"));
        VERIFY_OK(berth({"pause", "asked"}));
        QVERIFY(berth({"ps", "--format", "{{.Status}}"}).out.endsWith(" (Paused)\n"));
        VERIFY_OK(berth({"unpause", "asked"}));
        const auto last = inspect("asked", "json .State.Health.Log");
        QVERIFY(QTest::qWaitFor([&] { return inspect("asked", "json .State.Health.Log") != last; }, 20'000));
        QCOMPARE(inspect("asked", ".State.Health.Status"), "healthy");
    }

    void whatIsAskedFor()
    {
        run({"--health-cmd", "true", "--health-interval", "1m30s", "--health-start-period", "2s", "--health-retries", "7"});
        QCOMPARE(inspect("asked", "json .Config.Healthcheck"),
            R"({"Test":["CMD-SHELL","true"],"Interval":90000000000,"StartPeriod":2000000000,"Retries":7})");
        VERIFY_OK(berth({"rm", "-f", "asked"}));
        run({"--no-healthcheck"});
        QCOMPARE(inspect("asked", "json .Config.Healthcheck"), R"({"Test":["NONE"]})");
        QCOMPARE(names("health=none"), "asked\n");
        const auto both = berth({"run", "--no-healthcheck", "--health-cmd", "true", "busybox", "true"});
        QCOMPARE(both.code, 125);
        QVERIFY2(both.err.contains("--no-healthcheck conflicts with --health-* options"), both.err);
        const auto wrong = berth({"run", "--health-interval", "often", "busybox", "true"});
        QCOMPARE(wrong.code, 125);
        QVERIFY2(wrong.err.contains("time: invalid duration \"often\""), wrong.err);
        QCOMPARE(berth({"create", "--health-cmd", "true", "--health-interval", "1us", "busybox", "true"}).err,
            "Error response from daemon: Interval in Healthcheck cannot be less than 1ms\n");
        QCOMPARE(berth({"ps", "--filter", "health=fine"}).err,
            "Error response from daemon: unrecognised filter value for health: fine\n");
    }
};

QTEST_GUILESS_MAIN(TestHealthCheck)
#include "tst_healthcheck.moc"
