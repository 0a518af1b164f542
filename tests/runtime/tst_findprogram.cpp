// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/findprogram.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace berth;

class TestFindProgram : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    [[nodiscard]] std::string path(const char *name) const { return m_folder.path().toStdString() + "/" + name; }
    void make(const char *name, mode_t mode)
    {
        QFile file(QString::fromStdString(path(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(::fchmod(file.handle(), mode), 0);
    }
    static ErrorCode codeOf(const Result<std::string> &found) { return found ? ErrorCode::Internal : found.error().code; }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"a", "b", "c"})
            QCOMPARE(::mkdir(path(name).c_str(), 0755), 0);
        make("a/tool", 0644);
        make("b/tool", 0755);
        make("c/tool", 0755);
        make("a/data", 0644);
        QCOMPARE(::mkdir(path("a/folder").c_str(), 0755), 0);
        QCOMPARE(::mkfifo(path("a/fifo").c_str(), 0755), 0);
    }

    void firstThatCanBeExecuted()
    {
        QCOMPARE(findProgram("tool", path("a") + ":" + path("b") + ":" + path("c")).value_or(""), path("b/tool"));
        QCOMPARE(findProgram("tool", path("c") + ":" + path("b")).value_or(""), path("c/tool"));
        QCOMPARE(findProgram(path("c/tool"), "").value_or(""), path("c/tool"));
    }

    void neverTheCurrentFolder()
    {
        QCOMPARE(::chdir(path("b").c_str()), 0);
        for (const char *search : {"", ":", "::", ".", "./", "../b", "b", ":.:"})
            QCOMPARE(int(codeOf(findProgram("tool", search))), int(ErrorCode::CommandNotFound));
        QVERIFY(findProgram("./tool", "")); // said in so many words
        QCOMPARE(::chdir("/"), 0);
    }

    void whatIsNoProgram()
    {
        QCOMPARE(int(codeOf(findProgram("data", path("a")))), int(ErrorCode::NotExecutable));
        QCOMPARE(int(codeOf(findProgram("missing", path("a")))), int(ErrorCode::CommandNotFound));
        QCOMPARE(int(codeOf(findProgram("", path("b")))), int(ErrorCode::CommandNotFound));
        QCOMPARE(int(codeOf(findProgram(path("a/missing"), ""))), int(ErrorCode::CommandNotFound));
        QCOMPARE(int(codeOf(findProgram(path("a/folder"), ""))), int(ErrorCode::NotExecutable));
        QCOMPARE(int(codeOf(findProgram(path("a/fifo"), ""))), int(ErrorCode::NotExecutable));
        QCOMPARE(int(codeOf(findProgram(path("a/data/x"), ""))), int(ErrorCode::CommandNotFound));
        QCOMPARE(int(codeOf(findProgram("folder", path("a") + ":" + path("b")))), int(ErrorCode::CommandNotFound));
    }

    // CVE-2019-5736: the image's program is a link to what executes it, and that is the host's.
    void row02_neverOurselves()
    {
        QCOMPARE(int(codeOf(findProgram("/proc/self/exe", ""))), int(ErrorCode::NotExecutable));
        QCOMPARE(int(codeOf(findProgram("/proc/self/root/bin/true", ""))), int(ErrorCode::NotExecutable));
        QCOMPARE(int(codeOf(findProgram("//proc/self/exe", ""))), int(ErrorCode::NotExecutable));
        QCOMPARE(int(codeOf(findProgram("/usr/../proc/self/exe", ""))), int(ErrorCode::NotExecutable));
        QCOMPARE(::symlink("/proc/self/exe", path("a/link").c_str()), 0);
        QCOMPARE(::symlink(path("a/link").c_str(), path("a/link2").c_str()), 0);
        QCOMPARE(int(codeOf(findProgram(path("a/link"), ""))), int(ErrorCode::NotExecutable));
        QCOMPARE(int(codeOf(findProgram("link2", path("a")))), int(ErrorCode::NotExecutable));
        QCOMPARE(::symlink("/proc/self", path("a/self").c_str()), 0);
        QCOMPARE(int(codeOf(findProgram(path("a/self/exe"), ""))), int(ErrorCode::NotExecutable));
    }

    void ordinaryLinks()
    {
        QCOMPARE(::symlink("../b/tool", path("a/ordinary").c_str()), 0);
        QCOMPARE(findProgram("ordinary", path("a")).value_or(""), path("a/ordinary"));
        QCOMPARE(::symlink("loop", path("a/loop").c_str()), 0);
        QCOMPARE(int(codeOf(findProgram("loop", path("a")))), int(ErrorCode::CommandNotFound));
        QCOMPARE(int(codeOf(findProgram(path("a/loop"), ""))), int(ErrorCode::NotExecutable));
    }

    void sentencesAreDockers()
    {
        QCOMPARE(QString::fromStdString(findProgram("x", "/nonexistent").error().detail),
            QStringLiteral("exec: \"x\": executable file not found in $PATH"));
        QCOMPARE(QString::fromStdString(executionFailed("/x", ENOENT).error().detail),
            QStringLiteral("exec: \"/x\": stat /x: no such file or directory"));
        QCOMPARE(QString::fromStdString(executionFailed("/x", EACCES).error().detail),
            QStringLiteral("exec: \"/x\": permission denied"));
        QCOMPARE(
            QString::fromStdString(executionFailed("/x", ENOEXEC).error().detail), QStringLiteral("exec /x: exec format error"));
        QCOMPARE(int(executionFailed("/x", EISDIR).error().code), int(ErrorCode::NotExecutable));
        QCOMPARE(int(executionFailed("/x", E2BIG).error().code), int(ErrorCode::NotExecutable));
    }
};

QTEST_APPLESS_MAIN(TestFindProgram)
#include "tst_findprogram.moc"
