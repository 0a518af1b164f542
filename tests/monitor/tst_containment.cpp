// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a process in a container must not be able to do. Each function keeps failures of this field from
// coming back; "row" is their number in our list, the comment says which they are.
#include "monitor/containertest.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <csignal>

#include <sys/stat.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

constexpr const char *monitorPath = MONITOR_PATH;

QByteArray hashOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

QByteArray statusOf(pid_t pid, const char *name)
{
    QFile file(u"/proc/%1/status"_s.arg(pid));
    return file.open(QIODevice::ReadOnly) ? field(file.readAll(), name) : QByteArray("(gone)");
}

QList<pid_t> childrenOf(pid_t parent)
{
    QList<pid_t> children;
    const auto entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &entry : entries) {
        bool isNumber = false;
        const pid_t pid = entry.toInt(&isNumber);
        if (isNumber && statusOf(pid, "PPid") == QByteArray::number(parent))
            children += pid;
    }
    return children;
}

} // namespace

class TestContainment : public ContainerTest {
    Q_OBJECT
private Q_SLOTS:
    // CVE-2016-9962: a process that joins a container can be traced there.
    void row01_joiningProcessesCannotBeLookedInto()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = {"/bin/probe", "hunt", "4"};
        VERIFY_RESULT(container.start());
        for (int i = 0; i < 100; ++i) {
            const auto joined = container.exec({"/bin/true"});
            VERIFY_RESULT(joined);
            QCOMPARE(joined->status.exitCode, 0);
        }
        const auto outcome = container.finish();
        VERIFY_RESULT(outcome);
        QVERIFY2(!outcome->out.contains("saw"), outcome->out);
        QVERIFY2(outcome->out.contains("hunted some"), outcome->out); // it did meet them
    }

    // CVE-2019-5736: the host's runtime is overwritten through /proc/self/exe.
    void row02_runningProgramCannotBeOverwritten()
    {
        const QByteArray before = hashOf(QString::fromLatin1(monitorPath));
        QVERIFY(!before.isEmpty());
        for (const bool init : {false, true}) {
            const auto outcome = run(
                "probe write-programs; echo $?", [init](LiveContainer &container) { container.spec.init = init; });
            QVERIFY2(outcome.out.contains("done"), outcome.out + outcome.err);
            QVERIFY2(!outcome.out.contains("monitor"), outcome.out);
        }
        QCOMPARE(hashOf(QString::fromLatin1(monitorPath)), before);
    }

    // CVE-2019-5736: the same, with a link to it as the entry point.
    void row02_entryPointCannotBeTheRuntimeItself()
    {
        QFile::link(u"/proc/self/exe"_s, m_store->tree() + u"/bin/self"_s);
        for (const char *program : {"/bin/self", "/proc/self/exe", "/proc/1/exe"}) {
            const QByteArray error = refusal([program](LiveContainer &container) { container.spec.arguments = {program}; });
            QVERIFY2(error.contains("permission denied"), error);
        }
    }

    void row07_capabilities_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("effective");
        QTest::newRow("root") << QByteArray() << QByteArray("00000000800405fb");
        QTest::newRow("1000") << QByteArray("1000") << QByteArray("0000000000000000");
    }

    // CVE-2022-24769 and its kin: inheritable capabilities are not empty.
    void row07_capabilities()
    {
        QFETCH(QByteArray, user);
        QFETCH(QByteArray, effective);
        LiveContainer container(*m_store);
        container.spec.user = user.toStdString();
        container.spec.arguments = shell("cat /proc/self/status; sleep 60");
        VERIFY_RESULT(container.start());
        const auto joined = container.exec({"/bin/cat", "/proc/self/status"});
        VERIFY_RESULT(joined);
        QVERIFY(container.waitForOutput("nonvoluntary"));
        VERIFY_RESULT(container.request(monitor::KillAll{}));
        const auto outcome = container.finish();
        VERIFY_RESULT(outcome);
        for (const auto &status : {joined->out, outcome->out}) {
            QCOMPARE(field(status, "CapInh"), "0000000000000000");
            QCOMPARE(field(status, "CapAmb"), "0000000000000000");
            QCOMPARE(field(status, "CapPrm"), effective);
            QCOMPARE(field(status, "CapEff"), effective);
            QCOMPARE(field(status, "CapBnd"), "00000000800405fb");
            QCOMPARE(field(status, "Seccomp"), "2");
            QCOMPARE(field(status, "NoNewPrivs"), "0");
            QCOMPARE(field(status, "SigBlk"), "0000000000000000");
            QCOMPARE(field(status, "SigIgn"), "0000000000000000");
        }
    }

    // CVE-2023-25809: a container writes the user's cgroups.
    void row08_cgroupsCannotBeWritten()
    {
        // A host may have old hierarchies besides; ours is the one without a name.
        const auto outcome = run(
            "grep ^0: /proc/self/cgroup; mkdir /sys/fs/cgroup/x && echo made;"
            "echo 1 > /sys/fs/cgroup/cgroup.freeze && echo frozen; echo 0 > /sys/fs/cgroup/cgroup.procs && echo moved");
        QVERIFY2(outcome.out.trimmed() == "0::/", outcome.out); // the root of its own namespace, nothing else
    }

    // CVE-2025-52565: /dev/console is bound from a name that can be swapped.
    void row13_terminalIsTheContainersOwn()
    {
        const auto outcome = run(
            "tty; stat -c %t:%T /dev/console; ls /dev/pts", [](LiveContainer &container) { container.spec.terminal = true; });
        QVERIFY2(outcome.out.startsWith("/dev/pts/0\r\n88:0\r\n"), outcome.out);
        QVERIFY2(!outcome.out.contains("/dev/pts/1"), outcome.out);
    }

    // CVE-2025-52881: writes to procfs end in another file.
    void row14_kernelValuesReachTheKernel()
    {
        const auto outcome = run(
            "cat /proc/sys/user/max_user_namespaces /proc/sys/net/ipv4/ping_group_range;"
            "echo 5 > /proc/sys/user/max_user_namespaces && echo written;"
            "echo x > /proc/sysrq-trigger && echo written; echo core > /proc/sys/kernel/core_pattern && echo written");
        QVERIFY2(outcome.out.startsWith("0\n0\t65536\n"), outcome.out + outcome.err);
        QVERIFY2(!outcome.out.contains("written"), outcome.out);
    }

    // CVE-2024-21626, CVE-2026-88265: descriptors leak; streams are opened by name.
    void row18_standardStreamsAreTheOnlyDescriptors()
    {
        for (const bool terminal : {false, true}) {
            LiveContainer container(*m_store);
            container.spec.terminal = terminal;
            container.spec.init = terminal;
            container.spec.arguments = shell("probe descriptors; ls /proc/1/fd; sleep 60");
            VERIFY_RESULT(container.start());
            QVERIFY(container.waitForOutput("2 "));
            ExecSpec exec;
            exec.arguments = {"/bin/probe", "descriptors"};
            exec.terminal = terminal;
            const auto joined = container.exec(exec);
            VERIFY_RESULT(joined);
            for (const auto &line : joined->out.trimmed().split('\n'))
                QVERIFY2(
                    QRegularExpression(u"^[012] (pipe:|/dev/null|/dev/pts/[01])"_s).match(QString::fromLatin1(line)).hasMatch(),
                    joined->out);
            QCOMPARE(joined->out.trimmed().count('\n'), 2);
            VERIFY_RESULT(container.request(monitor::KillAll{}));
            const auto outcome = container.finish();
            VERIFY_RESULT(outcome);
            for (int fd = 3; fd < 64; ++fd)
                QVERIFY2(!outcome->out.contains("\n" + QByteArray::number(fd) + " "), outcome->out);
        }
    }

    void row19_36_userTexts_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("expected"); // uid:gid, or part of the sentence
        QTest::newRow("number") << QByteArray("1") << QByteArray("1:0");
        QTest::newRow("number and colon") << QByteArray("1:") << QByteArray("1:0");
        QTest::newRow("group alone") << QByteArray(":1") << QByteArray("0:1");
        QTest::newRow("name and number") << QByteArray("root:0") << QByteArray("0:0");
        QTest::newRow("number and name") << QByteArray("1234:extra") << QByteArray("1234:77");
        for (const char *text : {"4294967296", "4294967295", "99999999999999999999", "1:4294967296"})
            QTest::newRow(text) << QByteArray(text) << QByteArray("must be in range");
        for (const char *text : {"-1", " 1", "1x", "0x0", "+0", "1:-1", "1:0x0", "1:1:1"})
            QTest::newRow(text) << QByteArray(text) << QByteArray("is neither a");
        QTest::newRow("unknown name") << QByteArray("nobody") << QByteArray("unable to find user nobody");
        QTest::newRow("unknown group") << QByteArray("1:nobody") << QByteArray("unable to find group nobody");
    }
    // CVE-2026-30892, CVE-2024-40635, CVE-2026-46680: a number is read as root, or looked up as a name.
    void row19_36_userTexts()
    {
        QFETCH(QByteArray, user);
        QFETCH(QByteArray, expected);
        const QString layer = m_store->addLayer(u"numbers"_s);
        QDir().mkpath(layer + u"/etc"_s);
        // The trap: everything that is not a number exists as the name of a root.
        QByteArray passwd = "root:x:0:0:root:/root:/bin/sh\n";
        for (const char *name : {"4294967296", "4294967295", "99999999999999999999", "-1", " 1", "1x", "0x0", "+0"})
            passwd += QByteArray(name) + ":x:0:0::/:/bin/sh\n";
        QVERIFY(writeFile(layer + u"/etc/passwd"_s, passwd));
        QVERIFY(writeFile(layer + u"/etc/group"_s, "root:x:0:\nextra:x:77:\n4294967296:x:0:\n-1:x:0:\n0x0:x:0:\n"));
        const auto change = [&](LiveContainer &container) {
            container.spec.layers = {"numbers", "base"};
            container.spec.user = user.toStdString();
        };
        if (expected.contains(' ')) {
            const QByteArray sentence = refusal(change);
            QVERIFY2(sentence.contains(expected), sentence);
            return;
        }
        const auto outcome = run("cat /proc/self/status", change);
        QCOMPARE(field(outcome.out, "Uid").split(' ').first() + ':' + field(outcome.out, "Gid").split(' ').first(), expected);
    }

    // CVE-2026-41163: code of the caller runs while a privileged process still takes requests.
    void row53_nothingPrivilegedIsLeft()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = {"/bin/sleep", "60"};
        VERIFY_RESULT(container.start());
        VERIFY_RESULT(container.exec({"/bin/true"}));
        const pid_t monitor = container.monitorPid();
        QVERIFY(monitor > 0);
        QCOMPARE(statusOf(monitor, "Uid").split(' ').first(), QByteArray::number(::getuid()));
        QCOMPARE(statusOf(monitor, "CapEff"), "0000000000000000");
        QCOMPARE(statusOf(monitor, "CapPrm"), "0000000000000000");
        // Neither a helper nor a spawner lives beside the container.
        QVERIFY(QTest::qWaitFor([&] { return childrenOf(monitor) == QList<pid_t>({container.pid()}); }, 5000));
    }

    // CVE-2020-14370, CVE-2026-57231, CVE-2026-53488: an image reads the host's environment or takes control by a label.
    void row38_42_environmentIsWhatWasAskedFor()
    {
        qputenv("SECRET", "of the host");
        LiveContainer container(*m_store);
        container.spec.environment = {"PATH=/bin", "SECRET", "*", "A*", "=x", "SHOWN=yes", "SHOWN=twice", "BERTH=1"};
        container.spec.arguments = {"/bin/env"};
        const auto outcome = container.run();
        VERIFY_RESULT(outcome);
        auto lines = outcome->out.trimmed().split('\n');
        std::ranges::sort(lines);
        QCOMPARE(lines, QList<QByteArray>({"BERTH=1", "HOME=/root", "PATH=/bin", "SHOWN=twice"}));
    }

    void row40_hostilePasswd_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("named");
        for (const bool named : {false, true}) {
            QTest::addRow("fifo %d", named) << 0 << named;
            QTest::addRow("sparse %d", named) << 1 << named;
            QTest::addRow("link to the host %d", named) << 2 << named;
            QTest::addRow("folder %d", named) << 3 << named;
        }
    }

    // CVE-2026-47262, CVE-2024-9676: /etc/passwd of the image is endless or blocks.
    void row40_hostilePasswd()
    {
        QFETCH(int, kind);
        QFETCH(bool, named);
        const QString name = u"passwd%1"_s.arg(kind);
        const QString layer = m_store->addLayer(name);
        QDir().mkpath(layer + u"/etc"_s);
        const QByteArray path = QFile::encodeName(layer + u"/etc/passwd"_s);
        if (kind == 0)
            ::mkfifo(path.constData(), 0600);
        else if (kind == 1)
            QVERIFY(QFile(layer + u"/etc/passwd"_s).resize(10LL << 30)
                || (writeFile(layer + u"/etc/passwd"_s, "") && QFile(layer + u"/etc/passwd"_s).resize(10LL << 30)));
        else if (kind == 2)
            QFile::link(u"/../../../../etc/passwd"_s, layer + u"/etc/passwd"_s);
        else
            QDir().mkpath(layer + u"/etc/passwd"_s);
        LiveContainer container(*m_store);
        container.spec.layers = {name.toStdString(), "base"};
        container.spec.user = named ? "daemon" : "77";
        container.spec.arguments = shell("grep ^.id: /proc/self/status"); // id(1) would read the file itself
        const auto outcome = container.run();
        if (named) {
            QVERIFY(!outcome); // "daemon" exists on the host only
            QVERIFY2(outcome.error().detail.contains("unable to find user daemon"), outcome.error().detail.c_str());
        } else {
            VERIFY_RESULT(outcome);
            QCOMPARE(field(outcome->out, "Uid"), "77 77 77 77");
            QCOMPARE(field(outcome->out, "Gid"), "0 0 0 0");
        }
    }

    void row45_supplementaryGroups_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("groups");
        QTest::newRow("root") << QByteArray() << QByteArray("0");
        QTest::newRow("name") << QByteArray("app") << QByteArray("1234 77");
        QTest::newRow("known number") << QByteArray("1234") << QByteArray("1234 77");
        QTest::newRow("unknown number") << QByteArray("1:1") << QByteArray("1");
        QTest::newRow("name and group") << QByteArray("app:extra") << QByteArray("77");
    }

    // CVE-2022-2989, CVE-2022-36109: supplementary groups of somebody else are kept.
    void row45_supplementaryGroups()
    {
        QFETCH(QByteArray, user);
        QFETCH(QByteArray, groups);
        const auto change = [&](LiveContainer &container) { container.spec.user = user.toStdString(); };
        QCOMPARE(run("id -G", change).out.trimmed(), groups);
        const auto withExtra = run("id -G", [&](LiveContainer &container) {
            change(container);
            container.spec.extraGroups = {"500"};
        });
        QCOMPARE(withExtra.out.trimmed().split(' ').last(), "500");
    }

    // CVE-2016-8659, CVE-2017-5226: bytes are put into the terminal outside.
    void row50_51_terminalInputCannotBeForged()
    {
        LiveContainer container(*m_store);
        container.spec.terminal = true;
        container.spec.arguments = {"/bin/probe", "calls"};
        const auto outcome = container.run();
        VERIFY_RESULT(outcome);
        const auto calls = results(QByteArray(outcome->out).replace('\r', ""));
        QCOMPARE(calls["TIOCSTI"], "EPERM");
        QCOMPARE(calls["TIOCLINUX"], "EPERM");
        QCOMPARE(calls["TIOCSTI-high-bits"], "EPERM");
        const auto session = run("cat /proc/self/stat", [](LiveContainer &other) { other.spec.terminal = true; });
        QCOMPARE(session.out.split(' ').value(5), "1"); // its session is its own
    }

    // CVE-2020-5291, CVE-2025-65105: rights are assumed, not asked of the kernel.
    void row52_59_rightsAreVerifiedInTheKernel()
    {
        // A set that the kernel does not grant must stop the start, not be assumed: 63 does not exist, so
        // it is left out, and everything else is exact.
        const auto outcome = run(
            "cat /proc/self/status", [](LiveContainer &container) { container.spec.capabilities = (1ULL << 63) | 1; });
        QCOMPARE(field(outcome.out, "CapBnd"), "0000000000000001");
        QCOMPARE(field(outcome.out, "CapEff"), "0000000000000001");
        QCOMPARE(field(outcome.out, "Uid"), "0 0 0 0");
    }

    // CVE-2026-31431: exotic socket families reach the page cache.
    void row74_socketFamilies()
    {
        const auto sockets = results(run("probe sockets").out);
        for (const char *allowed : {"UNIX", "INET", "INET6", "PING", "NETLINK"})
            QCOMPARE(sockets[allowed], "OK");
        for (const char *refused : {"XFRM", "RAW", "PACKET", "ALG", "VSOCK", "RXRPC", "KEY", "BLUETOOTH", "XDP"})
            QCOMPARE(sockets[refused], "EPERM");
#if defined(__x86_64__)
        // A kernel without the 32-bit entry answers ENOSYS by a signal-free error.
        QVERIFY2(sockets["SOCKETCALL32"] != "OK" && sockets["SOCKETCALL32"] != "EFAULT", sockets["SOCKETCALL32"]);
#endif
    }

    // CVE-2022-0185 and its kin: namespaces inside reach more of the kernel.
    void row75_noNamespacesInside()
    {
        for (const char *user : {"", "1000"}) {
            const auto calls = results(run("probe calls", [user](LiveContainer &container) {
                container.spec.user = user;
                container.spec.capabilities = ~0ULL; // even then
            }).out);
            for (const char *refused : {"unshare-user", "unshare-mount", "clone-user", "mount", "fsopen", "setns", "bpf",
                     "keyctl", "add_key", "userfaultfd", "perf_event_open", "reboot", "kexec_load", "open_by_handle_at"})
                QVERIFY2(calls[refused] == "EPERM", refused + (" " + calls[refused]));
            QCOMPARE(calls["clone3"], "ENOSYS");
            QCOMPARE(calls["io_uring_setup"], "ENOSYS");
            QCOMPARE(calls["mknod-device"], "EPERM");
        }
    }

    void hostIsOutOfSight()
    {
        const auto outcome = run(
            "ps; echo --; cat /proc/self/mountinfo; echo --; cat /proc/net/dev; hostname; cat /proc/self/uid_map");
        QVERIFY2(!outcome.out.contains("monitor"), outcome.out);
        QVERIFY2(!outcome.out.contains(QFile::encodeName(QDir::homePath()) + " "), outcome.out);
        QVERIFY2(!outcome.out.contains("eth0"), outcome.out);
        QVERIFY2(outcome.out.contains("lo:"), outcome.out);
        QVERIFY2(outcome.out.contains("testhost\n"), outcome.out);
        QVERIFY2(!outcome.out.contains("/oldroot"), outcome.out);
        QCOMPARE(outcome.out.first(outcome.out.indexOf("\n--\n")).count('\n'), 2); // heading, shell, ps
    }

    void pingWorksWithoutRawSockets()
    {
        QCOMPARE(run("probe echo", [](LiveContainer &container) { container.spec.user = "1000"; }).out,
            "socket OK\nsend OK\nreply OK\n");
    }
};

QTEST_GUILESS_MAIN(TestContainment)
#include "tst_containment.moc"
