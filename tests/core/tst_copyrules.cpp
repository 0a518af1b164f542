// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of `cp`, sentence by sentence as the reference page of `docker cp` has them, and how a path is read.
#include "core/copyrules.h"

#include <QTest>

using namespace berth;

class TestCopyRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsArguments_data()
    {
        QTest::addColumn<std::string>("argument");
        QTest::addColumn<std::string>("container");
        QTest::addColumn<std::string>("path");
        const auto row = [](const char *argument, const char *container, const char *path) {
            QTest::newRow(argument) << std::string(argument) << std::string(container) << std::string(path);
        };
        row("web:/etc/hosts", "web", "/etc/hosts");
        row("web:", "web", "");
        row("web:etc", "web", "etc");
        row("web:/a:b", "web", "/a:b");
        row("/a:b", "", "/a:b");
        row("./a:b", "", "./a:b");
        row("../a:b", "", "../a:b");
        row("file", "", "file");
        row("-", "", "-");
        row(":/x", "", "/x"); // nobody is called so
    }
    void readsArguments()
    {
        QFETCH(std::string, argument);
        const auto parsed = parseCopyArgument(argument);
        QTEST(parsed.container, "container");
        QTEST(parsed.path, "path");
    }

    void refusesRequests()
    {
        const auto why = [](const char *source, const char *target) {
            const auto request = parseCopyRequest(source, target);
            return request ? std::string() : request.error().detail;
        };
        QCOMPARE(why("", "web:/"), "source can not be empty");
        QCOMPARE(why("web:/", ""), "destination can not be empty");
        QCOMPARE(why("a:/x", "b:/y"), "copying between containers is not supported");
        QCOMPARE(why("x", "y"), "must specify at least one container source");
        QCOMPARE(why("-", "-"), "must specify at least one container source");
        const auto in = parseCopyRequest("x", "web:/y");
        QVERIFY(in && in->toContainer && in->container == "web" && in->containerPath == "/y" && in->hostPath == "x");
        const auto out = parseCopyRequest("web:/y", "-");
        QVERIFY(out && !out->toContainer && out->container == "web" && out->containerPath == "/y" && out->hostPath == "-");
    }

    void readsPaths_data()
    {
        QTest::addColumn<std::string>("path");
        QTest::addColumn<std::string>("absolute"); // in /work
        QTest::addColumn<std::string>("folder");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<bool>("asserts");
        const auto row = [](const char *path, const char *absolute, const char *folder, const char *name, bool asserts) {
            QTest::newRow(path) << std::string(path) << std::string(absolute) << std::string(folder) << std::string(name)
                                << asserts;
        };
        row("/", "/", "/", "/", true);
        row("/a", "/a", "/", "a", false);
        row("/a/", "/a/", "/", "a", true);
        row("/a/b", "/a/b", "/a", "b", false);
        row("/a/b//", "/a/b/", "/a", "b", true);
        row("/a/.", "/a/.", "/a", ".", true);
        row("/.", "/.", "/", ".", true);
        row("/a/../b", "/b", "/", "b", false);
        row("/../../a", "/a", "/", "a", false);
        row("/a/..", "/", "/", "/", true);
        row("a", "/work/a", "/work", "a", false);
        row("./a", "/work/a", "/work", "a", false);
        row(".", "/work/.", "/work", ".", true);
        row("./", "/work/./", "/work", ".", true);
        row("..", "/", "/", "/", true);
        row("", "/work/.", "/work", ".", true);
    }
    void readsPaths()
    {
        QFETCH(std::string, path);
        const auto absolute = absolutePath("/work", path);
        QTEST(absolute, "absolute");
        QTEST(entryFolder(absolute), "folder");
        QTEST(entryName(absolute), "name");
        QTEST(assertsFolder(absolute), "asserts");
    }

    // "SRC_PATH specifies a file / a directory", "DEST_PATH does not exist / exists and is a file / a directory".
    void plans_data()
    {
        QTest::addColumn<bool>("sourceIsFolder");
        QTest::addColumn<std::string>("source");
        QTest::addColumn<std::string>("target");
        QTest::addColumn<QString>("is"); // what is at the target: "", "file" or "folder"
        QTest::addColumn<std::string>("expected"); // folder, blank, name; or the error
        const auto row = [](const char *sentence, bool isFolder, const char *source, const char *target, const char *is,
                             const char *expected) {
            QTest::newRow(sentence) << isFolder << std::string(source) << std::string(target) << QString::fromLatin1(is)
                                    << std::string(expected);
        };
        row("file: does not exist, the file is saved under that name", false, "/f", "/to/new", "", "/to new");
        row("file: does not exist and ends with /, an error", false, "/f", "/to/new/", "", "no such directory");
        row("file: does not exist and ends with /., an error", false, "/f", "/to/new/.", "", "no such directory");
        row("file: exists and is a file, it is overwritten", false, "/f", "/to/old", "file", "/to old");
        row("file: exists and is a directory, copied into it", false, "/f", "/to", "folder", "/to f");
        row("file: directory with a slash, copied into it", false, "/f", "/to/", "folder", "/to/ f");
        row("folder: does not exist, it is created with the contents", true, "/d", "/to/new", "", "/to new");
        row("folder: does not exist, with a slash", true, "/d", "/to/new/", "", "/to new");
        row("folder with /.: does not exist, the same", true, "/d/.", "/to/new", "", "/to new");
        row("folder: exists and is a file, an error", true, "/d", "/to/old", "file", "cannot copy directory");
        row("folder: exists, copied into it", true, "/d", "/to", "folder", "/to d");
        row("folder with a slash: exists, copied into it as well", true, "/d/", "/to", "folder", "/to d");
        row("folder with /.: exists, its content is copied into it", true, "/d/.", "/to", "folder", "/to .");
        row("the root: exists, its content", true, "/", "/to", "folder", "/to /");
    }
    void plans()
    {
        QFETCH(bool, sourceIsFolder);
        QFETCH(std::string, source);
        QFETCH(std::string, target);
        QFETCH(QString, is);
        const auto plan = planCopy(sourceIsFolder, entryName(source), {target, !is.isEmpty(), is == QLatin1StringView("folder")});
        QTEST(plan ? plan->folder + ' ' + plan->name : plan.error().detail, "expected");
    }
};

QTEST_GUILESS_MAIN(TestCopyRules)
#include "tst_copyrules.moc"
