// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/containeruser.h"

#include "base/uniquefd.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace berth;
using namespace std::string_literals;

namespace {

const UserFiles files{"root:x:0:0:root:/root:/bin/sh\n"
                      "app:x:1234:1234:App:/home/app:/bin/sh\n"
                      "1:x:0:0:a number as a name:/:/bin/sh\n"
                      "4294967296:x:0:0::/:/bin/sh\n"
                      "-1:x:0:0::/:/bin/sh\n"
                      "1x:x:0:0::/:/bin/sh\n"
                      "wraps:x:4294967296:0::/:/bin/sh\n"
                      "empty:x::0::/:/bin/sh\n"
                      "minus:x:-1:0::/:/bin/sh\n"
                      "noid:x:4294967295:0::/:/bin/sh\n"
                      "short:x:77\n"
                      "nohome:x:78:79\n"
                      "app:x:0:0:the second of that name:/:/bin/sh\n",
    "root:x:0:\n"
    "staff:x:50:app,other\n"
    "app:x:1234:\n"
    "2:x:0:\n"
    "big:x:70000:app\n"
    "wrapped:x:4294967296:app\n"
    "last:x:51:other,app"};
const IdMaps all{{{0, 1}, {1, 4294967293U}}, {{0, 1}, {1, 4294967293U}}};

Result<ContainerUser> resolve(const std::string &user, const std::vector<std::string> &extra = {}, const IdMaps &maps = all)
{
    return resolveUser(user, extra, files, maps);
}

} // namespace

// The user of -u and of USER, by the image's own files.
class TestContainerUser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // CVE-2026-30892: "1" became root. CVE-2024-40635, CVE-2026-46680: too large, or no number at all, and
    // looked up as a name.
    void row19_row36_userStrings_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<qint64>("uid"); // -1: refused
        QTest::addColumn<qint64>("gid");
        const auto row = [](const QByteArray &user, qint64 uid, qint64 gid = 0) {
            QTest::newRow(user.toPercentEncoding().constData()) << user << uid << gid;
        };
        row("", 0, 0);
        row("0", 0, 0);
        row("1", 1, 0);
        row("1:", 1, 0);
        row(":1", 0, 1);
        row(":", 0, 0);
        row("1:1", 1, 1);
        row("root", 0, 0);
        row("root:0", 0, 0);
        row("root:root", 0, 0);
        row("app", 1234, 1234);
        row("1234", 1234, 1234);
        row("app:staff", 1234, 50);
        row("app:7", 1234, 7);
        row("5:staff", 5, 50);
        row("nohome", 78, 79);
        row("00001", 1, 0);
        row("2:2", 2, 2); // group "2" of the file is root's number
        row("4294967293", 4294967293, 0);
        row("4294967295", -1);
        row("4294967296", -1);
        row("4294967297", -1);
        row("18446744073709551616", -1);
        row("99999999999999999999999", -1);
        row("-1", -1);
        row("+1", -1);
        row(" 1", -1);
        row("1 ", -1);
        row("1\n", -1);
        row("\t1", -1);
        row("1x", -1);
        row("0x1", -1);
        row("1.0", -1);
        row("1e3", -1);
        row(" root", -1);
        row("root ", -1);
        row("root\n", -1);
        row("roo", -1);
        row("root:x", -1);
        row("Root", -1);
        row("wraps", -1);
        row("empty", -1);
        row("minus", -1);
        row("noid", -1);
        row("short", -1);
        row("root:0:0", -1);
        row("root:-1", -1);
        row("root: 0", -1);
        row("root:4294967296", -1);
        row("root:wrapped", -1);
        row("root:nobody", -1);
        row("nobody", -1);
        row("app,root", -1);
        row(QByteArray("app\0", 4), -1);
        row("*", -1);
    }
    void row19_row36_userStrings()
    {
        QFETCH(QByteArray, user);
        QFETCH(qint64, uid);
        QFETCH(qint64, gid);
        const auto resolved = resolve(user.toStdString());
        QCOMPARE(resolved ? qint64(resolved->uid) : -1, uid);
        if (resolved)
            QCOMPARE(qint64(resolved->gid), gid);
        else
            QVERIFY(resolved.error().code == ErrorCode::InvalidArgument || resolved.error().code == ErrorCode::NotFound);
    }

    void home()
    {
        QCOMPARE(resolve("app")->home, "/home/app"s);
        QCOMPARE(resolve("1234")->home, "/home/app"s);
        QCOMPARE(resolve("nohome")->home, "/"s);
        QCOMPARE(resolve("999")->home, "/"s);
        QCOMPARE(resolve("")->home, "/root"s);
    }

    // CVE-2022-2989 and others: only what is configured, and the primary group (CVE-2022-36109).
    void row45_supplementaryGroups()
    {
        using Groups = std::vector<std::uint32_t>;
        QCOMPARE(resolve("app")->groups, (Groups{50, 51, 1234, 70000}));
        QCOMPARE(resolve("1234")->groups, (Groups{50, 51, 1234, 70000}));
        QCOMPARE(resolve("app:staff")->groups, Groups{resolve("app:staff")->gid});
        QVERIFY(resolve("app:")->groups == resolve("app")->groups);
        QCOMPARE(resolve("root")->groups, Groups{0});
        QCOMPARE(resolve("999")->groups, Groups{0});
        QCOMPARE(resolve("app", {"7", "staff", "1234", "7"})->groups, (Groups{7, 50, 51, 1234, 70000}));
        for (const char *group : {"", "-1", " 7", "7x", "4294967296", "unknown"})
            QVERIFY2(!resolve("app", {group}), group);
    }

    // Ids that the holder's map does not have would be shown as nobody, and be nobody's.
    void idsOutsideTheMap()
    {
        const IdMaps maps{{{0, 1}, {1, 65536}}, {{0, 1}, {1, 65536}}};
        QVERIFY(resolve("65536:65536", {}, maps));
        QVERIFY(!resolve("65537", {}, maps));
        QVERIFY(!resolve("1:65537", {}, maps));
        QVERIFY(!resolve("app", {}, maps)); // its group big
        QVERIFY(!resolve("1", {"65537"}, maps));
        const IdMaps single{{{0, 1}}, {{0, 1}}};
        QVERIFY(resolve("", {}, single) && !resolve("1", {}, single));
    }

    // CVE-2026-47262, CVE-2024-9676: what an image ships as its user files.
    void row40_hostileUserFiles()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("etc")));
        const UniqueFd root(::open(folder.path().toLocal8Bit().constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        const std::string passwd = folder.path().toStdString() + "/etc/passwd";
        QElapsedTimer timer;
        timer.start();
        QVERIFY(readUserFiles(root.get()).passwd.empty());
        QCOMPARE(::mkfifo(passwd.c_str(), 0666), 0);
        QVERIFY(readUserFiles(root.get()).passwd.empty());
        ::unlink(passwd.c_str());
        QCOMPARE(::symlink("/proc/self/environ", passwd.c_str()), 0);
        QVERIFY(readUserFiles(root.get()).passwd.empty());
        ::unlink(passwd.c_str());
        QCOMPARE(::symlink("../../../../../../../../etc/group", passwd.c_str()), 0); // stays inside
        QVERIFY(readUserFiles(root.get()).passwd.empty());
        ::unlink(passwd.c_str());
        QCOMPARE(::mkdir(passwd.c_str(), 0755), 0);
        QVERIFY(readUserFiles(root.get()).passwd.empty());
        ::rmdir(passwd.c_str());
        const UniqueFd sparse(::open(passwd.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
        QCOMPARE(::ftruncate(sparse.get(), off_t{10} << 30), 0);
        QVERIFY(readUserFiles(root.get()).passwd.empty());
        QVERIFY(timer.elapsed() < 5000);
        QCOMPARE(::ftruncate(sparse.get(), 0), 0);
        QCOMPARE(::write(sparse.get(), "app:x:5:6::/\n", 13), 13);
        QCOMPARE(readUserFiles(root.get()).passwd, "app:x:5:6::/\n"s);
    }

    void linesWithoutAnEnd()
    {
        const std::string line(900'000, 'a');
        const UserFiles odd{line + ":x:1:1\napp:x:5:6", std::string(900'000, ':')};
        QCOMPARE(resolveUser("app", {}, odd, all)->uid, 5U);
        QVERIFY(!resolveUser("b", {}, odd, all));
        const UserFiles nul{"app\0:x:0:0\napp:x:5:6\n"s, ""};
        QCOMPARE(resolveUser("app", {}, nul, all)->uid, 5U);
    }
};

QTEST_APPLESS_MAIN(TestContainerUser)
#include "tst_containeruser.moc"
