// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Restart policies from end to end, carried out by the monitor.
#include "system/commandtest.h"

#include <csignal>

#include <unistd.h>

using namespace berth::test;

class TestRestart : public CommandTest {
    Q_OBJECT

    void run(const QByteArray &policy, const QByteArray &line, const QList<QByteArray> &options = {})
    {
        VERIFY_OK(berth(QList<QByteArray>{"run", "-d", "--name", "again", "--restart", policy} + options
            + QList<QByteArray>{"busybox", "sh", "-c", line}));
    }
    bool waitForStatus(const QByteArray &status)
    {
        return QTest::qWaitFor([&] { return inspect("again", ".State.Status") == status; }, 20'000);
    }
    bool waitForCount(int count)
    {
        return QTest::qWaitFor([&] { return inspect("again", ".RestartCount").toInt() >= count; }, 20'000);
    }

private Q_SLOTS:
    void onFailureTriesSoOften()
    {
        run("on-failure:2", "echo ran; exit 3");
        QVERIFY(QTest::qWaitFor([&] { return inspect("again", ".State.Status") == "exited"; }, 20'000));
        QCOMPARE(inspect("again", ".RestartCount"), "2");
        QCOMPARE(inspect("again", ".State.ExitCode"), "3");
        QCOMPARE(berth({"logs", "again"}).out, "ran\nran\nran\n"); // one log of all runs
        QCOMPARE(inspect("again", "json .HostConfig.RestartPolicy"), R"({"Name":"on-failure","MaximumRetryCount":2})");
        VERIFY_OK(berth({"start", "again"})); // counts from the beginning
        QVERIFY(waitForStatus("exited"));
        QCOMPARE(inspect("again", ".RestartCount"), "2");
    }

    void onFailureLeavesSuccessAlone()
    {
        run("on-failure", "exit 0");
        QVERIFY(waitForStatus("exited"));
        QCOMPARE(inspect("again", ".RestartCount"), "0");
    }

    // The state between two runs, and what verbs say to it.
    void restarting()
    {
        run("always", "exit 3");
        QVERIFY(waitForCount(4)); // the wait is 800 ms and more from here on
        QVERIFY(waitForStatus("restarting"));
        QCOMPARE(inspect("again", ".State.Running"), "true");
        const auto status = berth({"ps", "--format", "{{.Status}}", "--filter", "status=restarting"}).out;
        QVERIFY2(status.startsWith("Restarting (3) ") && status.endsWith(" ago\n"), status);
        VERIFY_OK(berth({"stop", "again"}));
        QCOMPARE(inspect("again", ".State.Status"), "exited");
        QCOMPARE(inspect("again", ".State.ExitCode"), "3");
    }

    void refusalsWhileRestarting()
    {
        run("always", "exit 3");
        QVERIFY(waitForCount(6)); // a wait of 3.2 s and more
        QVERIFY(waitForStatus("restarting"));
        const auto id = inspect("again", ".Id");
        const auto restarting = "Error response from daemon: Container " + id
            + " is restarting, wait until the container is running\n";
        COMPARE_ANSWER(berth({"exec", "again", "true"}), 1, "", restarting);
        COMPARE_ANSWER(berth({"pause", "again"}), 1, "", restarting);
        COMPARE_ANSWER(
            berth({"attach", "again"}), 1, "", "You cannot attach to a restarting container, wait until it is running\n");
        COMPARE_ANSWER(berth({"rm", "again"}), 1, "",
            "Error response from daemon: cannot remove container \"/again\": container is restarting: stop the container before "
            "removing or force remove\n");
        COMPARE_ANSWER(berth({"start", "again"}), 0, "again\n", "");
        QElapsedTimer clock;
        clock.start();
        VERIFY_OK(berth({"rm", "-f", "again"}));
        QVERIFY(clock.elapsed() < 3'000);
        QCOMPARE(berth({"inspect", "again"}).code, 1);
    }

    void killedByAPersonStaysDead()
    {
        run("always", "echo up; exec sleep 1000");
        QVERIFY(waitForLog("again", "up"));
        VERIFY_OK(berth({"kill", "again"}));
        QCOMPARE(inspect("again", ".State.Status"), "exited");
        QCOMPARE(inspect("again", ".RestartCount"), "0");
        VERIFY_OK(berth({"start", "again"}));
        VERIFY_OK(berth({"stop", "-t", "0", "-s", "KILL", "again"}));
        QCOMPARE(inspect("again", ".State.Status"), "exited");
    }

    void killedByAccidentComesBack()
    {
        run("unless-stopped", "exec sleep 1000");
        const auto pid = inspect("again", ".State.Pid").toInt();
        QVERIFY(pid > 1);
        QCOMPARE(::kill(pid, SIGKILL), 0);
        QVERIFY(waitForCount(1));
        QVERIFY(waitForStatus("running"));
        QVERIFY(inspect("again", ".State.Pid").toInt() != pid);
        VERIFY_OK(berth({"exec", "again", "true"}));
        VERIFY_OK(berth({"stop", "-t", "0", "again"}));
        QCOMPARE(inspect("again", ".State.Status"), "exited");
    }

    // With a terminal, standard input and a volume, each run gets streams of its own.
    void eachRunHasItsStreams()
    {
        run("on-failure:1", "echo run; sleep 0.2; exit 1", {"-it", "-v", "/data"});
        QVERIFY(waitForStatus("exited"));
        QCOMPARE(berth({"logs", "again"}).out, "run\r\nrun\r\n");
    }

    void theForegroundSeesOneRun()
    {
        const auto answer = berth(
            {"run", "--name", "again", "--restart", "on-failure:1", "busybox", "sh", "-c", "echo hi; exit 4"});
        QCOMPARE(answer.code, 4);
        QCOMPARE(answer.out, "hi\n");
        QVERIFY(waitForStatus("exited"));
        QCOMPARE(inspect("again", ".RestartCount"), "1");
    }

    void update()
    {
        run("no", "exec sleep 1000");
        COMPARE_ANSWER(berth({"update", "--restart", "on-failure:3", "again"}), 0, "again\n", "");
        QCOMPARE(inspect("again", "json .HostConfig.RestartPolicy"), R"({"Name":"on-failure","MaximumRetryCount":3})");
        QCOMPARE(::kill(inspect("again", ".State.Pid").toInt(), SIGKILL), 0); // the monitor knows it, too
        QVERIFY(waitForCount(1));
        QVERIFY(waitForStatus("running"));
        VERIFY_OK(berth({"update", "--restart", "no", "again"}));
        QCOMPARE(::kill(inspect("again", ".State.Pid").toInt(), SIGKILL), 0);
        QVERIFY(waitForStatus("exited"));
        COMPARE_ANSWER(berth({"update", "--restart", "foo", "again"}), 1, "",
            "Error response from daemon: invalid restart policy: unknown policy 'foo'; use one of 'no', 'always', 'on-failure', "
            "or "
            "'unless-stopped'\n");
        COMPARE_ANSWER(berth({"update", "again"}), 1, "", "you must provide one or more flags when using this command\n");
    }

    void refusedPolicies()
    {
        COMPARE_ANSWER(berth({"create", "--restart", "always:3", "busybox"}), 1, "",
            "Error response from daemon: invalid restart policy: maximum retry count can only be used with 'on-failure'\n");
        COMPARE_ANSWER(berth({"create", "--restart", "on-failure:-1", "busybox"}), 1, "",
            "Error response from daemon: invalid restart policy: maximum retry count cannot be negative\n");
        const auto format = berth({"create", "--restart", "on-failure:x", "busybox"});
        QCOMPARE(format.code, 125);
        QVERIFY2(format.err.contains("invalid restart policy format: maximum retry count must be an integer\n"), format.err);
        VERIFY_OK(berth({"create", "--name", "gone", "--rm", "busybox", "true"}));
        const auto update = berth({"update", "--restart", "always", "gone"});
        QCOMPARE(update.code, 1);
        QVERIFY2(update.err.contains("Restart policy cannot be updated because AutoRemove is enabled"), update.err);
    }

    // A monitor that is killed while it waits leaves a container that has ended, not one that waits for ever.
    void aKilledMonitorEndsTheWait()
    {
        run("always", "exit 3");
        QVERIFY(waitForCount(5));
        QVERIFY(waitForStatus("restarting"));
        QFile record(m_berth->dataFolder() + QStringLiteral("/containers/") + QString::fromLatin1(inspect("again", ".Id"))
            + QStringLiteral("/run"));
        QVERIFY(record.open(QIODevice::ReadOnly));
        const auto text = record.readAll();
        const auto at = text.indexOf("monitorPid=") + 11;
        QCOMPARE(::kill(text.mid(at, text.indexOf('\n', at) - at).toInt(), SIGKILL), 0);
        QVERIFY(waitForStatus("exited"));
        VERIFY_OK(berth({"rm", "again"}));
    }
};

QTEST_GUILESS_MAIN(TestRestart)
#include "tst_restart.moc"
