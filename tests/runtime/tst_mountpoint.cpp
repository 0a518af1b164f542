// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/mountpoint.h"
#include "runtime/systemmounts.h"

#include "base/io.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace berth;

// Where mounts of a container may go, and what of /proc and /sys is closed.
class TestMountPoint : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    UniqueFd m_root;

    [[nodiscard]] std::string inside(const char *name) const { return m_folder->path().toStdString() + "/root" + name; }
    [[nodiscard]] bool isUntouched() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot) == QStringList{QStringLiteral("root")};
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("root")));
        m_root.reset(::open(inside("").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        QVERIFY(m_root.isValid());
    }

    // moby, daemon/pkg/oci/defaults.go, August 2026; grows with GHSA-jq35-85cj-fj4p, GHSA-6fw5-f8r9-fgfm and
    // the next.
    void row29_maskedAndReadOnlyPathsAreDockers()
    {
        const std::vector<std::string> masked = {"/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys",
            "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats",
            "/sys/devices/virtual/powercap", "/sys/firmware"};
        const std::vector<std::string> readOnly = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"};
        const auto holdsAll = [](const std::vector<std::string> &ours, const std::vector<std::string> &theirs) {
            return std::ranges::all_of(theirs, [&](const auto &path) { return std::ranges::contains(ours, path); });
        };
        QVERIFY(holdsAll(maskedPaths(), masked));
        QVERIFY(holdsAll(readOnlyPaths(), readOnly));
        for (const auto &path : maskedPaths())
            QVERIFY(path.starts_with("/proc/") || path.starts_with("/sys/"));
    }

    // The folders of each processor are masked by number; there must be no other naming.
    void row29_everyProcessorHasANumberBelowTheCount()
    {
        const long count = ::sysconf(_SC_NPROCESSORS_CONF);
        const auto folders = QDir(QStringLiteral("/sys/devices/system/cpu")).entryList({QStringLiteral("cpu?*")}, QDir::Dirs);
        for (const QString &folder : folders) {
            bool isNumber = false;
            const int number = folder.mid(3).toInt(&isNumber);
            QVERIFY(!isNumber || number < count);
        }
    }

    // CVE-2019-19921, CVE-2026-41579, CVE-2026-47766: the image ships a link of that name.
    void row04_row15_systemFoldersAreRealFolders()
    {
        for (const char *name : {"dev", "proc", "sys"}) {
            const std::string path = inside("/") + name;
            for (const char *target : {"/tmp", "..", "../elsewhere", "etc", "/"}) {
                QCOMPARE(::symlink(target, path.c_str()), 0);
                QVERIFY2(!openSystemFolder(m_root.get(), name), target);
                ::unlink(path.c_str());
            }
            QFile file(QString::fromStdString(path));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QVERIFY(!openSystemFolder(m_root.get(), name));
            ::unlink(path.c_str());
            QVERIFY(openSystemFolder(m_root.get(), name)); // made
            QVERIFY(openSystemFolder(m_root.get(), name)); // there
        }
        QVERIFY(isUntouched());
    }

    // CVE-2019-16884: a volume over a part of /proc.
    void row03_refusedTargets_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path : {"/", "", ".", "//", "/.", "/..", "/a/..", "relative", "./x", "../x", "/proc", "/proc/", "//proc",
                 "/./proc", "/proc/self/attr", "/a/../proc/sys", "/proc/../proc/x", "/sys", "/sys/fs/cgroup", "/dev", "/dev/null",
                 "/dev/pts", "/dev/../dev/tty", "/dev/shm/../console"})
            QTest::newRow(path) << QByteArray(path);
    }
    void row03_refusedTargets()
    {
        QFETCH(QByteArray, path);
        for (const bool isFolder : {true, false}) {
            const auto target = openMountTarget(m_root.get(), path.toStdString(), isFolder);
            QVERIFY(!target);
            QCOMPARE(int(target.error().code), int(ErrorCode::InvalidArgument));
        }
        QVERIFY(isUntouched());
        QVERIFY(QDir(QString::fromStdString(inside(""))).isEmpty());
    }

    void targetsAreMade()
    {
        QVERIFY(openMountTarget(m_root.get(), "/a/b/../c", true));
        QVERIFY(QDir(QString::fromStdString(inside("/a/c"))).exists() && !QDir(QString::fromStdString(inside("/a/b"))).exists());
        QVERIFY(openMountTarget(m_root.get(), "/etc/hosts", false));
        QVERIFY(QFileInfo(QString::fromStdString(inside("/etc/hosts"))).isFile());
        QVERIFY(openMountTarget(m_root.get(), "/processes", true) && openMountTarget(m_root.get(), "/system", true));
        QVERIFY(openMountTarget(m_root.get(), "/../../outside", true)); // stays inside
        QVERIFY(QDir(QString::fromStdString(inside("/outside"))).exists());
        QVERIFY(isUntouched());
    }

    // CVE-2021-30465, CVE-2026-87766: links of the image stay in the image, and work.
    void row05_row54_linksStayInside()
    {
        QVERIFY(QDir(QString::fromStdString(inside(""))).mkpath(QStringLiteral("run"))
            && QDir(QString::fromStdString(inside(""))).mkpath(QStringLiteral("var")));
        QCOMPARE(::symlink("/run", inside("/var/run").c_str()), 0);
        QVERIFY(openMountTarget(m_root.get(), "/var/run/app", true));
        QVERIFY(QDir(QString::fromStdString(inside("/run/app"))).exists());
        const std::string outside = m_folder->path().toStdString() + "/outside";
        QCOMPARE(::symlink("../../../../../../../../../../outside", inside("/up").c_str()), 0);
        QCOMPARE(::symlink(outside.c_str(), inside("/absolute").c_str()), 0);
        QCOMPARE(::symlink("/proc/self/root", inside("/magic").c_str()), 0);
        for (const char *path : {"/up/x", "/absolute/x", "/up", "/absolute"})
            (void)openMountTarget(m_root.get(), path, true);
        for (const char *path : {"/up2", "/absolute2"})
            (void)openMountTarget(m_root.get(), path, false);
        QVERIFY(isUntouched());
        QVERIFY(!QDir(QString::fromStdString(outside)).exists());
        QCOMPARE(::symlink("loop2", inside("/loop1").c_str()), 0);
        QCOMPARE(::symlink("loop1", inside("/loop2").c_str()), 0);
        QVERIFY(!openMountTarget(m_root.get(), "/loop1", true) && !openMountTarget(m_root.get(), "/loop1", false));
    }
};

QTEST_APPLESS_MAIN(TestMountPoint)
#include "tst_mountpoint.moc"
