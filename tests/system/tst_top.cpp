// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// top and port, and volumes that a container takes over from another one.
#include "system/commandtest.h"

using namespace berth::test;

class TestTop : public CommandTest {
    Q_OBJECT
private Q_SLOTS:
    void processesOfOneContainer()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "busy", "busybox", "sh", "-c", "sleep 1001 & exec sleep 1002"}));
        VERIFY_OK(berth({"run", "-d", "--name", "other", "busybox", "sleep", "1003"}));
        VERIFY_OK(berth({"exec", "-d", "busy", "sleep", "1004"}));
        const auto all = [&] { return berth({"top", "busy"}).out; };
        QVERIFY(QTest::qWaitFor([&] { return BerthCommand::lines(all()).size() == 4 && all().contains("sleep 1001"); }, 10'000));
        const auto lines = BerthCommand::lines(all());
        QVERIFY2(lines[0].startsWith("UID                 PID                 PPID "), lines[0]);
        QVERIFY(lines[0].endsWith("CMD"));
        QVERIFY(all().contains("sleep 1002") && all().contains("sleep 1004") && !all().contains("1003"));
        const auto chosen = BerthCommand::lines(berth({"top", "busy", "-o", "pid,comm"}).out);
        QCOMPARE(chosen.size(), 4);
        QCOMPARE(chosen[0].simplified(), "PID COMMAND");
        QVERIFY(BerthCommand::lines(berth({"top", "busy", "aux"}).out).size() == 4);
        QVERIFY(QList<QByteArray>({chosen[1], chosen[2], chosen[3]})
                .contains(inspect("busy", ".State.Pid").leftJustified(20) + "sleep"));
    }

    void refusals()
    {
        VERIFY_OK(berth({"create", "--name", "idle", "busybox", "true"}));
        const auto id = inspect("idle", ".Id");
        COMPARE_ANSWER(berth({"top", "idle"}), 1, "", "Error response from daemon: container " + id + " is not running\n");
        COMPARE_ANSWER(berth({"top", "nosuch"}), 1, "", "Error response from daemon: No such container: nosuch\n");
        VERIFY_OK(berth({"run", "-d", "--name", "busy", "busybox", "sleep", "1000"}));
        COMPARE_ANSWER(
            berth({"top", "busy", "-o", "comm"}), 1, "", "Error response from daemon: Couldn't find PID field in ps output\n");
        QCOMPARE(berth({"top", "busy", "-o", "ppid=PID,comm"}).code, 1);
        QCOMPARE(berth({"top", "busy", "--nonsense"}).code, 1);
    }

    void ports()
    {
        VERIFY_OK(berth({"create", "--name", "idle", "busybox", "true"}));
        COMPARE_ANSWER(berth({"port", "idle"}), 0, "", "");
        COMPARE_ANSWER(berth({"port", "idle", "80"}), 1, "", "Error: No public port '80' published for idle\n");
        COMPARE_ANSWER(berth({"port", "idle", "80/tcp"}), 1, "", "Error: No public port '80/tcp' published for idle\n");
        COMPARE_ANSWER(berth({"port", "idle", "foo"}), 1, "",
            "Error: invalid port (foo): strconv.ParseUint: parsing \"foo\": invalid syntax\n");
        COMPARE_ANSWER(berth({"port", "nosuch"}), 1, "", "Error response from daemon: No such container: nosuch\n");
    }

    void volumesFrom()
    {
        VERIFY_OK(berth(
            {"create", "--name", "source", "-v", "/data", "-v", "shared-one:/shared", "--tmpfs", "/scratch", "busybox", "true"}));
        const QList<QByteArray> user{"run", "--rm", "--volumes-from"};
        VERIFY_OK(berth(user + QList<QByteArray>{"source", "busybox", "sh", "-c", "echo kept > /data/x; echo too > /shared/y"}));
        COMPARE_ANSWER(
            berth(user + QList<QByteArray>{"source", "busybox", "sh", "-c", "cat /data/x /shared/y; ls /scratch 2>&1"}), 1,
            "kept\ntoo\nls: /scratch: No such file or directory\n", "");
        const auto readOnly = berth(user + QList<QByteArray>{"source:ro", "busybox", "sh", "-c", "cat /data/x && touch /data/z"});
        QCOMPARE(readOnly.out, "kept\n");
        QVERIFY2(readOnly.code == 1 && readOnly.err.contains("Read-only file system"), readOnly.err);
        // What is asked for by itself wins.
        COMPARE_ANSWER(
            berth(user + QList<QByteArray>{"source", "-v", "shared-one:/data", "busybox", "cat", "/data/y"}), 0, "too\n", "");
        const auto missing = berth({"create", "--volumes-from", "nosuch", "busybox"});
        COMPARE_ANSWER(missing, 1, "", "Error response from daemon: No such container: nosuch\n");
        COMPARE_ANSWER(berth({"create", "--volumes-from", "source:foo", "busybox"}), 1, "",
            "Error response from daemon: invalid mode: foo\n");
        // The volumes outlive every user but the last.
        VERIFY_OK(berth({"create", "--name", "second", "--volumes-from", "source", "busybox", "cat", "/data/x"}));
        VERIFY_OK(berth({"rm", "-v", "source"}));
        COMPARE_ANSWER(berth({"start", "-a", "second"}), 0, "kept\n", "");
    }
};

QTEST_GUILESS_MAIN(TestTop)
#include "tst_top.moc"
