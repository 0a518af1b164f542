// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// No path of an image, of a volume or of a person leads a container's start out of its root. Each function
// keeps failures of this field from coming back; "row" is their number in our list, the comment says which
// they are.
#include "monitor/containertest.h"

#include <QFileInfo>
#include <QScopeGuard>

#include <atomic>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

class TestContainedPaths : public ContainerTest {
    Q_OBJECT
private Q_SLOTS:
    void row03_nothingIsMountedOverProcAndSys_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char *target : {"/proc", "/proc/self", "/proc/sys/kernel", "/sys", "/sys/fs/cgroup", "/dev", "/dev/pts",
                 "/dev/null", "/", "//", "/tmp/..", "/a/../proc", "/./proc/", "/tolink", "/tolink/self", "relative", ""})
            QTest::newRow(*target ? target : "empty") << QByteArray(target);
    }

    // CVE-2019-16884, CVE-2026-47766: a volume hides what the runtime relies on.
    void row03_nothingIsMountedOverProcAndSys()
    {
        QFETCH(QByteArray, target);
        QFile::link(u"/proc"_s, m_store->tree() + u"/tolink"_s);
        for (const auto kind : {MountKind::Tmpfs, MountKind::Bind}) {
            const QByteArray error = refusal([&](LiveContainer &container) {
                container.spec.mounts.push_back({.kind = kind, .source = "/tmp", .target = target.toStdString()});
            });
            QVERIFY2(error.contains("mount"), error);
        }
    }

    void row04_09_15_16_systemFoldersOfTheImage_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("proc") << u"proc"_s;
        QTest::newRow("sys") << u"sys"_s;
        QTest::newRow("dev") << u"dev"_s;
    }

    // CVE-2019-19921, CVE-2023-27561, CVE-2026-41579, CVE-2026-47766: /proc or /dev of the image is a link.
    void row04_09_15_16_systemFoldersOfTheImage()
    {
        QFETCH(QString, name);
        QTemporaryDir outside(QDir::homePath() + u"/outside-XXXXXX"_s);
        const QString layer = m_store->addLayer(u"bad"_s + name);
        QFile::link(u"/../../../.."_s + outside.path(), layer + u'/' + name);
        for (const bool readOnly : {false, true}) {
            const QByteArray error = refusal([&](LiveContainer &container) {
                container.spec.layers = {(u"bad"_s + name).toStdString(), "base"};
                container.spec.readOnlyRoot = readOnly;
            });
            QVERIFY2(error.contains("is not a folder"), error);
        }
        QVERIFY(QDir(outside.path()).isEmpty());
    }

    // CVE-2021-30465, CVE-2024-45310: a component is swapped while the target is looked up or made.
    void row05_11_swappedMountTargetsStayInside()
    {
        // A component of the mount target, in a volume that others write to, turns from a folder into a
        // link to the outside and back while containers start.
        QTemporaryDir outside(QDir::homePath() + u"/outside-XXXXXX"_s);
        const QString volume = m_store->path() + u"/volumes/shared/data"_s;
        QVERIFY(QDir().mkpath(volume + u"/real"_s));
        const QByteArray at = QFile::encodeName(volume + u"/at"_s);
        const QByteArray real = QFile::encodeName(volume + u"/real"_s);
        const QByteArray link = QFile::encodeName(volume + u"/link"_s);
        QVERIFY(::symlink(QFile::encodeName(u"/../../../.."_s + outside.path()).constData(), link.constData()) == 0);
        QVERIFY(::mkdir(at.constData(), 0755) == 0);
        std::atomic<bool> stop = false;
        std::atomic<int> swaps = 0;
        std::thread racer([&] {
            while (!stop) {
                if (::syscall(SYS_renameat2, AT_FDCWD, at.constData(), AT_FDCWD, link.constData(), RENAME_EXCHANGE) == 0)
                    ++swaps;
            }
        });
        const auto stopped = qScopeGuard([&] {
            stop = true;
            racer.join();
        });
        int started = 0;
        for (int i = 0; i < 60; ++i) {
            LiveContainer container(*m_store);
            container.spec.arguments = shell("touch /shared/at/new/mark");
            container.spec.mounts = {{.kind = MountKind::Volume, .source = "shared", .target = "/shared", .noCopy = true},
                {.kind = MountKind::Tmpfs, .source = {}, .target = "/shared/at/new"}};
            started += container.run().has_value();
        }
        QVERIFY(swaps > 1000);
        QVERIFY(started > 0);
        QVERIFY(QDir(outside.path()).isEmpty());
    }

    void row10_workingDirectoryCannotLeave_data()
    {
        QTest::addColumn<QByteArray>("directory");
        for (int fd = 0; fd <= 64; fd += fd < 24 ? 1 : 8)
            QTest::addRow("fd %d", fd) << QByteArray("/proc/self/fd/" + QByteArray::number(fd));
        QTest::newRow("link") << QByteArray("/fdlink");
        QTest::newRow("cwd") << QByteArray("/proc/self/cwd/../../../home");
    }

    // CVE-2024-21626: the working folder is a descriptor that leaked.
    void row10_workingDirectoryCannotLeave()
    {
        QFETCH(QByteArray, directory);
        QFile::link(u"/proc/self/fd/8/../../.."_s, m_store->tree() + u"/fdlink"_s);
        const QByteArray error = refusal(
            [&](LiveContainer &container) { container.spec.workingDirectory = directory.toStdString(); });
        QVERIFY2(error.contains("working directory"), error);
        LiveContainer container(*m_store);
        container.spec.arguments = {"/bin/sleep", "60"};
        VERIFY_RESULT(container.start());
        ExecSpec exec;
        exec.arguments = {"/bin/pwd"};
        exec.workingDirectory = directory.toStdString();
        const auto joined = container.exec(exec);
        QVERIFY2(!joined, joined ? joined->out.constData() : "");
    }

    // CVE-2025-31133: what hides a file is the image's own /dev/null.
    void row12_maskedFilesShowTheHostsNullDevice()
    {
        const QString layer = m_store->addLayer(u"badnull"_s);
        QDir().mkpath(layer + u"/dev"_s);
        QFile::link(u"/proc/sysrq-trigger"_s, layer + u"/dev/null"_s);
        const auto outcome = run(
            "stat -c '%n %F %t:%T' /dev/null /proc/kcore /proc/keys /proc/timer_list;"
            "for folder in /sys/firmware /proc/acpi; do echo $folder has $(ls -A $folder 2>/dev/null | wc -l); done",
            [](LiveContainer &container) { container.spec.layers = {"badnull", "base"}; });
        QVERIFY2(outcome.out.contains("/dev/null character special file 1:3"), outcome.out + outcome.err);
        int hidden = 0;
        for (const char *name : {"/proc/kcore", "/proc/keys", "/proc/timer_list"}) {
            if (!QFileInfo::exists(QString::fromLatin1(name))) // not every kernel has all of them
                continue;
            ++hidden;
            QVERIFY2(outcome.out.contains(QByteArray(name) + " character special file 1:3"), outcome.out);
        }
        QVERIFY(hidden > 0);
        QVERIFY2(outcome.out.contains("/sys/firmware has 0\n/proc/acpi has 0\n"), outcome.out);
    }

    // CVE-2026-88264: a container has no /dev of its own.
    void row17_devIsAFreshFilesystem()
    {
        const auto outcome = run("mount | grep ' /dev ' ; ls /dev; echo > /dev/null && echo usable");
        QVERIFY2(outcome.out.contains("tmpfs on /dev type tmpfs (rw,nosuid,noexec"), outcome.out);
        QVERIFY2(outcome.out.contains("usable"), outcome.out + outcome.err);
        const QByteArray listing = outcome.out.sliced(outcome.out.indexOf('\n'));
        for (const char *name : {"sda", "vda", "kmsg", "mem", "loop0", "fuse", "kvm"})
            QVERIFY2(!listing.contains(QByteArray("\n") + name + "\n"), listing);
    }

    // CVE-2025-24965, CVE-2026-87766: our files follow a link of the image; or an honest link no longer works.
    void row20_54_filesOfOursStayInTheImage()
    {
        QTemporaryDir outside(QDir::homePath() + u"/outside-XXXXXX"_s);
        const QString layer = m_store->addLayer(u"escape"_s);
        // The escape: /etc leads out. The compatible image: an absolute link that stays inside.
        QFile::link(u"/../../../.."_s + outside.path(), layer + u"/etc"_s);
        LiveContainer container(*m_store);
        container.spec.layers = {"escape", "base"};
        container.spec.arguments = {"/bin/true"};
        QVERIFY(QDir().mkpath(container.folder()));
        for (const auto &name : {u"hosts"_s, u"hostname"_s, u"resolv.conf"_s})
            QVERIFY(writeFile(container.folder() + u'/' + name, "from the engine\n"));
        (void)container.run(); // it may start, in a folder of that name inside
        QVERIFY(QDir(outside.path()).isEmpty());

        const QString compatible = m_store->addLayer(u"compatible"_s);
        QDir().mkpath(compatible + u"/run/resolve"_s);
        QDir().mkpath(compatible + u"/var"_s);
        QDir().mkpath(compatible + u"/etc"_s);
        QFile::link(u"/run"_s, compatible + u"/var/run"_s);
        QFile::link(u"../run/resolve/stub.conf"_s, compatible + u"/etc/resolv.conf"_s); // dangling
        LiveContainer second(*m_store);
        second.spec.layers = {"compatible", "base"};
        second.spec.arguments = shell("cat /etc/resolv.conf /etc/hosts; touch /var/run/mounted/x; ls /run/mounted");
        second.spec.mounts = {{.kind = MountKind::Tmpfs, .source = {}, .target = "/var/run/mounted"}};
        QVERIFY(QDir().mkpath(second.folder()));
        QVERIFY(writeFile(second.folder() + u"/resolv.conf"_s, "nameserver 192.0.2.53\n"));
        QVERIFY(writeFile(second.folder() + u"/hosts"_s, "127.0.0.1 localhost\n"));
        const auto outcome = second.run();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->out, "nameserver 192.0.2.53\n127.0.0.1 localhost\nx\n");
    }

    // CVE-2022-23648: a volume is filled from the host.
    void row34_volumesAreFilledFromInsideTheImage()
    {
        QDir().mkpath(m_store->tree() + u"/seed/inner"_s);
        writeFile(m_store->tree() + u"/seed/inner/file"_s, "from the image");
        QFile::link(u"/etc/passwd"_s, m_store->tree() + u"/seed/link"_s);
        auto outcome = run("cat /seed/inner/file; ls -l /seed; ls /seed | wc -l", [](LiveContainer &container) {
            container.spec.mounts = {{.kind = MountKind::Volume, .source = "seeded", .target = "/seed"}};
        });
        QVERIFY2(outcome.out.startsWith("from the image"), outcome.out + outcome.err);
        QVERIFY(QFileInfo(m_store->path() + u"/volumes/seeded/data/link"_s).isSymLink());
        // The host's /etc must not arrive in a volume whose place is written so that it points there.
        outcome = run("ls /x", [](LiveContainer &container) {
            container.spec.mounts = {{.kind = MountKind::Volume, .source = "sneaky", .target = "/../../etc"}};
        });
        QCOMPARE(QDir(m_store->path() + u"/volumes/sneaky/data"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries),
            QStringList({u"group"_s, u"mtab"_s, u"passwd"_s}));
        const QByteArray error = refusal([](LiveContainer &container) {
            container.spec.mounts = {{.kind = MountKind::Volume, .source = "../containers", .target = "/v"}};
        });
        QVERIFY2(error.contains("is not the name of a folder"), error);
    }

    // CVE-2026-55686: the working folder is made outside.
    void row48_workingDirectoryIsMadeInside()
    {
        QTemporaryDir outside(QDir::homePath() + u"/outside-XXXXXX"_s);
        const QString layer = m_store->addLayer(u"workdir"_s);
        QFile::link(u"/../../../.."_s + outside.path(), layer + u"/work"_s);
        const auto outcome = run("pwd; ls -ld .", [](LiveContainer &container) {
            container.spec.layers = {"workdir", "base"};
            container.spec.workingDirectory = "/work/new/folder";
        });
        QVERIFY(QDir(outside.path()).isEmpty());
        const auto plain = run("pwd", [](LiveContainer &container) { container.spec.workingDirectory = "/made/here"; });
        QCOMPARE(plain.out, "/made/here\n");
        QVERIFY(outcome.status.exitCode != 0 || outcome.out.startsWith('/'));
    }

    void readOnlyRoot()
    {
        const auto outcome = run("touch /x && echo written; touch /tmp/x && echo written; touch /dev/shm/x && echo shm;"
                                 "touch /scratch/x && echo scratch",
            [](LiveContainer &container) {
                container.spec.readOnlyRoot = true;
                container.spec.mounts = {{.kind = MountKind::Tmpfs, .source = {}, .target = "/scratch"}};
            });
        QCOMPARE(outcome.out, "shm\nscratch\n");
    }

    void bindMountsKeepTheUsersFiles()
    {
        QTemporaryDir host(QDir::homePath() + u"/host-XXXXXX"_s);
        QVERIFY(writeFile(host.filePath(u"file"_s), "from the host"));
        const auto outcome = run("cat /data/file; touch /data/made; touch /ro/no && echo written; cat /etc/one;"
                                 "stat -c %u:%g /data/made",
            [&](LiveContainer &container) {
                const std::string path = host.path().toStdString();
                container.spec.mounts = {{.kind = MountKind::Bind, .source = path, .target = "/data"},
                    {.kind = MountKind::Bind, .source = path, .target = "/ro", .readOnly = true},
                    {.kind = MountKind::Bind, .source = path + "/file", .target = "/etc/one"}};
            });
        QCOMPARE(outcome.out, "from the hostfrom the host0:0\n");
        QCOMPARE(QFileInfo(host.filePath(u"made"_s)).ownerId(), ::getuid());
        const QByteArray error = refusal([](LiveContainer &container) {
            container.spec.mounts = {{.kind = MountKind::Bind, .source = "/no/such/folder", .target = "/data"}};
        });
        QVERIFY2(error.contains("bind source path does not exist: /no/such/folder"), error);
    }
};

QTEST_GUILESS_MAIN(TestContainedPaths)
#include "tst_containedpaths.moc"
