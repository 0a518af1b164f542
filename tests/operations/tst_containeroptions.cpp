// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The rules by which an image's configuration and what a person asked for become one container.
#include "operations/containeroperations.h"
#include "operations/resolveoptions.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

const QString id = QString(u'a').repeated(64);

MountOption bind(const QString &source, const QString &target)
{
    return {.kind = MountOption::Kind::Bind, .source = source, .target = target};
}

} // namespace

class TestContainerOptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void command_data()
    {
        using Words = QStringList;
        QTest::addColumn<Words>("imageEntrypoint");
        QTest::addColumn<Words>("imageCommand");
        QTest::addColumn<bool>("asksEntrypoint");
        QTest::addColumn<Words>("entrypoint");
        QTest::addColumn<Words>("command");
        QTest::addColumn<Words>("result"); // empty: "no command specified"
        const Words none;
        QTest::newRow("the image's command") << none << Words{u"sh"_s} << false << none << none << Words{u"sh"_s};
        QTest::newRow("command replaces") << none << Words{u"sh"_s} << false << none << Words{u"ls"_s, u"-l"_s}
                                          << Words{u"ls"_s, u"-l"_s};
        QTest::newRow("entry point and command")
            << Words{u"e"_s} << Words{u"c"_s} << false << none << none << Words{u"e"_s, u"c"_s};
        QTest::newRow("arguments after an entry point")
            << Words{u"e"_s} << Words{u"c"_s} << false << none << Words{u"x"_s} << Words{u"e"_s, u"x"_s};
        QTest::newRow("entry point clears the command")
            << Words{u"e"_s} << Words{u"c"_s} << true << Words{u"n"_s} << none << Words{u"n"_s};
        QTest::newRow("entry point with arguments")
            << Words{u"e"_s} << Words{u"c"_s} << true << Words{u"n"_s} << Words{u"x"_s} << Words{u"n"_s, u"x"_s};
        QTest::newRow("entry point taken away")
            << Words{u"e"_s} << Words{u"c"_s} << true << Words{QString()} << Words{u"x"_s} << Words{u"x"_s};
        QTest::newRow("nothing left") << Words{u"e"_s} << Words{u"c"_s} << true << Words{QString()} << none << none;
        QTest::newRow("nothing at all") << none << none << false << none << none << none;
    }
    void command()
    {
        QFETCH(QStringList, imageEntrypoint);
        QFETCH(QStringList, imageCommand);
        QFETCH(bool, asksEntrypoint);
        QFETCH(QStringList, entrypoint);
        QFETCH(QStringList, command);
        QFETCH(QStringList, result);
        ImageConfig image;
        image.entrypoint = imageEntrypoint;
        image.command = imageCommand;
        RunOptions asked;
        if (asksEntrypoint)
            asked.entrypoint = entrypoint;
        asked.command = command;
        const auto resolved = resolveOptions(asked, image, id);
        if (result.isEmpty()) {
            QVERIFY(!resolved);
            QCOMPARE(resolved.error().detail, "no command specified");
            return;
        }
        QVERIFY(resolved);
        QCOMPARE(*resolved->entrypoint + resolved->command, result);
    }

    void environment()
    {
        ImageConfig image;
        image.command = {u"sh"_s};
        image.environment = {u"PATH=/image"_s, u"A=1"_s, u"SECRET"_s, u"*"_s, u"=x"_s, u"B=2"_s};
        RunOptions asked;
        asked.hostname = u"box"_s;
        asked.terminal = true;
        asked.environment = {u"A=mine"_s, u"C=a=b"_s, u"A=last"_s};
        const auto resolved = resolveOptions(asked, image, id);
        QVERIFY(resolved);
        QCOMPARE(resolved->environment,
            QStringList({u"PATH=/image"_s, u"HOSTNAME=box"_s, u"TERM=xterm"_s, u"A=last"_s, u"B=2"_s, u"C=a=b"_s}));
    }

    // What inspect tells: without what every container gets, and what was asked for first.
    void environmentAsAsked()
    {
        ImageConfig image;
        image.command = {u"sh"_s};
        image.environment = {u"PATH=/bin"_s, u"B=image"_s};
        RunOptions asked;
        asked.terminal = true;
        asked.environment = {u"B=asked"_s, u"A=1"_s};
        const auto resolved = resolveOptions(asked, image, id);
        QVERIFY(resolved);
        QVERIFY(resolved->environment.contains(u"TERM=xterm"_s));
        QCOMPARE(askedEnvironment(*resolved, image), (QStringList{u"B=asked"_s, u"A=1"_s, u"PATH=/bin"_s}));
        image.environment.clear();
        const auto plain = resolveOptions({}, image, id);
        QVERIFY(plain);
        QCOMPARE(askedEnvironment(*plain, image), QStringList());
    }
    void whatTheImageSays()
    {
        ImageConfig image;
        image.command = {u"sh"_s};
        image.workingDirectory = u"work"_s; // old builders wrote it so
        image.user = u"app"_s;
        image.stopSignal = u"SIGINT"_s;
        image.labels = {{u"a"_s, u"image"_s}, {u"b"_s, u"image"_s}};
        image.volumes = {u"/data"_s};
        auto resolved = resolveOptions({}, image, id);
        QVERIFY(resolved);
        QCOMPARE(resolved->workingDirectory, u"/work"_s);
        QCOMPARE(resolved->user, u"app"_s);
        QCOMPARE(resolved->stopSignal, u"SIGINT"_s);
        QCOMPARE(resolved->hostname, id.first(12));
        QCOMPARE(resolved->mounts.size(), 1);
        QCOMPARE(resolved->mounts[0].target, u"/data"_s);
        QCOMPARE(resolved->mounts[0].source.size(), 64); // a name that nobody chose

        RunOptions asked;
        asked.workingDirectory = u"/here"_s;
        asked.user = u"0"_s;
        asked.stopSignal = u"9"_s;
        asked.labels = {{u"b"_s, u"mine"_s}};
        asked.mounts = {bind(u"/tmp"_s, u"/data/"_s)}; // stands in the volume's place
        resolved = resolveOptions(asked, image, id);
        QVERIFY(resolved);
        QCOMPARE(resolved->workingDirectory, u"/here"_s);
        QCOMPARE(resolved->user, u"0"_s);
        QCOMPARE(resolved->stopSignal, u"9"_s);
        QCOMPARE(resolved->labels.value(u"a"_s) + resolved->labels.value(u"b"_s), u"imagemine"_s);
        QCOMPARE(resolved->mounts.size(), 1);
        QCOMPARE(resolved->mounts[0].source, u"/tmp"_s);
    }

    void refusals()
    {
        ImageConfig image;
        image.command = {u"sh"_s};
        RunOptions asked;
        asked.workingDirectory = u"relative"_s;
        QCOMPARE(resolveOptions(asked, image, id).error().code, ErrorCode::InvalidArgument);
        asked = {};
        asked.stopSignal = u"FOO"_s;
        QCOMPARE(resolveOptions(asked, image, id).error().detail, "invalid signal: FOO");
        // An image may not ask for what a person may not (CVE-2022-23648 and its kin).
        for (const auto &target : {u"relative"_s, u"/"_s, u"/proc"_s, u"/a/../proc/self"_s, u"/sys/fs"_s, u"/dev"_s}) {
            image.volumes = {target};
            QVERIFY2(!resolveOptions({}, image, id), qPrintable(target));
        }
    }

    void mounts_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("clean"); // empty: refused
        for (const auto &[target, clean] : std::initializer_list<std::pair<QString, QString>>{{u"/data"_s, u"/data"_s},
                 {u"//data//x/"_s, u"/data/x"_s}, {u"/a/../data"_s, u"/data"_s}, {u"/dev/shm"_s, u"/dev/shm"_s},
                 {u"/procs"_s, u"/procs"_s}, {u""_s, {}}, {u"data"_s, {}}, {u"/"_s, {}}, {u"/.."_s, {}},
                 {u"/../../etc"_s, u"/etc"_s}, {u"/../proc"_s, {}}, {u"/..x"_s, u"/..x"_s}, {u"/proc"_s, {}}, {u"/proc/"_s, {}},
                 {u"/proc/sys"_s, {}}, {u"/sys"_s, {}}, {u"/x/../sys/fs/cgroup"_s, {}}, {u"/dev"_s, {}}, {u"/dev/pts"_s, {}}})
            QTest::addRow("%s", qPrintable(target)) << target << clean;
    }
    void mounts()
    {
        QFETCH(QString, target);
        QFETCH(QString, clean);
        const auto resolved = resolveMounts({bind(u"/tmp"_s, target)}, {});
        QCOMPARE(resolved.has_value(), !clean.isEmpty());
        if (resolved)
            QCOMPARE(resolved->first().target, clean);
    }

    void mountSources()
    {
        QTemporaryDir folder;
        const QString missing = folder.filePath(u"new/folder"_s);
        const auto refused = resolveMounts({bind(missing, u"/data"_s)}, {});
        QVERIFY(!refused);
        QVERIFY(
            QByteArray::fromStdString(refused.error().detail).contains("bind source path does not exist: " + missing.toUtf8()));
        MountOption made = bind(missing, u"/data"_s);
        made.createSource = true;
        QVERIFY(resolveMounts({made}, {}));
        QVERIFY(QDir(missing).exists());
        QVERIFY(!resolveMounts({bind(u"relative"_s, u"/data"_s)}, {}));
        QVERIFY(!resolveMounts({bind(u"/tmp"_s, u"/data"_s), bind(u"/var"_s, u"/x/../data"_s)}, {}));
        const auto twice = resolveMounts({bind(u"/tmp"_s, u"/data"_s), bind(u"/tmp"_s, u"/data/"_s)}, {});
        QVERIFY(twice);
        QCOMPARE(twice->size(), 1);
    }

    void signalNames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("number"); // 0: refused
        for (const auto &[text, number] : std::initializer_list<std::pair<QString, int>>{{u"SIGTERM"_s, SIGTERM},
                 {u"TERM"_s, SIGTERM}, {u"term"_s, SIGTERM}, {u"sigterm"_s, SIGTERM}, {u"15"_s, 15}, {u"1"_s, 1},
                 {u"KILL"_s, SIGKILL}, {u"USR1"_s, SIGUSR1}, {u"WINCH"_s, SIGWINCH}, {u"RTMIN"_s, SIGRTMIN},
                 {u"SIGRTMIN+3"_s, SIGRTMIN + 3}, {u"RTMAX"_s, SIGRTMAX}, {u"RTMAX-1"_s, SIGRTMAX - 1}, {u"0"_s, 0}, {u"-1"_s, 0},
                 {u"65"_s, 0}, {u"4294967297"_s, 0}, {u"FOO"_s, 0}, {u""_s, 0}, {u"SIG"_s, 0}, {u"RTMIN+99"_s, 0},
                 {u"RTMIN-1"_s, 0}, {u"RTMAX+1"_s, 0}, {u"SIGSIGTERM"_s, 0}, {u" TERM"_s, 0}})
            QTest::addRow("'%s'", qPrintable(text)) << text << number;
    }
    void signalNames()
    {
        QFETCH(QString, text);
        QFETCH(int, number);
        const auto parsed = parseSignal(text);
        QCOMPARE(parsed.value_or(0), number);
        if (!parsed)
            QVERIFY2(parsed.error().detail.ends_with("signal " + text.toStdString())
                    || parsed.error().detail == "invalid signal: " + text.toStdString(),
                parsed.error().detail.c_str());
    }
};

QTEST_GUILESS_MAIN(TestContainerOptions)
#include "tst_containeroptions.moc"
