// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runoptions.h"

#include <QProcess>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestRunOptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lines_data()
    {
        QTest::addColumn<RunOptions>("options");
        QTest::addColumn<QString>("line");
        RunOptions plain;
        plain.image = u"redis"_s;
        QTest::newRow("plain") << plain << u"berth run redis"_s;

        RunOptions shell = plain;
        shell.interactive = shell.terminal = shell.autoRemove = true;
        shell.command = {u"sh"_s, u"-c"_s, u"echo 'it is'; ls"_s};
        QTest::newRow("shell") << shell << u"berth run -it --rm redis sh -c 'echo '\\''it is'\\''; ls'"_s;

        RunOptions all = plain;
        all.detached = all.init = all.readOnlyRoot = true;
        all.name = u"web"_s;
        all.hostname = u"h"_s;
        all.user = u"1:1"_s;
        all.workingDirectory = u"/w x"_s;
        all.environment = {u"A=b c"_s, u"E="_s};
        all.labels = {{u"a"_s, u"1"_s}, {u"b"_s, QString()}};
        all.stopSignal = u"SIGINT"_s;
        all.stopTimeout = 3;
        QTest::newRow("settings") << all
                                  << u"berth run -d --init --read-only --name web -h h -u 1:1 -w '/w x' -e 'A=b c' -e E= "
                                     "-l a=1 -l b --stop-signal SIGINT --stop-timeout 3 redis"_s;

        RunOptions entry = plain;
        entry.entrypoint = QStringList{u"/bin/sh"_s};
        entry.command = {u"-c"_s, u"id"_s};
        QTest::newRow("entry point") << entry << u"berth run --entrypoint /bin/sh redis -c id"_s;
        entry.entrypoint = QStringList{};
        QTest::newRow("no entry point") << entry << u"berth run --entrypoint '' redis -c id"_s;
    }
    void lines()
    {
        QFETCH(RunOptions, options);
        QFETCH(QString, line);
        QCOMPARE(commandLine(options), line);
    }

    void mounts_data()
    {
        QTest::addColumn<MountOption>("mount");
        QTest::addColumn<QString>("words");
        using Kind = MountOption::Kind;
        const auto row = [](const char *name, const MountOption &mount, const QString &words) {
            QTest::newRow(name) << mount << words;
        };
        MountOption bind{.kind = Kind::Bind, .source = u"/a"_s, .target = u"/b"_s, .createSource = true};
        row("bind", bind, u"-v /a:/b"_s);
        bind.readOnly = true;
        row("read-only bind", bind, u"-v /a:/b:ro"_s);
        bind.createSource = false;
        row("bind that must exist", bind, u"--mount type=bind,source=/a,target=/b,readonly"_s);
        bind.source = u"/a,\"b\""_s;
        row("odd name", bind, u"--mount 'type=bind,\"source=/a,\"\"b\"\"\",target=/b,readonly'"_s);
        MountOption volume{.kind = Kind::Volume, .source = u"data"_s, .target = u"/d"_s};
        row("volume", volume, u"-v data:/d"_s);
        volume.noCopy = true;
        row("volume without copy", volume, u"-v data:/d:nocopy"_s);
        volume.source.clear();
        row("anonymous without copy", volume, u"--mount type=volume,target=/d,volume-nocopy"_s);
        volume.noCopy = false;
        row("anonymous", volume, u"-v /d"_s);
        MountOption tmpfs;
        tmpfs.kind = Kind::Tmpfs;
        tmpfs.target = u"/t"_s;
        row("tmpfs", tmpfs, u"--tmpfs /t"_s);
        tmpfs.tmpfsSize = 65536;
        tmpfs.tmpfsMode = 0700;
        tmpfs.tmpfsExecutable = true;
        row("tmpfs with settings", tmpfs, u"--tmpfs /t:exec,size=65536,mode=700"_s);
    }
    void mounts()
    {
        QFETCH(MountOption, mount);
        QFETCH(QString, words);
        RunOptions options;
        options.image = u"i"_s;
        options.mounts = {mount};
        QCOMPARE(commandLine(options), u"berth run "_s + words + u" i"_s);
    }

    // The shell is the judge of the quoting: it must hand back every word unchanged.
    void aShellReadsTheSameWords()
    {
        RunOptions options;
        options.image = u"image"_s;
        options.command = {u""_s, u"a b"_s, u"$HOME"_s, u"`id`"_s, u"it's"_s, u"\"q\""_s, u"back\\"_s, u"two\nlines"_s, u"*"_s,
            u"~"_s, u"한글"_s, u"-x"_s, u"a;b"_s, u"#c"_s, u"!h"_s, u"{1,2}"_s, u"é=1"_s};
        QString line = commandLine(options);
        QVERIFY(line.startsWith(u"berth run image "_s));
        line.replace(0, 15, u"printf '%s\\0'"_s);
        QProcess shell;
        shell.start(u"/bin/sh"_s, {u"-c"_s, line});
        QVERIFY(shell.waitForFinished());
        QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(u'\0'));
        words.removeLast();
        QCOMPARE(words, options.command);
    }
};

QTEST_GUILESS_MAIN(TestRunOptions)
#include "tst_runoptions.moc"
