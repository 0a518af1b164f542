// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Limits and devices, as far as this machine can: its control groups may have no controllers, and then a limit is an
// error that says so. With all controllers: tests/vm/limits.sh.
#include "system/commandtest.h"

#include <QDir>

using namespace berth::test;

namespace {

bool hasController(const QByteArray &name)
{
    QFile list(QStringLiteral("/sys/fs/cgroup/cgroup.controllers"));
    return list.open(QIODevice::ReadOnly) && list.readAll().simplified().split(' ').contains(name);
}

} // namespace

class TestLimits : public CommandTest {
    Q_OBJECT
private Q_SLOTS:
    // Created as asked, told by inspect, and kept or refused: never silently nothing.
    void missingControllers_data()
    {
        QTest::addColumn<QByteArray>("flag");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("controller");
        QTest::addColumn<QByteArray>("purpose");
        const auto row = [](const char *flag, const char *value, const char *controller, const char *purpose) {
            QTest::newRow(flag) << QByteArray(flag) << QByteArray(value) << QByteArray(controller) << QByteArray(purpose);
        };
        row("--memory", "64m", "memory", "cannot limit memory (--memory)");
        row("--memory-reservation", "64m", "memory", "cannot reserve memory (--memory-reservation)");
        row("--cpus", "0.5", "cpu", "cannot limit the time of CPUs (--cpus, --cpu-quota)");
        row("--cpu-quota", "50000", "cpu", "cannot limit the time of CPUs (--cpus, --cpu-quota)");
        row("--cpu-shares", "512", "cpu", "cannot share the CPUs (--cpu-shares)");
        row("--cpuset-cpus", "0", "cpuset", "cannot choose CPUs (--cpuset-cpus)");
        row("--cpuset-mems", "0", "cpuset", "cannot choose memory nodes (--cpuset-mems)");
        row("--pids-limit", "100", "pids", "cannot limit processes (--pids-limit)");
    }
    void missingControllers()
    {
        QFETCH(QByteArray, flag);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, controller);
        QFETCH(QByteArray, purpose);
        if (hasController(controller)) { // it may not be handed down to us; tests/vm has both
            const auto ran = berth({"run", "--rm", flag, value, "busybox", "true"});
            QVERIFY2(ran.code == 0 || ran.err.contains(purpose), ran.err);
            return;
        }
        VERIFY_OK(berth({"create", "--name", "held", flag, value, "busybox", "true"}));
        const auto started = berth({"start", "held"});
        QCOMPARE(started.code, 1);
        QVERIFY2(started.err.contains(purpose), started.err);
        QVERIFY2(started.err.contains("have no " + controller + " controller"), started.err);
        QVERIFY2(started.err.contains("leave the limit out"), started.err);
        QCOMPARE(inspect("held", ".State.Status"), "created");
        QVERIFY(inspect("held", ".State.Error").contains(purpose));
        const auto ran = berth({"run", "--rm", flag, value, "busybox", "true"});
        QCOMPARE(ran.code, 125);
        QVERIFY2(ran.err.contains(purpose), ran.err);
        QCOMPARE(berth({"ps", "-aq"}).out.count('\n'), 1); // --rm left none
        // One that runs without limits cannot be given one, and keeps what it has.
        VERIFY_OK(berth({"run", "-d", "--name", "free", "busybox", "sleep", "1000"}));
        const auto id = inspect("free", ".Id");
        const auto updated = flag == "--memory" ? berth({"update", flag, value, "--memory-swap", "64m", "free"})
                                                : berth({"update", flag, value, "free"});
        QCOMPARE(updated.code, 1);
        QVERIFY2(updated.err.startsWith("Cannot update container " + id + ": " + purpose), updated.err);
        QCOMPARE(inspect("free", ".HostConfig.Memory"), "0");
        QCOMPARE(inspect("free", ".HostConfig.NanoCpus"), "0");
        QCOMPARE(inspect("free", ".State.Status"), "running");
    }

    // Nothing is asked of a controller.
    void noLimitInManyWords()
    {
        COMPARE_ANSWER(shell("echo ran", {"--pids-limit", "-1", "--memory-swap", "-1", "--cpu-quota", "-1"}), 0, "ran\n", "");
        VERIFY_OK(berth({"run", "-d", "--name", "free", "busybox", "sleep", "1000"}));
        COMPARE_ANSWER(berth({"update", "--pids-limit", "-1", "--memory-swap", "-1", "free"}), 0, "free\n", "");
    }

    void inspectTells()
    {
        VERIFY_OK(berth({"create", "--name", "held", "-m", "64m", "--memory-reservation", "32m", "--cpus", "1", "-c", "512",
            "--cpuset-cpus", "0", "--cpuset-mems", "0", "--pids-limit", "9", "--oom-score-adj", "300", "--device",
            "/dev/zero:/dev/given:rw", "busybox", "true"}));
        QCOMPARE(inspect("held",
                     ".HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.MemoryReservation}} {{.HostConfig.NanoCpus}} "
                     "{{.HostConfig.CpuShares}} {{.HostConfig.CpusetCpus}} {{.HostConfig.CpusetMems}} {{.HostConfig.PidsLimit}} "
                     "{{.HostConfig.OomScoreAdj}} {{json .HostConfig.Devices"),
            "67108864 134217728 33554432 1000000000 512 0 0 9 300 "
            R"([{"PathOnHost":"/dev/zero","PathInContainer":"/dev/given","CgroupPermissions":"rw"}])");
        VERIFY_OK(berth({"create", "--name", "free", "--pids-limit", "-1", "busybox", "true"}));
        QCOMPARE(inspect("free", "json .HostConfig.PidsLimit}} {{json .HostConfig.Devices"), "null []");
    }

    void updateOfAStoppedOne()
    {
        VERIFY_OK(berth({"create", "--name", "held", "-m", "64m", "busybox", "true"}));
        COMPARE_ANSWER(berth({"update", "--cpu-shares", "7", "--pids-limit", "5", "-m", "100m", "held"}), 0, "held\n", "");
        QCOMPARE(
            inspect("held", ".HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.CpuShares}} {{.HostConfig.PidsLimit"),
            "104857600 134217728 7 5");
        const auto refused = berth({"update", "-m", "200m", "held"});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("Memory limit should be smaller than already set memoryswap limit"), refused.err);
        VERIFY_OK(berth({"update", "-m", "200m", "--memory-swap", "-1", "--pids-limit", "-1", "held"}));
        QCOMPARE(inspect("held", ".HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.PidsLimit"), "209715200 -1 0");
    }

    void badValues_data()
    {
        QTest::addColumn<QByteArrayList>("flags");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *flags, const char *text) {
            QTest::newRow(flags) << QByteArray(flags).split(' ') << QByteArray(text);
        };
        row("--memory 1x", "invalid argument \"1x\" for \"-m, --memory\" flag: invalid size: '1x'");
        row("--memory 1m", "Error response from daemon: Minimum memory limit allowed is 6MB");
        row("--memory -1", "invalid argument \"-1\" for \"-m, --memory\" flag: invalid size: '-1'");
        row("--memory-swap 100m", "You should always set the Memory limit when using Memoryswap limit, see usage");
        row("--cpus x", "invalid argument \"x\" for \"--cpus\" flag: failed to parse x as a rational number");
        row("--cpus 10000", "range of CPUs is from 0.01 to ");
        row("--cpus 1 --cpu-quota 5000", "Conflicting options: Nano CPUs and CPU Quota cannot both be set");
        row("--cpu-shares x",
            "invalid argument \"x\" for \"-c, --cpu-shares\" flag: strconv.ParseInt: parsing \"x\": invalid syntax");
        row("--pids-limit 99999999999999999999", "parsing \"99999999999999999999\": value out of range");
        row("--cpuset-cpus 9999999", "Invalid value 9999999 for cpuset cpus");
        row("--cpuset-cpus 8000", "Requested CPUs are not available - requested 8000, available: ");
        row("--oom-score-adj 1001", "Invalid value 1001, range for oom score adj is [-1000, 1000]");
        row("--memory-swappiness 101", "invalid value: 101. Valid memory swappiness range is 0-100");
        row("--device dev", "dev is not an absolute path");
        row("--device /dev/null:/x:q", "bad mode specified: q");
        row("--device /dev/null:/a:/b:rw", "bad format for path: /dev/null:/a:/b:rw");
        row("--device /dev/null:r", "a device is given for reading and writing or not at all");
    }
    void badValues()
    {
        QFETCH(QByteArrayList, flags);
        QFETCH(QByteArray, text);
        const auto answer = berth(QByteArrayList{"run"} + flags + QByteArrayList{"busybox", "true"});
        QCOMPARE(answer.code, 125);
        QVERIFY2(answer.err.contains(text), answer.err);
    }

    void whatMeansNothingHere()
    {
        const auto answer = shell("true", {"--oom-kill-disable", "--memory-swappiness", "50"});
        QCOMPARE(answer.code, 0);
        QCOMPARE(answer.err,
            "WARNING: Disabling the OOM killer on containers without setting a '-m/--memory' limit may be dangerous.\n"
            "WARNING: Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory "
            "swappiness "
            "discarded.\nWARNING: Your kernel does not support OomKillDisable. OomKillDisable discarded.\n");
    }

    void oomScore()
    {
        COMPARE_ANSWER(shell("cat /proc/self/oom_score_adj", {"--oom-score-adj", "700"}), 0, "700\n", "");
        VERIFY_OK(berth({"run", "-d", "--name", "first", "--oom-score-adj", "700", "busybox", "sleep", "100"}));
        QCOMPARE(berth({"exec", "first", "cat", "/proc/self/oom_score_adj"}).out, "700\n");
        const auto refused = shell("true", {"--oom-score-adj", "-500"});
        QCOMPARE(refused.code, 125);
        QVERIFY2(refused.err.contains("cannot set --oom-score-adj -500: only an administrator may"), refused.err);
    }

    void devices()
    {
        // Nodes that everybody may use: under another name, in a folder of their own, for another user of the container.
        COMPARE_ANSWER(shell("head -c 3 /dev/given | wc -c; test -c /dev/sub/one && echo x >/dev/sub/one && echo written; id -u",
                           {"--device", "/dev/zero:/dev/given", "--device", "/dev/null:/dev/sub/one:rwm", "-u", "1000"}),
            0, "3\nwritten\n1000\n", "");
        // Elsewhere than in /dev, and over one that is there.
        COMPARE_ANSWER(shell("head -c 2 /srv/zeros | wc -c; head -c 4 /dev/null | wc -c",
                           {"--device", "/dev/zero:/srv/zeros", "--device", "/dev/zero:/dev/null"}),
            0, "2\n4\n", "");
        VERIFY_OK(berth({"run", "-d", "--name", "with", "--device", "/dev/zero:/dev/given", "busybox", "sleep", "100"}));
        QCOMPARE(berth({"exec", "with", "sh", "-c", "head -c 5 /dev/given | wc -c"}).out, "5\n");
    }

    void devicesThatCannotBe()
    {
        const auto refused = [this](const QByteArray &device, const QByteArray &text) {
            const auto answer = shell("true", {"--device", device});
            QCOMPARE(answer.code, 125);
            QVERIFY2(answer.err.contains(text), answer.err);
        };
        refused("/dev/nosuch",
            "error gathering device information while adding custom device \"/dev/nosuch\": no such file or directory");
        refused(
            "/etc/passwd", "error gathering device information while adding custom device \"/etc/passwd\": not a device node");
        refused("/dev/null:/proc/x", "/proc/x");
        refused("/dev/null:/dev/pts/x", "/dev/pts/x");
        QFile log(QStringLiteral("/dev/kmsg")); // root's, who lets others read
        if (log.exists() && !log.open(QIODevice::ReadWrite))
            refused("/dev/kmsg", "you may not read and write it yourself");
    }

    // Of a folder what may be used is shown; a folder without such nodes is an error.
    void foldersOfDevices()
    {
        const auto answer = shell("head -c 1 /given/zero | wc -c; test -e /given/kmsg || echo none", {"--device", "/dev:/given"});
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.out.startsWith("1\n"), answer.out);
        const auto refused = shell("true", {"--device", "/etc:/given"});
        QCOMPARE(refused.code, 125);
        QVERIFY2(refused.err.contains("no device node is in it"), refused.err);
    }

    void infoWarns()
    {
        const auto answer = berth({"info"});
        QCOMPARE(answer.err.contains("WARNING: No memory limit support\n"), !hasController("memory"));
        QCOMPARE(answer.err.contains("WARNING: No cpuset support\n"), !hasController("cpuset"));
        QCOMPARE(berth({"info", "-f", "{{.MemoryLimit}} {{.CPUSet}}"}).out,
            QByteArray(hasController("memory") ? "true" : "false") + (hasController("cpuset") ? " true\n" : " false\n"));
        QCOMPARE(berth({"info", "-f", "{{json .Warnings}}"}).out == "null\n", !answer.err.contains("WARNING: No "));
    }
};

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
