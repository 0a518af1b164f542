// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// From start to removal: stop, kill, rm, rmi, rename, restart, pause, wait, logs, as Docker behaves.
#include "system/commandtest.h"

#include <QRegularExpression>

#include <csignal>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestLifecycle : public CommandTest {
    Q_OBJECT
private:
    // A container that counts and obeys SIGTERM when asked to.
    void startWeb(const QByteArray &line = "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done")
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sh", "-c", line}));
        QVERIFY(waitForLog("web", "ready"));
    }

private Q_SLOTS:
    void stopAsksFirst()
    {
        startWeb();
        QElapsedTimer clock;
        clock.start();
        COMPARE_ANSWER(berth({"stop", "web"}), 0, "web\n", "");
        QVERIFY(clock.elapsed() < 5000);
        QCOMPARE(inspect("web", ".State.Status") + inspect("web", ".State.ExitCode"), "exited0");
        COMPARE_ANSWER(berth({"stop", "web"}), 0, "web\n", ""); // it is so already
    }

    void stopKillsAfterTheGrace()
    {
        startWeb("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        QElapsedTimer clock;
        clock.start();
        COMPARE_ANSWER(berth({"stop", "-t", "1", "web"}), 0, "web\n", "");
        QVERIFY2(clock.elapsed() >= 1000 && clock.elapsed() < 6000, QByteArray::number(clock.elapsed()));
        QCOMPARE(inspect("web", ".State.ExitCode"), "137");
        VERIFY_OK(berth({"start", "web"}));
        clock.restart();
        COMPARE_ANSWER(berth({"stop", "-t", "0", "web"}), 0, "web\n", "");
        QVERIFY(clock.elapsed() < 3000);
        // What the container itself says about it.
        VERIFY_OK(berth({"run", "-d", "--name", "own", "--stop-timeout", "0", "--stop-signal", "USR1", "busybox", "sh", "-c",
            "trap 'exit 6' USR1; echo ready; while :; do sleep 0.05; done"}));
        QVERIFY(waitForLog("own", "ready"));
        VERIFY_OK(berth({"stop", "-t", "5", "own"}));
        QCOMPARE(inspect("own", ".State.ExitCode"), "6");
    }

    void killSendsASignal()
    {
        startWeb("trap 'echo got HUP' HUP; echo ready; while :; do sleep 0.05; done");
        for (const char *name : {"HUP", "SIGHUP", "hup", "1"})
            COMPARE_ANSWER(berth({"kill", "-s", name, "web"}), 0, "web\n", "");
        QVERIFY(waitForLog("web", "got HUP"));
        const QByteArray refusal = "Error response from daemon: cannot kill container: web: ";
        COMPARE_ANSWER(berth({"kill", "-s", "FOO", "web"}), 1, "", refusal + "invalid signal: FOO\n");
        COMPARE_ANSWER(berth({"kill", "-s", "99", "web"}), 1, "", refusal + "the linux daemon does not support signal 99\n");
        COMPARE_ANSWER(berth({"kill", "web"}), 0, "web\n", "");
        QCOMPARE(inspect("web", ".State.ExitCode"), "137");
        const auto again = berth({"kill", "web"});
        QCOMPARE(again.code, 1);
        QVERIFY2(again.err.startsWith("Error response from daemon: cannot kill container: web: container "), again.err);
        QVERIFY2(again.err.endsWith(" is not running\n"), again.err);
    }

    void removal()
    {
        startWeb();
        COMPARE_ANSWER(berth({"rm", "web"}), 1, "",
            "Error response from daemon: cannot remove container \"/web\": container is "
            "running: stop the container before removing or force remove\n");
        COMPARE_ANSWER(berth({"rm", "-f", "web"}), 0, "web\n", "");
        COMPARE_ANSWER(berth({"rm", "web"}), 1, "", "Error response from daemon: No such container: web\n");
        COMPARE_ANSWER(berth({"rm", "-f", "web"}), 0, "", "Error response from daemon: No such container: web\n");
        VERIFY_OK(berth({"create", "--name", "aa", "busybox"}));
        VERIFY_OK(berth({"create", "--name", "bb", "busybox"}));
        COMPARE_ANSWER(
            berth({"rm", "aa", "nosuch", "/bb"}), 1, "aa\n/bb\n", "Error response from daemon: No such container: nosuch\n");
        // A paused one
        startWeb();
        VERIFY_OK(berth({"pause", "web"}));
        QVERIFY2(berth({"rm", "web"}).err.contains("container is paused and must be unpaused first"), "");
        COMPARE_ANSWER(berth({"rm", "-f", "web"}), 0, "web\n", "");
        QVERIFY(QDir(m_berth->dataFolder() + u"/containers"_s).isEmpty());
    }

    void anImageInUseStays()
    {
        startWeb();
        const QByteArray shortId = inspect("web", ".Id").first(12);
        const QByteArray image = berth({"images", "-q"}).out.trimmed();
        const auto byName = berth({"rmi", "busybox"});
        QCOMPARE(byName.code, 1);
        QVERIFY2(byName.err.startsWith("Error response from daemon: conflict: unable to remove repository reference \"busybox"),
            byName.err);
        QVERIFY2(byName.err.endsWith("(must force) - container " + shortId + " is using its referenced image " + image + "\n"),
            byName.err);
        COMPARE_ANSWER(berth({"rmi", image}), 1, "",
            "Error response from daemon: conflict: unable to delete " + image
                + " (cannot be forced) - image is being used by running container " + shortId + "\n");
        VERIFY_OK(berth({"stop", "web"}));
        COMPARE_ANSWER(berth({"rmi", image}), 1, "",
            "Error response from daemon: conflict: unable to delete " + image
                + " (must be forced) - image is being used by stopped container " + shortId + "\n");
        QCOMPARE(berth({"images", "-q"}).out.trimmed(), image);
        COMPARE_ANSWER(berth({"rmi", "nosuch"}), 1, "", "Error response from daemon: No such image: nosuch:latest\n");
        VERIFY_OK(berth({"start", "web"})); // all is as it was
    }

    void renameAndNames()
    {
        startWeb();
        COMPARE_ANSWER(berth({"rename", "web", "other"}), 0, "", "");
        COMPARE_ANSWER(berth({"exec", "other", "true"}), 0, "", "");
        COMPARE_ANSWER(berth({"rename", "web", "third"}), 1, "",
            "Error response from daemon: No such container: web\nError: failed to rename container named web\n");
        VERIFY_OK(berth({"create", "--name", "web", "busybox"}));
        const auto clash = berth({"rename", "other", "web"});
        QCOMPARE(clash.code, 1);
        QVERIFY2(clash.err.contains("The container name \"/web\" is already in use by container"), clash.err);
        QCOMPARE(berth({"rename", "other", "a b"}).code, 1);
        // Names that nobody chose are two words.
        VERIFY_OK(berth({"create", "busybox"}));
        const auto name = BerthCommand::lines(berth({"ps", "-l", "--format", "{{.Names}}"}).out).value(0);
        QVERIFY2(name.count('_') == 1, name);
    }

    void pauseRestartWait()
    {
        startWeb();
        COMPARE_ANSWER(berth({"pause", "web"}), 0, "web\n", "");
        const auto status = berth({"ps", "--format", "{{.Status}} {{.State}}"}).out;
        QVERIFY2(status.startsWith("Up ") && status.endsWith(" (Paused) paused\n"), status);
        QVERIFY2(berth({"pause", "web"}).err.contains("is already paused"), "");
        COMPARE_ANSWER(berth({"unpause", "web"}), 0, "web\n", "");
        QVERIFY2(berth({"unpause", "web"}).err.contains("is not paused"), "");
        const QByteArray pid = inspect("web", ".State.Pid");
        QVERIFY(pid.toInt() > 0);
        COMPARE_ANSWER(berth({"restart", "-t", "5", "web"}), 0, "web\n", "");
        QVERIFY(inspect("web", ".State.Pid") != pid);
        QProcess waiting;
        m_berth->start(waiting, {"wait", "web"});
        QVERIFY(waiting.waitForStarted());
        QTest::qWait(100);
        QCOMPARE(waiting.state(), QProcess::Running);
        VERIFY_OK(berth({"kill", "web"}));
        const auto waited = BerthCommand::finish(waiting);
        QCOMPARE(waited.out, "137\n");
        QCOMPARE(waited.code, 0);
    }

    void logs()
    {
        VERIFY_OK(berth({"run", "--name", "web", "busybox", "sh", "-c",
            "for i in 1 2 3 4 5; do echo out $i; done; echo err >&2; printf last"}));
        const auto all = berth({"logs", "web"});
        QCOMPARE(all.out, "out 1\nout 2\nout 3\nout 4\nout 5\nlast");
        QCOMPARE(all.err, "err\n");
        QCOMPARE(berth({"logs", "--tail", "0", "web"}).out, "");
        const auto tail = berth({"logs", "-n", "2", "web"});
        QCOMPARE(tail.out.count('\n') + tail.err.count('\n') + tail.out.contains("last"), 2);
        const auto timed = berth({"logs", "-t", "web"});
        QVERIFY2(QRegularExpression(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z out 1$"_s)
                     .match(QString::fromUtf8(timed.out.left(timed.out.indexOf('\n'))))
                     .hasMatch(),
            timed.out);
        QCOMPARE(berth({"logs", "--since", "1h", "web"}).out, all.out);
        QCOMPARE(berth({"logs", "--until", "1h", "web"}).out, "");
        COMPARE_ANSWER(berth({"logs", "--since", "foo", "web"}), 1, "",
            "invalid value for \"since\": failed to parse value as time or duration: \"foo\"\n");
        COMPARE_ANSWER(berth({"logs", "nosuch"}), 1, "", "Error response from daemon: No such container: nosuch\n");
        // Of a terminal everything is one stream.
        VERIFY_OK(berth({"run", "-t", "--name", "tty", "busybox", "sh", "-c", "echo a; echo b >&2"}));
        QCOMPARE(berth({"logs", "tty"}).out, "a\r\nb\r\n");
    }

    void logsFollowToTheEnd()
    {
        startWeb("trap 'echo bye; exit' TERM; echo ready; i=0; while :; do i=$((i+1)); echo tick $i; sleep 0.05; done");
        QProcess follower;
        m_berth->start(follower, {"logs", "-f", "--tail", "1", "web"});
        QByteArray all;
        QVERIFY(QTest::qWaitFor(
            [&] {
                follower.waitForReadyRead(20);
                all += follower.readAllStandardOutput();
                return all.count('\n') > 5;
            },
            10'000));
        VERIFY_OK(berth({"stop", "web"}));
        const auto answer = BerthCommand::finish(follower, 10'000);
        QCOMPARE(answer.code, 0);
        all += answer.out;
        QVERIFY2(all.endsWith("bye\n"), all);
        // No line is missing or doubled.
        const auto lines = BerthCommand::lines(all);
        for (qsizetype i = 1; i + 1 < lines.size(); ++i)
            QCOMPARE(lines[i].sliced(5).toInt(), lines[i - 1].sliced(5).toInt() + 1);
    }

    void logsRotate()
    {
        // More than three files of 16 MiB: the newest lines are there, the disk is bounded.
        VERIFY_OK(berth({"run", "--name", "web", "busybox", "sh", "-c",
            "yes 0123456789012345678901234567890123456789012345678901234567890123456789 | head -n 500000; echo the end"}));
        qint64 bytes = 0;
        const auto files = QDir(m_berth->dataFolder() + u"/containers/"_s + QString::fromUtf8(inspect("web", ".Id")))
                               .entryInfoList({u"container.log*"_s});
        for (const auto &file : files)
            bytes += file.size();
        QCOMPARE(files.size(), 3);
        QVERIFY2(bytes <= 3 * (16LL << 20), QByteArray::number(bytes));
        COMPARE_ANSWER(berth({"logs", "--tail", "1", "web"}), 0, "the end\n", "");
        const auto all = berth({"logs", "web"});
        QVERIFY(all.out.size() > (16 << 20));
        QVERIFY(all.out.endsWith("6789\nthe end\n"));
    }

    void startAgain()
    {
        VERIFY_OK(berth({"run", "--name", "web", "busybox", "sh", "-c", "echo run >> /count; wc -l < /count"}));
        COMPARE_ANSWER(berth({"start", "-a", "web"}), 0, "2\n", "");
        COMPARE_ANSWER(berth({"start", "web"}), 0, "web\n", "");
        VERIFY_OK(berth({"wait", "web"}));
        QCOMPARE(berth({"logs", "web"}).out, "1\n2\n3\n");
        VERIFY_OK(berth({"create", "-i", "--name", "reader", "busybox", "cat"}));
        COMPARE_ANSWER(berth({"start", "-ai", "reader"}, "typed\n"), 0, "typed\n", "");
        COMPARE_ANSWER(
            berth({"start", "-a", "web", "reader"}), 1, "", "you cannot start and attach multiple containers at once\n");
    }

    void killedMonitorIsNoticed()
    {
        startWeb();
        QFile record(m_berth->dataFolder() + u"/containers/"_s + QString::fromUtf8(inspect("web", ".Id")) + u"/run"_s);
        QVERIFY(record.open(QIODevice::ReadOnly));
        const auto pid =
            QRegularExpression(u"monitorPid=(\\d+)"_s).match(QString::fromUtf8(record.readAll())).captured(1).toInt();
        QVERIFY(pid > 0);
        ::kill(pid, SIGKILL);
        QVERIFY(QTest::qWaitFor([this] { return berth({"ps", "-a", "--format", "{{.State}}"}).out == "exited\n"; }, 5000));
        QCOMPARE(inspect("web", ".State.ExitCode"), "137");
        VERIFY_OK(berth({"start", "web"}));
        COMPARE_ANSWER(berth({"exec", "web", "echo", "alive"}), 0, "alive\n", "");
    }
};

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_lifecycle.moc"
