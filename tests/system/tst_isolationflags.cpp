// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Flags of run about names, limits and privileges, as a program in the container finds them.
#include "system/commandtest.h"

using namespace berth::test;

class TestIsolationFlags : public CommandTest {
    Q_OBJECT
private Q_SLOTS:
    void names()
    {
        const auto answer = shell("cat /etc/hosts /etc/resolv.conf; cat /proc/sys/kernel/domainname",
            {"-h", "box", "--domainname", "example.org", "--add-host", "db:10.1.2.3", "--add-host", "six=fe80::1", "--dns",
                "9.9.9.9", "--dns-search", "q.example", "--dns-opt", "rotate"});
        VERIFY_OK(answer);
        QVERIFY2(answer.out.contains("\n10.1.2.3\tdb\nfe80::1\tsix\n"), answer.out);
        QVERIFY2(answer.out.contains("\tbox.example.org box\n"), answer.out);
        QVERIFY2(answer.out.contains("nameserver 9.9.9.9\nsearch q.example\noptions rotate\nexample.org\n"), answer.out);
        QCOMPARE(berth({"run", "--add-host", "a\nb:1.2.3.4", "busybox", "true"}).code, 125);
    }

    void limits()
    {
        const QList<QByteArray> flags{"--ulimit", "nofile=100:200", "--ulimit", "core=0", "--shm-size", "3m"};
        COMPARE_ANSWER(shell("ulimit -n; ulimit -H -n; ulimit -c; df -k /dev/shm | awk 'NR == 2 { print $2 }'", flags), 0,
            "100\n200\n0\n3072\n", "");
        VERIFY_OK(berth(QList<QByteArray>{"run", "-d", "--name", "few"} + flags + QList<QByteArray>{"busybox", "sleep", "100"}));
        QCOMPARE(berth({"exec", "few", "sh", "-c", "ulimit -n"}).out, "100\n");
        const auto tooMuch = shell("true", {"--ulimit", "nofile=4000000000"});
        QCOMPARE(tooMuch.code, 125);
        QVERIFY2(tooMuch.err.contains("this user may have less"), tooMuch.err);
    }

    void capabilities()
    {
        const auto bounding = [this](const QList<QByteArray> &flags) {
            return shell("grep CapBnd /proc/self/status", flags).out.mid(8).trimmed().toULongLong(nullptr, 16);
        };
        const auto usual = bounding({});
        QCOMPARE(bounding({"--cap-drop", "all"}), 0ULL);
        QCOMPARE(bounding({"--cap-drop", "ALL", "--cap-add", "chown"}), 1ULL);
        QCOMPARE(bounding({"--cap-drop", "CAP_CHOWN"}), usual & ~1ULL);
        QCOMPARE(bounding({"--cap-add", "NET_RAW"}), usual | 1ULL << 13);
        COMPARE_ANSWER(berth({"create", "--cap-add", "FOO", "busybox"}), 1, "",
            "Error response from daemon: invalid CapAdd: unknown capability: \"CAP_FOO\"\n");
        for (const QByteArray name : {"SYS_ADMIN", "ALL", "SYS_MODULE", "BPF", "NET_ADMIN", "DAC_READ_SEARCH"}) {
            const auto refused = berth({"create", "--cap-add", name, "busybox", "true"});
            QVERIFY2(refused.code == 1 && refused.err.contains("is not supported"), refused.err);
        }
    }

    void noNewPrivileges()
    {
        QCOMPARE(shell("grep NoNewPrivs /proc/self/status").out.simplified(), "NoNewPrivs: 0");
        QCOMPARE(shell("grep NoNewPrivs /proc/self/status", {"--security-opt", "no-new-privileges"}).out.simplified(),
            "NoNewPrivs: 1");
        for (const QByteArray value : {"seccomp=unconfined", "foo"})
            QCOMPARE(berth({"run", "--security-opt", value, "busybox", "true"}).code, 125);
        QCOMPARE(berth({"run", "--privileged", "busybox", "true"}).code, 125);
    }

    void exposedPorts()
    {
        VERIFY_OK(berth({"create", "--name", "exposed", "--expose", "80", "--expose", "1-2/udp", "busybox", "true"}));
        QCOMPARE(inspect("exposed", "json .Config.ExposedPorts"), R"({"1/udp":{},"2/udp":{},"80/tcp":{}})");
    }

    void badValues_data()
    {
        QTest::addColumn<QByteArray>("flag");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *flag, const char *value, const char *text) {
            QTest::addRow("%s %s", flag, value) << QByteArray(flag) << QByteArray(value) << QByteArray(text);
        };
        row("--add-host", "foo", "bad format for add-host: \"foo\"");
        row("--add-host", "foo:bar", "invalid IP address in add-host: \"bar\"");
        row("--dns", "x", "IP address is not correctly formatted: x");
        row("--expose", "x", "invalid range format for --expose: x");
        row("--ulimit", "nofile=10:5", "ulimit soft limit must be less than or equal to hard limit: 10 > 5");
        row("--ulimit", "foo=1", "invalid ulimit type: foo");
        row("--ulimit", "nofile", "invalid ulimit argument: nofile");
        row("--ulimit", "nofile=1:2:3", "too many limit value arguments - 1:2:3");
        row("--shm-size", "1x", "invalid");
    }
    void badValues()
    {
        QFETCH(QByteArray, flag);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, text);
        const auto answer = berth({"run", flag, value, "busybox", "true"});
        QCOMPARE(answer.code, 125);
        QVERIFY2(answer.err.contains(text), answer.err);
    }
};

QTEST_GUILESS_MAIN(TestIsolationFlags)
#include "tst_isolationflags.moc"
