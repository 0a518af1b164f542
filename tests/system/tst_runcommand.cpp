// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// `berth run`, `create` and `exec` through the installed programs, as Docker behaves.
#include "system/commandtest.h"

#include <csignal>

#include <sys/stat.h>
#include <unistd.h>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestRunCommand : public CommandTest {
    Q_OBJECT
private:
    static QByteArray hint(const char *verb) { return QByteArray("\nRun 'berth ") + verb + " --help' for more information\n"; }

private Q_SLOTS:
    void commandReplacesTheImages()
    {
        COMPARE_ANSWER(berth({"run", "--rm", "busybox", "echo", "a b", "c"}), 0, "a b c\n", "");
        COMPARE_ANSWER(berth({"run", "--rm", "busybox", "ls", "-d", "/bin"}), 0, "/bin\n", "");
        COMPARE_ANSWER(berth({"run", "-i", "--rm", "busybox"}, "echo from the shell\n"), 0, "from the shell\n", "");
    }

    void exitCodes_data()
    {
        QTest::addColumn<QList<QByteArray>>("command");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("sentence");
        using Words = QList<QByteArray>;
        QTest::newRow("success") << Words{"true"} << 0 << QByteArray();
        QTest::newRow("its own") << Words{"sh", "-c", "exit 42"} << 42 << QByteArray();
        QTest::newRow("killed") << Words{"sh", "-c", "exec 2>/dev/null; sh -c 'kill -9 $$'; exit $?"} << 137 << QByteArray();
        QTest::newRow("missing") << Words{"nothing"} << 127
                                 << QByteArray("exec: \"nothing\": executable file not found in $PATH");
        QTest::newRow("missing path") << Words{"/no/such"} << 127
                                      << QByteArray("exec: \"/no/such\": stat /no/such: no such file or directory");
        QTest::newRow("not executable") << Words{"/etc/passwd"} << 126 << QByteArray("exec: \"/etc/passwd\": permission denied");
        QTest::newRow("folder") << Words{"/etc"} << 126 << QByteArray("exec: \"/etc\": is a directory");
    }
    void exitCodes()
    {
        QFETCH(QList<QByteArray>, command);
        QFETCH(int, code);
        QFETCH(QByteArray, sentence);
        const QByteArray err = sentence.isEmpty() ? QByteArray()
                                                  : "berth: Error response from daemon: " + sentence + "\n" + hint("run");
        COMPARE_ANSWER(berth(QList<QByteArray>{"run", "--rm", "busybox"} + command), code, "", err);
        QCOMPARE(berth({"ps", "-aq"}).out, ""); // --rm leaves nothing, whatever happened
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        const auto joined = berth(QList<QByteArray>{"exec", "web"} + command);
        QCOMPARE(joined.code, code);
        QVERIFY2(joined.err.contains(sentence), joined.err);
    }

    void ownErrorsAre125_data()
    {
        QTest::addColumn<QList<QByteArray>>("words");
        QTest::addColumn<QByteArray>("sentence");
        using Words = QList<QByteArray>;
        QTest::newRow("flag") << Words{"--no-such", "busybox"} << QByteArray("unknown flag: --no-such\n");
        QTest::newRow("near flag") << Words{"--entrypiont", "x", "busybox"}
                                   << QByteArray("unknown flag: --entrypiont\n\nDid you mean --entrypoint?\n");
        QTest::newRow("shorthand") << Words{"-Z", "busybox"} << QByteArray("unknown shorthand flag: 'Z' in -Z\n");
        QTest::newRow("no value") << Words{"--name"} << QByteArray("flag needs an argument: --name\n");
        QTest::newRow("boolean") << Words{"--rm=maybe", "busybox"} << QByteArray("invalid argument \"maybe\" for \"--rm\" flag");
        QTest::newRow("name") << Words{"--name", "a b", "busybox"} << QByteArray("Invalid container name (a b)");
        QTest::newRow("image name") << Words{"UPPER"} << QByteArray("must be lowercase");
        QTest::newRow("folder") << Words{"-w", "rel", "busybox"}
                                << QByteArray("the working directory 'rel' is invalid, it needs to be an absolute path");
        QTest::newRow("user") << Words{"-u", "nosuch", "busybox"}
                              << QByteArray("unable to find user nosuch: no matching entries in passwd file");
        QTest::newRow("group") << Words{"-u", "0:nosuch", "busybox"}
                               << QByteArray("unable to find group nosuch: no matching entries in group file");
        QTest::newRow("no command") << Words{"--entrypoint", "", "busybox"} << QByteArray("no command specified");
        QTest::newRow("signal") << Words{"--stop-signal", "FOO", "busybox"} << QByteArray("invalid signal: FOO");
        QTest::newRow("bind") << Words{"--mount", "type=bind,src=/no/such,dst=/d", "busybox"}
                              << QByteArray("bind source path does not exist: /no/such");
        QTest::newRow("mount key") << Words{"--mount", "type=bind,src=/tmp,dst=/d,foo=1", "busybox"}
                                   << QByteArray("unexpected key 'foo' in 'foo=1'");
        QTest::newRow("mount type") << Words{"--mount", "type=foo,dst=/d", "busybox"} << QByteArray("mount type unknown");
        QTest::newRow("volume mode") << Words{"-v", "/tmp:/d:zz", "busybox"} << QByteArray("invalid mode: zz");
        QTest::newRow("volume target") << Words{"-v", "/tmp:d", "busybox"} << QByteArray("mount path must be absolute");
        QTest::newRow("volume root") << Words{"-v", "/tmp:/", "busybox"} << QByteArray("destination can't be '/'");
        QTest::newRow("volume name") << Words{"-v", "a/b:/d", "busybox"}
                                     << QByteArray("includes invalid characters for a local volume name");
        QTest::newRow("twice") << Words{"-v", "/tmp:/d", "-v", "/var:/d", "busybox"} << QByteArray("Duplicate mount point: /d");
        QTest::newRow("over proc") << Words{"-v", "/tmp:/proc/x", "busybox"} << QByteArray("/proc");
        QTest::newRow("environment file") << Words{"--env-file", "/no/such", "busybox"}
                                          << QByteArray("open /no/such: no such file or directory");
        QTest::newRow("later") << Words{"--privileged", "busybox"} << QByteArray("the flag --privileged is not supported yet");
        QTest::newRow("detach keys") << Words{"--detach-keys", "ctrl-?x", "busybox"} << QByteArray("ctrl-?x");
        QTest::newRow("pull") << Words{"--pull", "foo", "busybox"} << QByteArray("invalid pull option: 'foo'");
        QTest::newRow("image") << Words{"nosuch"} << QByteArray("Unable to find image 'nosuch:latest' locally\n");
    }
    void ownErrorsAre125()
    {
        QFETCH(QList<QByteArray>, words);
        QFETCH(QByteArray, sentence);
        const auto answer = berth(QList<QByteArray>{"run", "--rm"} + words);
        QVERIFY2(answer.err.contains(sentence), answer.err);
        QVERIFY2(answer.err.endsWith(hint("run")), answer.err);
        QCOMPARE(answer.out, "");
        QCOMPARE(answer.code, 125);
        QCOMPARE(berth({"ps", "-aq"}).out, "");
    }

    void tooFewArguments()
    {
        COMPARE_ANSWER(berth({"run"}), 1, "",
            "berth: 'berth run' requires at least 1 argument\n\n"
            "Usage:  berth run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nSee 'berth run --help' for more information\n");
        QCOMPARE(berth({"exec", "web"}).code, 1);
    }

    void entryPoint()
    {
        COMPARE_ANSWER(berth({"run", "--rm", "--entrypoint", "echo", "busybox", "a", "b"}), 0, "a b\n", "");
        COMPARE_ANSWER(berth({"run", "--rm", "--entrypoint", "", "busybox", "echo", "c"}), 0, "c\n", "");
        COMPARE_ANSWER(
            berth({"run", "--rm", "--entrypoint", "env", "-e", "PATH=", "-e", "PATH=/bin", "busybox", "echo", "$HOME"}), 0,
            "$HOME\n", "");
    }

    void environment()
    {
        m_berth->environment.insert(u"OF_THE_CALLER"_s, u"seen"_s);
        m_berth->environment.remove(u"NOT_SET"_s);
        QFile file(m_berth->path(u"env"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# a comment\nA=from file\nB=x y\nOF_THE_CALLER\nNOT_SET\n");
        file.close();
        const auto answer = berth({"run", "--rm", "-h", "box", "--env-file", "env", "-e", "A=wins", "-e", "OF_THE_CALLER", "-e",
            "NOT_SET", "busybox", "env"});
        auto lines = BerthCommand::lines(answer.out);
        std::ranges::sort(lines);
        QCOMPARE(lines,
            QList<QByteArray>({"A=wins", "B=x y", "HOME=/root", "HOSTNAME=box", "OF_THE_CALLER=seen",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}));
        const auto broken = berth({"run", "--rm", "--env-file", "/etc", "busybox", "env"});
        QCOMPARE(broken.code, 125);
    }

    void user_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("root") << QByteArray("root") << QByteArray("uid=0(root) gid=0(root) groups=0(root)");
        QTest::newRow("name") << QByteArray("daemon") << QByteArray("uid=1(daemon) gid=1(daemon) groups=1(daemon),100(users)");
        QTest::newRow("number") << QByteArray("1000") << QByteArray("uid=1000 gid=0(root) groups=0(root)");
        QTest::newRow("name and group") << QByteArray("daemon:users")
                                        << QByteArray("uid=1(daemon) gid=100(users) groups=100(users)");
        QTest::newRow("numbers") << QByteArray("12:34") << QByteArray("uid=12 gid=34 groups=34");
    }
    void user()
    {
        QFETCH(QByteArray, user);
        QFETCH(QByteArray, id);
        COMPARE_ANSWER(berth({"run", "--rm", "-u", user, "busybox", "id"}), 0, id + "\n", "");
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        COMPARE_ANSWER(berth({"exec", "-u", user, "web", "id"}), 0, id + "\n", "");
    }

    void bindMounts()
    {
        const QByteArray folder = m_berth->path(u"host"_s).toUtf8();
        QVERIFY(QDir().mkpath(QString::fromUtf8(folder)));
        COMPARE_ANSWER(shell("echo made > /data/file; stat -c %u /data/file", {"-v", folder + ":/data"}), 0, "0\n", "");
        struct stat status = {};
        QVERIFY(::stat((folder + "/file").constData(), &status) == 0);
        QCOMPARE(status.st_uid, ::getuid()); // the file is the user's, not root's
        COMPARE_ANSWER(shell("cat /data/file; touch /data/x", {"-v", folder + ":/data:ro"}), 1, "made\n",
            "touch: /data/x: Read-only file system\n");
        COMPARE_ANSWER(
            shell("cat /data/file; touch /data/x", {"--mount", "type=bind,source=" + folder + ",target=/data,readonly"}), 1,
            "made\n", "touch: /data/x: Read-only file system\n");
        COMPARE_ANSWER(shell("cat /one", {"-v", folder + "/file:/one"}), 0, "made\n", "");
        VERIFY_OK(shell("touch /data/y", {"-v", folder + "/new/folder:/data"})); // -v makes what is missing
        QVERIFY(QFile::exists(m_berth->path(u"host/new/folder/y"_s)));
        VERIFY_OK(shell("true", {"-v", folder + ":/data", "-v", folder + ":/data"})); // the same twice is no conflict
        COMPARE_ANSWER(shell("cat here", {"-v", "./host:/data", "-w", "/data"}), 1, "",
            "cat: can't open 'here': No such file or directory\n");
    }

    void volumes()
    {
        VERIFY_OK(shell("echo kept > /data/file", {"-v", "store:/data"}));
        COMPARE_ANSWER(shell("cat /data/file", {"-v", "store:/data"}), 0, "kept\n", "");
        COMPARE_ANSWER(shell("cat /data/file", {"--mount", "type=volume,src=store,dst=/data"}), 0, "kept\n", "");
        // A new one gets what the image has at its place.
        COMPARE_ANSWER(shell("head -n 1 /etc/passwd", {"-v", "seeded:/etc"}), 0, "root:x:0:0:root:/root:/bin/sh\n", "");
        VERIFY_OK(shell("touch /data/x", {"-v", "/data"})); // anonymous, and gone with --rm
        auto volumes = QDir(m_berth->dataFolder() + u"/volumes"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(volumes, QStringList({u"seeded"_s, u"store"_s}));
    }

    void tmpfsAndReadOnly()
    {
        const auto answer = shell("mount | grep ' /t '; stat -c %a /t; touch /x; touch /t/x && echo t",
            {"--read-only", "--tmpfs", "/t:size=1m,mode=0700"});
        QVERIFY2(
            answer.out.startsWith("tmpfs on /t type tmpfs (rw,nosuid,nodev,noexec,relatime,size=1024k,mode=700"), answer.out);
        QVERIFY2(answer.out.endsWith("\n700\nt\n"), answer.out);
        QCOMPARE(answer.err, "touch: /x: Read-only file system\n");
        COMPARE_ANSWER(shell("stat -c %a /t", {"--mount", "type=tmpfs,dst=/t,tmpfs-mode=1770"}), 0, "1770\n", "");
    }

    void workingDirectoryAndHostname()
    {
        COMPARE_ANSWER(berth({"run", "--rm", "-w", "/made/here", "busybox", "pwd"}), 0, "/made/here\n", "");
        COMPARE_ANSWER(
            shell("hostname; cat /etc/hostname; ping -c 1 localhost >/dev/null 2>&1; grep -c named /etc/hosts", {"-h", "named"}),
            0, "named\nnamed\n1\n", "");
        COMPARE_ANSWER(shell("readlink /etc/mtab; grep -c ' / ' /etc/mtab"), 0, "/proc/mounts\n1\n", "");
    }

    void initReapsAndForwards()
    {
        // An orphan that ends becomes a zombie when process 1 does not care.
        const QByteArray line = "sh -c 'sleep 0.1 &'; sleep 0.4; ps -o stat,comm | grep -c ^Z";
        COMPARE_ANSWER(shell(line, {"--init"}), 1, "0\n", "");
        const auto listing = berth({"run", "--rm", "--init", "busybox", "ps", "-o", "pid,args"});
        QVERIFY2(listing.out.contains("\n    1 init\n"), listing.out);
        QVERIFY2(!listing.out.contains("monitor"), listing.out);
        VERIFY_OK(berth({"run", "-d", "--init", "--name", "web", "busybox", "sh", "-c",
            "trap 'echo got it; exit 7' TERM; echo ready; while :; do sleep 0.05; done"}));
        QVERIFY(waitForLog("web", "ready"));
        VERIFY_OK(berth({"stop", "web"}));
        QCOMPARE(inspect("web", ".State.ExitCode"), "7");
        QVERIFY(berth({"logs", "web"}).out.endsWith("got it\n"));
        // And its code is the program's.
        QCOMPARE(berth({"run", "--rm", "--init", "busybox", "sh", "-c", "exit 9"}).code, 9);
        QCOMPARE(berth({"run", "--rm", "--init", "busybox", "nothing"}).code, 127);
    }

    void detached()
    {
        const auto answer = berth({"run", "-d", "--name", "web", "busybox", "sh", "-c", "echo hello; sleep 100"});
        VERIFY_OK(answer);
        QCOMPARE(answer.out.size(), 65);
        QCOMPARE(answer.err, "");
        QCOMPARE(inspect("web", ".Id"), answer.out.trimmed());
        COMPARE_ANSWER(berth({"run", "-d", "--name", "web", "busybox"}), 125, "",
            "berth: Error response from daemon: Conflict. The container name \"/web\" is already in use by container \""
                + answer.out.trimmed() + "\". You have to remove (or rename) that container to be able to reuse that name.\n"
                + hint("run"));
        const auto both = berth({"run", "-d", "-a", "stdout", "busybox"});
        QCOMPARE(both.code, 1);
        QVERIFY2(both.err.startsWith("conflicting options"), both.err);
        // --rm without anybody who waits: the monitor sees to it.
        VERIFY_OK(berth({"run", "-d", "--rm", "--name", "short", "busybox", "true"}));
        QVERIFY(QTest::qWaitFor([this] { return !berth({"ps", "-a", "--format", "{{.Names}}"}).out.contains("short"); }, 10'000));
    }

    void cidFile()
    {
        VERIFY_OK(berth({"run", "-d", "--cidfile", "cid", "--name", "web", "busybox", "sleep", "100"}));
        QFile file(m_berth->path(u"cid"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), inspect("web", ".Id"));
        const auto again = berth({"run", "--rm", "--cidfile", "cid", "busybox", "true"});
        QCOMPARE(again.code, 125);
        QVERIFY2(again.err.contains("container ID file found"), again.err);
    }

    void inputEndsTheProgram()
    {
        COMPARE_ANSWER(berth({"run", "--rm", "-i", "busybox", "wc", "-c"}, QByteArray(300'000, 'x')), 0, "300000\n", "");
        COMPARE_ANSWER(berth({"run", "--rm", "busybox", "wc", "-c"}, "unseen"), 0, "0\n", ""); // without -i
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        COMPARE_ANSWER(berth({"exec", "-i", "web", "wc", "-c"}, QByteArray(300'000, 'x')), 0, "300000\n", "");
        COMPARE_ANSWER(berth({"exec", "web", "wc", "-c"}, "unseen"), 0, "0\n", "");
    }

    void outputIsNotMixedOrLost()
    {
        const auto answer = shell("seq 1 100000; echo err >&2; exit 5");
        QCOMPARE(answer.code, 5);
        QCOMPARE(answer.err, "err\n");
        QCOMPARE(answer.out.size(), 588'895);
        QVERIFY(answer.out.endsWith("99999\n100000\n"));
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        const auto joined = berth({"exec", "web", "sh", "-c", "seq 1 100000; echo err >&2; exit 6"});
        QCOMPARE(joined.code, 6);
        QCOMPARE(joined.err, "err\n");
        QCOMPARE(joined.out.size(), 588'895);
    }

    void exec()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "-e", "A=container", "busybox", "sleep", "100"}));
        COMPARE_ANSWER(berth({"exec", "-w", "/etc", "-e", "A=exec", "-e", "B=2", "web", "sh", "-c", "pwd; echo $A $B"}), 0,
            "/etc\nexec 2\n", "");
        COMPARE_ANSWER(berth({"exec", "-d", "web", "sh", "-c", "echo done > /made"}), 0, "", "");
        QVERIFY(QTest::qWaitFor([this] { return berth({"exec", "web", "cat", "/made"}).out == "done\n"; }, 5000));
        COMPARE_ANSWER(berth({"exec", "nosuch", "true"}), 1, "", "Error response from daemon: No such container: nosuch\n");
        const QByteArray id = inspect("web", ".Id");
        COMPARE_ANSWER(berth({"exec", id.first(5), "true"}), 0, "", "");
        VERIFY_OK(berth({"pause", "web"}));
        COMPARE_ANSWER(berth({"exec", "web", "true"}), 1, "",
            "Error response from daemon: Container web is paused, unpause the container before exec\n");
        VERIFY_OK(berth({"unpause", "web"}));
        VERIFY_OK(berth({"kill", "web"}));
        COMPARE_ANSWER(
            berth({"exec", "web", "true"}), 1, "", "Error response from daemon: container " + id + " is not running\n");
        COMPARE_ANSWER(berth({"exec", "-it", "web", "sh"}), 1, "", "the input device is not a TTY\n");
    }

    void createAndStart()
    {
        const auto made = berth({"create", "--name", "made", "busybox", "sh", "-c", "echo hello; exit 3"});
        VERIFY_OK(made);
        QCOMPARE(made.out.size(), 65);
        QCOMPARE(berth({"ps", "-a", "--format", "{{.Names}} {{.Status}}"}).out, "made Created\n");
        COMPARE_ANSWER(berth({"start", "made"}), 0, "made\n", "");
        COMPARE_ANSWER(berth({"wait", "made"}), 0, "3\n", "");
        // At once again: its end must not be lost to the start that follows.
        for (int i = 0; i < 20; ++i)
            COMPARE_ANSWER(berth({"start", "-a", "made"}), 3, "hello\n", "");
        QCOMPARE(inspect("made", ".State.Status"), "exited");
        COMPARE_ANSWER(berth({"wait", "made"}), 0, "3\n", "");
        COMPARE_ANSWER(berth({"run", "-it", "--rm", "busybox"}), 1, "", "the input device is not a TTY\n");
    }
};

QTEST_GUILESS_MAIN(TestRunCommand)
#include "tst_runcommand.moc"
