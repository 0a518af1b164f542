// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The log of events from end to end: what verbs and monitors write is what `berth events` tells.
#include "system/commandtest.h"

#include <csignal>

#include <unistd.h>

using namespace berth::test;

class TestEvents : public CommandTest {
    Q_OBJECT
    QByteArray m_since;

    // What happened since the function began: "type action attributes" of each, without times and ids.
    QList<QByteArray> told(const QList<QByteArray> &filters = {})
    {
        const auto answer = berth(QList<QByteArray>{"events", "--since", m_since, "--until", "0s", "--format",
                                      "{{.Type}} {{.Action}}{{range $k, $v := .Actor.Attributes}} {{$k}}={{$v}}{{end}}"}
            + filters);
        return answer.code == 0 ? BerthCommand::lines(answer.out) : QList<QByteArray>{answer.err};
    }
    // Only the actions, in order.
    QList<QByteArray> actions(const QList<QByteArray> &filters = {})
    {
        return BerthCommand::lines(
            berth(QList<QByteArray>{"events", "--since", m_since, "--until", "0s", "--format", "{{.Action}}"} + filters).out);
    }

private Q_SLOTS:
    void init()
    {
        // A moment that no event of the function before shares.
        QTest::qWait(2);
        const auto now = QDateTime::currentMSecsSinceEpoch();
        m_since = QByteArray::number(now / 1000) + '.' + QByteArray::number(1000 + now % 1000).mid(1);
    }

    void lifeOfAContainer()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "life", "-l", "k=v", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"exec", "life", "true"}));
        QCOMPARE(berth({"exec", "life", "sh", "-c", "exit 3"}).code, 3);
        VERIFY_OK(berth({"pause", "life"}));
        VERIFY_OK(berth({"unpause", "life"}));
        VERIFY_OK(berth({"rename", "life", "other"}));
        VERIFY_OK(berth({"kill", "-s", "HUP", "other"}));
        VERIFY_OK(berth({"start", "other"}));
        VERIFY_OK(berth({"stop", "-t", "0", "other"}));
        VERIFY_OK(berth({"restart", "other"}));
        VERIFY_OK(berth({"rm", "-f", "other"}));
        auto lines = told({"--filter", "type=container"});
        for (auto &line : lines) {
            if (const auto id = line.indexOf("execID="); id >= 0)
                line.remove(id, 72);
            if (const auto label = line.indexOf(" io."); label >= 0) // of whoever made the image
                line.remove(label, line.indexOf(' ', label + 1) - label);
        }
        const QByteArray before = " image=busybox k=v name=life";
        const QByteArray after = " image=busybox k=v name=other";
        // The shell of busybox ends by SIGHUP; sleep as process 1 needs SIGKILL.
        const QList<QByteArray> expected{"container create" + before, "container start" + before,
            "container exec_create: true " + before, "container exec_start: true " + before,
            "container exec_die exitCode=0" + before, "container exec_create: sh -c exit 3" + before,
            "container exec_start: sh -c exit 3" + before, "container exec_die exitCode=3" + before, "container pause" + before,
            "container unpause" + before, "container rename" + after + " oldName=/life", "container kill" + after + " signal=1",
            "container kill" + after + " signal=15", "container kill" + after + " signal=9",
            "container die execDuration=0 exitCode=137" + after, "container stop" + after, "container start" + after,
            "container restart" + after, "container kill" + after + " signal=9",
            "container die execDuration=0 exitCode=137" + after, "container destroy" + after};
        for (auto &line : lines) // a loaded machine may take a second
            line.replace("execDuration=1 ", "execDuration=0 ").replace("execDuration=2 ", "execDuration=0 ");
        QCOMPARE(lines, expected);
    }

    void aForegroundRunIsAttached()
    {
        QCOMPARE(berth({"run", "--rm", "--name", "front", "busybox", "sh", "-c", "exit 7"}).code, 7);
        QCOMPARE(actions(), QList<QByteArray>({"create", "attach", "connect", "start", "die", "disconnect", "destroy"}));
        QVERIFY(told({"--filter", "event=die"}).value(0).contains(" exitCode=7 "));
    }

    void aContainerThatCannotStartNeverStarted()
    {
        QCOMPARE(berth({"run", "--rm", "--name", "none", "busybox", "nonexistent"}).code, 127);
        QCOMPARE(actions(), QList<QByteArray>({"create", "attach", "destroy"}));
    }

    void volumesAndImages()
    {
        VERIFY_OK(berth({"run", "--rm", "-v", "/data", "busybox", "true"}));
        QCOMPARE(actions({"--filter", "type=volume"}), QList<QByteArray>({"create", "destroy"}));
        VERIFY_OK(m_berth->load(QStringLiteral("layers.tar")));
        VERIFY_OK(berth({"rmi", "layers"}));
        QCOMPARE(actions({"--filter", "type=image"}), QList<QByteArray>({"load", "untag", "delete"}));
    }

    // Follows without being asked again, and what another process does is told at once.
    void follows()
    {
        QProcess follower;
        m_berth->start(follower, {"events", "--filter", "container=seen", "--format", "{{.Action}}"});
        QVERIFY(follower.waitForStarted());
        // It tells nothing of the past; wait until it tells anything at all.
        QVERIFY(QTest::qWaitFor(
            [&] {
                berth({"create", "--name", "seen", "busybox", "true"});
                berth({"rm", "seen"});
                return follower.waitForReadyRead(100);
            },
            20'000));
        follower.readAllStandardOutput();
        QElapsedTimer clock;
        clock.start();
        VERIFY_OK(berth({"create", "--name", "seen", "busybox", "true"}));
        QByteArray text;
        QVERIFY(QTest::qWaitFor([&] { return (text += follower.readAll()).endsWith("create\n"); }, 10'000));
        ::kill(static_cast<pid_t>(follower.processId()), SIGINT);
        QCOMPARE(BerthCommand::finish(follower).code, 128 + SIGINT);
    }

    void endsAtUntil()
    {
        const auto soon = QByteArray::number(QDateTime::currentSecsSinceEpoch() + 2);
        const auto answer = berth({"events", "--since", m_since, "--until", soon});
        VERIFY_OK(answer);
        QCOMPARE(answer.out, "");
        const auto wrong = berth({"events", "--since", "0s", "--until", "10s"});
        QCOMPARE(wrong.code, 1);
        QVERIFY2(wrong.err.contains("cannot be after `until`"), wrong.err);
        COMPARE_ANSWER(
            berth({"events", "--filter", "colour=red"}), 1, "", "Error response from daemon: invalid filter 'colour'\n");
        QCOMPARE(berth({"events", "--format", "{{"}).code, 64);
        QCOMPARE(berth({"events", "--since", "yesterday"}).code, 1);
    }
};

QTEST_GUILESS_MAIN(TestEvents)
#include "tst_events.moc"
