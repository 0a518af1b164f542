// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Row 77 of the table of failures (paths that escape a root), and the building blocks of rows 5, 11,
// 12, 15, 48 and 54: whatever the tree inside looks like, nothing outside is opened or made.
#include "base/io.h"
#include "base/rootpath.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>

using namespace berth;

class TestRootPath : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    UniqueFd m_outside;
    UniqueFd m_root;

    ino_t inodeOf(int fd)
    {
        struct stat status = {};
        return ::fstat(fd, &status) == 0 ? status.st_ino : 0;
    }
    ino_t inodeOf(int folder, const char *name)
    {
        struct stat status = {};
        return ::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status.st_ino : 0;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_outside.reset(::open(m_folder->path().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        m_root = makeDirectory(m_outside.get(), "root").value();
        QVERIFY(writeFileAtomically(m_outside.get(), "secret", "host"));
        QVERIFY(makeDirectory(m_outside.get(), "etc"));
        QVERIFY(makeDirectory(m_root.get(), "etc"));
        const auto etc = openFile(m_root.get(), "etc", O_RDONLY | O_DIRECTORY);
        QVERIFY(writeFileAtomically(etc->get(), "passwd", "inside"));
    }

    void refusesImpossibleNames_data()
    {
        QTest::addColumn<std::string>("path");
        QTest::newRow("empty") << std::string();
        QTest::newRow("NUL") << std::string("etc\0passwd", 10);
        QTest::newRow("4096 bytes") << std::string(4096, 'a');
        QTest::newRow("1 MB") << std::string(1 << 20, '/');
    }
    void refusesImpossibleNames()
    {
        QFETCH(std::string, path);
        std::string name;
        QCOMPARE(int(openInRoot(m_root.get(), path, O_PATH).error().code), int(ErrorCode::InvalidArgument));
        QCOMPARE(int(makeDirectoriesInRoot(m_root.get(), path).error().code), int(ErrorCode::InvalidArgument));
        QCOMPARE(int(openParentInRoot(m_root.get(), path, name).error().code), int(ErrorCode::InvalidArgument));
        QVERIFY(!makeFileInRoot(m_root.get(), path));
    }

    void dotsAndAbsoluteNamesStayInside_data()
    {
        QTest::addColumn<std::string>("path");
        for (const char *path : {"/etc/passwd", "etc/passwd", "../etc/passwd", "../../../../etc/passwd", "/../etc/./passwd",
                 "etc/../../etc/passwd", "//etc//passwd"})
            QTest::newRow(path) << std::string(path);
    }
    void dotsAndAbsoluteNamesStayInside()
    {
        QFETCH(std::string, path);
        auto file = openRegularInRoot(m_root.get(), path);
        QVERIFY2(file.has_value(), file ? "" : file.error().detail.c_str());
        QCOMPARE(readAll(file->get(), 100).value(), std::string("inside"));
    }

    void parentOfTheRootIsTheRoot()
    {
        QCOMPARE(inodeOf(openInRoot(m_root.get(), "..", O_PATH)->get()), inodeOf(m_root.get()));
        QCOMPARE(inodeOf(openInRoot(m_root.get(), "/..//../", O_PATH)->get()), inodeOf(m_root.get()));
        QVERIFY(!openInRoot(m_root.get(), "../secret", O_PATH));
    }

    void trailingSlashMeansFolder()
    {
        QVERIFY(openInRoot(m_root.get(), "etc/", O_PATH));
        QVERIFY(!openInRoot(m_root.get(), "etc/passwd/", O_PATH));
        std::string name;
        const auto parent = openParentInRoot(m_root.get(), "/etc/passwd//", name);
        QVERIFY(parent);
        QCOMPARE(name, std::string("passwd"));
    }

    void linksAreResolvedInside_data()
    {
        QTest::addColumn<std::string>("target");
        QTest::newRow("absolute") << std::string("/etc/passwd");
        QTest::newRow("climbing") << std::string("../../../../../etc/passwd");
        QTest::newRow("through the host's temporary folder") << std::string("/../etc/passwd");
    }
    void linksAreResolvedInside()
    {
        QFETCH(std::string, target);
        QCOMPARE(::symlinkat(target.c_str(), m_root.get(), "link"), 0);
        auto file = openRegularInRoot(m_root.get(), "link");
        QVERIFY(file);
        QCOMPARE(readAll(file->get(), 100).value(), std::string("inside"));
    }

    void linkedFolderCreatesInside()
    {
        const auto outside = m_folder->path().toStdString() + "/etc";
        QCOMPARE(::symlinkat(outside.c_str(), m_root.get(), "var"), 0);
        // Inside, that absolute name does not exist yet: the link dangles and is not repaired outside.
        QVERIFY(!makeFileInRoot(m_root.get(), "var/planted"));
        QVERIFY(QDir(m_folder->path() + QStringLiteral("/etc")).isEmpty());
        // The compatible case, row 54: an absolute link to a folder that exists inside.
        QCOMPARE(::symlinkat("/etc", m_root.get(), "alias"), 0);
        QVERIFY(makeFileInRoot(m_root.get(), "alias/made"));
        const auto etc = openFile(m_root.get(), "etc", O_RDONLY | O_DIRECTORY);
        QVERIFY(inodeOf(etc->get(), "made") != 0);
        QVERIFY(QDir(m_folder->path() + QStringLiteral("/etc")).isEmpty());
    }

    void loopOfLinksEnds()
    {
        QCOMPARE(::symlinkat("b", m_root.get(), "a"), 0);
        QCOMPARE(::symlinkat("a", m_root.get(), "b"), 0);
        QVERIFY(!openInRoot(m_root.get(), "a", O_PATH));
        QVERIFY(!makeDirectoriesInRoot(m_root.get(), "a/x/y"));
    }

    void magicLinksAreRefused()
    {
        const UniqueFd slash(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
        const auto self = QStringLiteral("/proc/self/fd/%1").arg(m_outside.get()).toStdString();
        QVERIFY(!openInRoot(slash.get(), self, O_PATH));
        QVERIFY(!openInRoot(slash.get(), self + "/secret", O_RDONLY));
        QVERIFY(!openInRoot(slash.get(), "/proc/self/root/etc", O_PATH));
        QVERIFY(!openInRoot(slash.get(), "/proc/self/cwd", O_PATH));
        QVERIFY(!openInRoot(slash.get(), "/proc/self/exe", O_PATH));
    }

    void onlyRegularFilesAreRead()
    {
        QCOMPARE(::mkfifoat(m_root.get(), "fifo", 0600), 0);
        QCOMPARE(int(openRegularInRoot(m_root.get(), "fifo").error().code), int(ErrorCode::InvalidArgument));
        QCOMPARE(int(openRegularInRoot(m_root.get(), "etc").error().code), int(ErrorCode::InvalidArgument));
        const UniqueFd slash(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
        QVERIFY(!openRegularInRoot(slash.get(), "/dev/zero"));
    }

    void mountsInsideTheRootAreCrossed()
    {
        const UniqueFd slash(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
        QVERIFY(openRegularInRoot(slash.get(), "/proc/self/status"));
    }

    void makesMissingFoldersOnly()
    {
        const auto made = makeDirectoriesInRoot(m_root.get(), "/etc/../srv/a//b/./c/", 0750);
        QVERIFY2(made.has_value(), made ? "" : made.error().detail.c_str());
        struct stat status = {};
        QCOMPARE(::fstatat(m_root.get(), "srv/a/b/c", &status, 0), 0);
        QCOMPARE(inodeOf(made->get()), status.st_ino);
        QVERIFY(!makeDirectoriesInRoot(m_root.get(), "etc/passwd/x"));
    }

    void makeFileKeepsWhatIsThere()
    {
        QVERIFY(makeFileInRoot(m_root.get(), "/etc/passwd"));
        QCOMPARE(readAll(openRegularInRoot(m_root.get(), "/etc/passwd")->get(), 100).value(), std::string("inside"));
        QVERIFY(makeFileInRoot(m_root.get(), "/new/deep/file"));
        QVERIFY(openRegularInRoot(m_root.get(), "/new/deep/file"));
    }

    // Rows 5 and 11: somebody swaps a component between a folder and a link to the outside while we
    // resolve and create. Nothing may ever appear outside.
    void racingSwapsNeverEscape()
    {
        QCOMPARE(::mkdirat(m_root.get(), "race", 0755), 0);
        const auto outside = m_folder->path().toStdString() + "/etc";
        QCOMPARE(::symlinkat(outside.c_str(), m_root.get(), "bait"), 0);
        std::atomic<bool> stop = false;
        std::thread racer([&] {
            while (!stop)
                ::renameat2(m_root.get(), "race", m_root.get(), "bait", RENAME_EXCHANGE);
        });
        for (int i = 0; i < 20'000; ++i) {
            static_cast<void>(makeFileInRoot(m_root.get(), "race/file" + std::to_string(i % 50)));
            static_cast<void>(makeDirectoriesInRoot(m_root.get(), "race/folder" + std::to_string(i % 50) + "/x"));
        }
        stop = true;
        racer.join();
        QVERIFY(QDir(m_folder->path() + QStringLiteral("/etc")).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestRootPath)
#include "tst_rootpath.moc"
