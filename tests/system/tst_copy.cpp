// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// `cp` and `export` with containers that run, are paused, have ended or never ran; expected texts and trees are
// those of docker 26.1 on the same image, but for what DECISIONS.md names.
#include "system/commandtest.h"
#include "system/ptycommand.h"

#include <csignal>

#include <sys/stat.h>

using namespace berth::test;
using namespace Qt::StringLiterals;

namespace {

// The programs of one name that a process has started.
QList<pid_t> childrenOf(qint64 parent, const QByteArray &program)
{
    QList<pid_t> found;
    const auto processes = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &process : processes) {
        QFile file(u"/proc/"_s + process + u"/stat"_s);
        if (!process.at(0).isDigit() || !file.open(QIODevice::ReadOnly))
            continue;
        const auto stat = file.readAll();
        const auto fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        if (stat.contains('(' + program + ')') && fields.size() > 1 && fields[1].toLongLong() == parent)
            found += process.toInt();
    }
    return found;
}

} // namespace

class TestCopy : public CommandTest {
    Q_OBJECT
private:
    void write(const QString &name, const QByteArray &content)
    {
        QDir().mkpath(QFileInfo(m_berth->path(name)).path());
        QFile file(m_berth->path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    }
    QByteArray read(const QString &name)
    {
        QFile file(m_berth->path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : "(cannot be read)"_ba;
    }
    QByteArray tar(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.setWorkingDirectory(m_berth->path(u"."_s));
        process.start(u"tar"_s, arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished();
        return process.readAllStandardOutput();
    }
    void startIdle(const QList<QByteArray> &options = {}, const QByteArray &name = "web")
    {
        VERIFY_OK(
            berth(QList<QByteArray>{"run", "-d", "--name", name} + options + QList<QByteArray>{"busybox", "sleep", "100000"}));
    }
    QByteArray inside(const QByteArray &line, const QByteArray &name = "web")
    {
        const auto answer = berth({"exec", name, "sh", "-c", line});
        return answer.out + answer.err;
    }

private Q_SLOTS:
    void init()
    {
        QDir(m_berth->path(u"host"_s)).removeRecursively();
        write(u"host/f"_s, "file\n");
        write(u"host/d/sub/x"_s, "x\n");
        QVERIFY(::symlink("sub", m_berth->path(u"host/d/l"_s).toUtf8()) == 0);
        QVERIFY(::symlink("d", m_berth->path(u"host/dl"_s).toUtf8()) == 0);
        QVERIFY(::symlink("f", m_berth->path(u"host/fl"_s).toUtf8()) == 0);
    }

    void intoContainers_data()
    {
        QTest::addColumn<QByteArray>("state");
        for (const char *state : {"running", "paused", "exited", "created"})
            QTest::newRow(state) << QByteArray(state);
    }
    void intoContainers()
    {
        QFETCH(QByteArray, state);
        const QByteArray line = "sleep 0.1; test -f /stay && while :; do sleep 1; done";
        if (state == "created" || state == "exited") {
            VERIFY_OK(berth({"create", "--name", "web", "busybox", "sh", "-c", line}));
            if (state == "exited")
                QCOMPARE(berth({"start", "-a", "web"}).code, 1);
        } else {
            startIdle();
            if (state == "paused")
                VERIFY_OK(berth({"pause", "web"}));
        }
        QCOMPARE(inspect("web", ".State.Status"), state);
        const auto copy = [&](const QByteArray &source, const QByteArray &target, const QList<QByteArray> &flags = {}) {
            COMPARE_ANSWER(berth(QList<QByteArray>{"cp"} + flags + QList<QByteArray>{source, target}), 0, "", "");
        };
        copy("host/f", "web:/stay");                // a new name
        copy("host/f", "web:/root");                // into a folder
        copy("host/d", "web:root/new");             // paths are absolute inside
        copy("host/d", "web:/root/new");            // and again, into it
        copy("host/d/.", "web:/root/contents");
        copy("host/d/.", "web:/root");
        copy("host/dl", "web:/root/dl");            // the link
        copy("host/dl/", "web:/root/dl-followed");  // the folder
        copy("host/fl", "web:/root/fl-followed", {"-L"});
        QCOMPARE(inspect("web", ".State.Status"), state);
        if (state == "paused")
            VERIFY_OK(berth({"unpause", "web"}));
        if (state == "created" || state == "exited")
            VERIFY_OK(berth({"start", "web"}));
        QCOMPARE(inside("cd /root; find . | sort; for i in dl l new/l; do readlink $i; done; cat new/d/sub/x fl-followed /stay; "
                        "stat -c %u:%g:%a f new/sub/x"),
            ".\n./contents\n./contents/l\n./contents/sub\n./contents/sub/x\n./dl\n./dl-followed\n./dl-followed/l\n"
            "./dl-followed/sub\n./dl-followed/sub/x\n./f\n./fl-followed\n./l\n./new\n./new/d\n./new/d/l\n./new/d/sub\n"
            "./new/d/sub/x\n./new/l\n./new/sub\n./new/sub/x\n./sub\n./sub/x\n"
            "d\nsub\nsub\nx\nfile\nfile\n0:0:644\n0:0:644\n");
    }

    void outOfContainers_data() { intoContainers_data(); }
    void outOfContainers()
    {
        QFETCH(QByteArray, state);
        const QByteArray line = "mkdir -p /data/sub; echo 1 >/data/a; ln /data/a /data/sub/hard; ln -s /nowhere /data/l;"
                                "mkfifo /data/fifo; chown -R 33:34 /data; ln -s data /dl; echo made";
        VERIFY_OK(berth({"create", "--name", "web", "busybox", "sh", "-c",
            state == "running" || state == "paused" ? line + "; sleep 100000" : line}));
        if (state != "created") {
            VERIFY_OK(berth({"start", "web"}));
            QVERIFY(waitForLog("web", "made"));
        } else {
            VERIFY_OK(berth({"cp", "host/d", "web:/data"}));
        }
        if (state == "paused")
            VERIFY_OK(berth({"pause", "web"}));
        if (state == "exited")
            VERIFY_OK(berth({"wait", "web"}));
        const auto listed = [&](const QByteArray &source) { return tar({u"-Ptf"_s, u"-"_s}, berth({"cp", source, "-"}).out); };
        QCOMPARE(listed("web:/etc/passwd"), "passwd\n");
        if (state == "created") {
            QCOMPARE(listed("web:/data"), "data/\ndata/l\ndata/sub/\ndata/sub/x\n");
            return;
        }
        QCOMPARE(listed("web:/data"), "data/\ndata/a\ndata/fifo\ndata/l\ndata/sub/\ndata/sub/hard\n");
        QCOMPARE(listed("web:data/../data/."), "./\n./a\n./fifo\n./l\n./sub/\n./sub/hard\n");
        QCOMPARE(listed("web:/dl"), "dl\n");
        QCOMPARE(listed("web:/dl/"), "dl/\ndl/a\ndl/fifo\ndl/l\ndl/sub/\ndl/sub/hard\n");
        COMPARE_ANSWER(berth({"cp", "web:/data", "host"}), 0, "", "");
        COMPARE_ANSWER(berth({"cp", "web:/data", "host/new/"}), 0, "", "");
        COMPARE_ANSWER(berth({"cp", "web:/data/a", "host/f"}), 0, "", "");
        COMPARE_ANSWER(berth({"cp", "-L", "web:/dl", "host/d"}), 0, "", "");
        COMPARE_ANSWER(berth({"cp", "web:/dl", "host/link"}), 0, "", "");
        QCOMPARE(
            read(u"host/data/sub/hard"_s) + read(u"host/new/a"_s) + read(u"host/f"_s) + read(u"host/d/dl/a"_s), "1\n1\n1\n1\n");
        QCOMPARE(QFile::symLinkTarget(m_berth->path(u"host/data/l"_s)), u"/nowhere"_s);
        struct stat status = {};
        QVERIFY(::lstat(m_berth->path(u"host/data/fifo"_s).toUtf8(), &status) == 0 && S_ISFIFO(status.st_mode));
        QCOMPARE(status.st_uid, ::getuid()); // whoever it belonged to inside
        QVERIFY(::lstat(m_berth->path(u"host/link"_s).toUtf8(), &status) == 0 && S_ISLNK(status.st_mode));
    }

    void refusals_data()
    {
        QTest::addColumn<QList<QByteArray>>("arguments");
        QTest::addColumn<QByteArray>("error");
        const auto row = [](const char *name, const QList<QByteArray> &arguments, const QByteArray &error) {
            QTest::newRow(name) << arguments << error + "\n";
        };
        const QByteArray daemon = "Error response from daemon: ";
        row("no container", {"f", "gone:/"}, daemon + "No such container: gone");
        row("two containers", {"web:/x", "web:/y"}, "copying between containers is not supported");
        row("none", {"f", "d"}, "must specify at least one container source");
        row("empty source", {"", "web:/"}, "source can not be empty");
        row("missing in the container", {"web:/gone", "."}, daemon + "Could not find the file /gone in container web");
        row("not a folder in the container", {"web:/etc/passwd/", "."}, daemon + "lstat /etc/passwd/: not a directory");
        row("missing folder in the container", {"f", "web:/no/such"}, daemon + "Could not find the file /no in container web");
        row("file to a folder that is none", {"f", "web:/new/"}, "no such directory");
        row("folder onto a file", {"d", "web:/etc/passwd"}, "cannot copy directory");
        row("folder onto a file of the host", {"web:/etc", "f"}, "cannot copy directory");
        row("file to a host folder that is none", {"web:/etc/passwd", "gone/"}, "no such directory");
        row("file that asserts to be a folder", {"f/", "web:/"}, "not a directory");
        row("folder over a file", {"over/.", "web:/etc"},
            daemon + "cannot overwrite non-directory \"/etc/passwd\" with directory \"/etc\"");
        row("file over a folder", {"under/.", "web:/"}, daemon + "cannot overwrite directory \"/etc\" with non-directory \"/\"");
        row("a device of the host", {"web:/etc", "/dev/null"},
            "invalid output path: \"/dev/null\" must be a directory or a regular file: got a device");
        row("stream onto a file", {"-", "web:/etc/passwd"}, "destination \"web:/etc/passwd\" must be a directory");
        row("onto a file that is mounted", {"f", "web:/etc/hosts"}, daemon + "unlinkat /etc/hosts: device or resource busy");
        row("files of the kernel", {"web:/proc/cpuinfo", "."}, daemon + "Could not find the file /proc/cpuinfo in container web");
        row("into a volume that is read-only", {"f", "web:/bind/x"}, daemon + "mounted volume is marked read-only");
        row("into a root that is read-only", {"f", "web:/x"}, daemon + "container rootfs is marked read-only");
        row("a link to itself", {"web:/bind/loop/x", "."}, daemon + "lstat /bind/loop/x: too many levels of symbolic links");
    }
    void refusals()
    {
        QFETCH(QList<QByteArray>, arguments);
        QFETCH(QByteArray, error);
        write(u"host/over/passwd/x"_s, "");
        write(u"host/under/etc"_s, "");
        QVERIFY(::symlink("loop", m_berth->path(u"host/d/loop"_s).toUtf8()) == 0);
        const QByteArray host = m_berth->path(u"host"_s).toUtf8();
        QList<QByteArray> options{"-v", host + "/d:/bind:ro"};
        if (error.contains("rootfs"))
            options += "--read-only";
        startIdle(options);
        for (auto &argument : arguments)
            if (!argument.isEmpty() && !argument.contains(':') && argument != "-" && !argument.startsWith('/'))
                argument.prepend("host/");
        COMPARE_ANSWER(berth(QList<QByteArray>{"cp"} + arguments), 1, "", error);
        // The same of a container that does not run, but for what only a running one has.
        if (error.contains("/etc/hosts") || error.contains("kernel"))
            return;
        VERIFY_OK(berth({"kill", "web"}));
        COMPARE_ANSWER(berth(QList<QByteArray>{"cp"} + arguments), 1, "", error);
        VERIFY_OK(berth({"start", "web"}));
    }

    void ownersAndStreams()
    {
        startIdle();
        const auto stream = tar({u"--owner=33"_s, u"--group=34"_s, u"-czf"_s, u"-"_s, u"-C"_s, u"host"_s, u"f"_s});
        COMPARE_ANSWER(berth({"cp", "-", "web:/root"}, stream), 0, "", ""); // a packed one is fine
        COMPARE_ANSWER(berth({"cp", "-a", "host/f", "web:/root/archive"}), 0, "", "");
        COMPARE_ANSWER(berth({"cp", "host/f", "web:/root/plain"}), 0, "", "");
        QCOMPARE(inside("cd /root; stat -c %u:%g f archive plain"),
            "33:34\n" + QByteArray::number(::getuid()) + ':' + QByteArray::number(::getgid()) + "\n0:0\n");
        // From one container into another, with the owners.
        VERIFY_OK(berth({"create", "--name", "other", "busybox", "stat", "-c", "%u:%g %n", "/tmp/root/f"}));
        COMPARE_ANSWER(berth({"cp", "-", "other:/tmp"}, berth({"cp", "web:/root", "-"}).out), 0, "", "");
        COMPARE_ANSWER(berth({"start", "-a", "other"}), 0, "33:34 /tmp/root/f\n", "");
        COMPARE_ANSWER(berth({"cp", "-", "web:/root"}, "junk"), 1, "",
            "Error response from daemon: the archive ends in the middle of a header\n");
        // Links in the stream are obeyed, and end inside.
        const auto trick = tar({u"-cf"_s, u"-"_s, u"-C"_s, u"host"_s, u"--transform=s,^f$,esc/f,"_s, u"f"_s});
        VERIFY_OK(berth({"exec", "web", "sh", "-c", "ln -s " + m_berth->path(u"host/d"_s).toUtf8() + " /root/esc"}));
        QCOMPARE(berth({"cp", "-", "web:/root"}, trick).code, 1);
        QVERIFY(!QFile::exists(m_berth->path(u"host/d/f"_s)));
    }

    void mountsAreSeenAsInside()
    {
        const QByteArray host = m_berth->path(u"host"_s).toUtf8();
        startIdle({"-v", "vol:/vol", "-v", host + "/d:/bind", "--tmpfs", "/tmp/mem"});
        VERIFY_OK(berth({"exec", "web", "sh", "-c", "echo v >/vol/v; echo m >/tmp/mem/m"}));
        for (const char *folder : {"vol", "bind", "tmp/mem"})
            COMPARE_ANSWER(berth({"cp", "host/f", "web:/" + QByteArray(folder)}), 0, "", "");
        QCOMPARE(inside("cat /vol/f /bind/f /tmp/mem/f"), "file\nfile\nfile\n");
        QCOMPARE(read(u"host/d/f"_s), "file\n");
        QCOMPARE(tar({u"-tf"_s, u"-"_s}, berth({"cp", "web:/tmp/mem", "-"}).out), "mem/\nmem/f\nmem/m\n");
        QVERIFY(tar({u"-Ptf"_s, u"-"_s}, berth({"cp", "web:/", "-"}).out).contains("/dev/\n/etc/\n")); // and nothing in /dev
        VERIFY_OK(berth({"kill", "web"}));
        COMPARE_ANSWER(berth({"cp", "web:/vol/v", "host"}), 0, "", "");
        COMPARE_ANSWER(berth({"cp", "host/fl", "web:/bind/later"}), 0, "", "");
        QCOMPARE(read(u"host/v"_s), "v\n");
        QVERIFY(QFileInfo(m_berth->path(u"host/d/later"_s)).isSymLink());
    }

    void exports()
    {
        const auto listing = [&](const QByteArray &name) {
            return BerthCommand::lines(tar({u"--numeric-owner"_s, u"-tvf"_s, u"-"_s}, berth({"export", name}).out));
        };
        startIdle({"-v", "vol:/vol", "--tmpfs", "/mem"});
        VERIFY_OK(berth({"exec", "web", "sh", "-c", "echo v >/vol/v; echo m >/mem/m; mkfifo /root/fifo; rm /etc/group"}));
        for (const char *state : {"running", "exited"}) {
            QCOMPARE(inspect("web", ".State.Status"), state);
            QList<QByteArray> names;
            for (const auto &line : listing("web"))
                names += line.left(10) + ' ' + line.simplified().split(' ').mid(5).join(' ');
            for (const char *expected : {"drwxr-xr-x dev/", "drwxr-xr-x proc/", "drwxr-xr-x sys/", "drwxr-xr-x vol/",
                     "drwxr-xr-x mem/", "-rw-r--r-- etc/hosts", "prw-r--r-- root/fifo", "lrwxrwxrwx etc/mtab -> /proc/mounts"})
                QVERIFY2(names.contains(expected), names.join('\n') + "\nlacks " + expected);
            for (const char *absent : {"dev/null", "proc/1", "vol/v", "mem/m", "etc/group"})
                QVERIFY2(!names.join('\n').contains(absent), absent);
            (void)berth({"kill", "web"});
        }
        COMPARE_ANSWER(berth({"export", "-o", "host/web.tar", "web"}), 0, "", "");
        QVERIFY(tar({u"-tf"_s, m_berth->path(u"host/web.tar"_s)}).startsWith("bin/\n"));
        COMPARE_ANSWER(berth({"export", "-o", "gone/web.tar", "web"}), 1, "",
            "failed to export container: invalid output path: directory \"gone\" does not exist\n");
        COMPARE_ANSWER(berth({"export", "gone"}), 1, "", "Error response from daemon: No such container: gone\n");
        VERIFY_OK(berth({"start", "web"}));
    }

    void onATerminal()
    {
        startIdle();
        const auto host = m_berth->path(u"host"_s).toUtf8();
        PtyCommand out(*m_berth, {"cp", "web:/etc/passwd", host + "/p"}, 100, 30);
        QVERIFY(out.waitFor("Successfully copied 2.05kB to " + host + "/p\r\n"));
        QCOMPARE(out.wait(), 0);
        PtyCommand in(*m_berth, {"cp", host + "/f", "web:/root/"}, 100, 30);
        QVERIFY(in.waitFor("Successfully copied 2.05kB to web:/root/\r\n"));
        QCOMPARE(in.wait(), 0);
        PtyCommand quiet(*m_berth, {"cp", "-q", host + "/f", "web:/root/"}, 100, 30);
        QCOMPARE(quiet.wait(), 0);
        QCOMPARE(quiet.output, "");
        COMPARE_ANSWER(berth({"cp", "--quiet=false", "host/f", "web:/root"}), 0, "", "Successfully copied 2.05kB to web:/root\n");
        PtyCommand refused(*m_berth, {"export", "web"}, 100, 30);
        QVERIFY(refused.waitFor("cowardly refusing to save to a terminal. Use the -o flag or redirect\r\n"));
        QCOMPARE(refused.wait(), 1);
    }

    // CVE-2018-15664: a process in the container swaps a folder for a link to a folder of the host.
    void cve_2018_15664()
    {
        write(u"host/outside/secret"_s, "of the host");
        const auto outside = m_berth->path(u"host/outside"_s).toUtf8();
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sh", "-c",
            "mkdir -p /w/d; echo 'of the container' >/w/d/secret; ln -s " + outside
                + " /w/l; echo ready; cd /w; while :; do mv d a; mv l d; mv d l; mv a d; done"}));
        QVERIFY(waitForLog("web", "ready"));
        write(u"host/in/secret"_s, "copied in");
        QByteArray streams;
        for (int round = 0; round < 60; ++round) {
            (void)berth({"cp", "host/in/.", "web:/w/d"});
            (void)berth({"cp", "host/in/secret", "web:/w/d/secret"});
            streams += berth({"cp", "web:/w/d/secret", "-"}).out + berth({"cp", "-L", "web:/w/d", "-"}).out
                + berth({"cp", "web:/w", "-"}).out;
        }
        QCOMPARE(read(u"host/outside/secret"_s), "of the host");
        QCOMPARE(QDir(m_berth->path(u"host/outside"_s)).entryList(QDir::Files), QStringList{u"secret"_s});
        QVERIFY(!streams.contains("of the host"));
        QVERIFY(streams.contains("of the container") || streams.contains("copied in")); // the race was on
    }

    // CVE-2019-14271: the program that copied loaded a library of the container. Here each name that a loader or
    // the name services could open is a FIFO: whoever opened one would wait for ever.
    void cve_2019_14271()
    {
        const QByteArray traps =
            "for f in /etc/nsswitch.conf /etc/ld.so.preload /etc/ld.so.cache /etc/passwd /etc/group /etc/localtime"
            " /lib64/ld-linux-x86-64.so.2 $(for l in libc.so.6 libstdc++.so.6 libnss_files.so.2 libnss_compat.so.2"
            " libgcc_s.so.1 libm.so.6 libseccomp.so.2; do echo /lib/$l /usr/lib/$l /lib/x86_64-linux-gnu/$l"
            " /usr/lib/x86_64-linux-gnu/$l /lib64/$l; done); do rm -f $f; mkdir -p $(dirname $f); mkfifo $f; done;"
            " echo ready; sleep 100000";
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sh", "-c", traps}));
        QVERIFY(waitForLog("web", "ready"));
        for (int pass = 0; pass < 2; ++pass) {
            const auto in = m_berth->run({"cp", "host/d", "web:/root"}, {}, 20'000);
            VERIFY_OK(in);
            const auto out = m_berth->run({"cp", "web:/etc", "-"}, {}, 20'000);
            VERIFY_OK(out);
            QVERIFY(tar({u"-tvf"_s, u"-"_s}, out.out).contains("etc/ld.so.preload"));
            VERIFY_OK(m_berth->run({"export", "-o", "host/all.tar", "web"}, {}, 20'000));
            (void)berth({"kill", "web"});
        }
    }

    // While files of a stopped container are copied nobody may mount its layers again.
    void copiesAndStartsTakeTurns()
    {
        VERIFY_OK(berth({"create", "--name", "web", "busybox", "sleep", "100000"}));
        QProcess copy;
        m_berth->start(copy, {"cp", "-", "web:/root"});
        QVERIFY(copy.waitForStarted());
        QVERIFY(QTest::qWaitFor([&] { return !childrenOf(copy.processId(), "berth-rootmount").isEmpty(); }, 10'000));
        const QByteArray why = "Error response from daemon: cannot remove container \"/web\": its files are being copied: "
                               "wait for that to end or force remove\n";
        QVERIFY(QTest::qWaitFor([&] { return berth({"rename", "web", "web2"}).code == 0; }, 10'000)); // it keeps nothing else
        VERIFY_OK(berth({"rename", "web2", "web"}));
        COMPARE_ANSWER(berth({"rm", "web"}), 1, "", why);
        QProcess start;
        m_berth->start(start, {"start", "web"});
        QVERIFY(!start.waitForFinished(300));
        copy.write(tar({u"-cf"_s, u"-"_s, u"-C"_s, u"host"_s, u"f"_s}));
        copy.closeWriteChannel();
        COMPARE_ANSWER(BerthCommand::finish(copy), 0, "", "");
        COMPARE_ANSWER(BerthCommand::finish(start), 0, "web\n", "");
        QCOMPARE(inside("cat /root/f"), "file\n");
    }

    // Killed in the middle, in both directions: nothing stays mounted or running, and the container starts.
    void killedCopiesLeaveNothing()
    {
        VERIFY_OK(berth({"create", "--name", "web", "busybox", "sleep", "100000"}));
        for (const bool isInward : {true, false, true}) {
            QProcess copy;
            m_berth->start(copy, isInward ? QList<QByteArray>{"cp", "-", "web:/root"} : QList<QByteArray>{"cp", "web:/", "-"});
            QVERIFY(copy.waitForStarted());
            const auto pid = copy.processId();
            QList<pid_t> children;
            const auto isCopying = [&] {
                children = childrenOf(pid, "berth-rootmount") + childrenOf(pid, "berth-layerer");
                return children.size() == 2;
            };
            if (isInward || QTest::qWaitFor(isCopying, 2'000)) // a small one may be over already
                QVERIFY(QTest::qWaitFor(isCopying, 10'000) || !isInward);
            ::kill(static_cast<pid_t>(pid), SIGKILL);
            copy.waitForFinished();
            QVERIFY(QTest::qWaitFor(
                [&] { return std::ranges::none_of(children, [](pid_t child) { return ::kill(child, 0) == 0; }); }, 5'000));
        }
        VERIFY_OK(berth({"start", "web"}));
        COMPARE_ANSWER(berth({"cp", "host/f", "web:/root"}), 0, "", "");
        VERIFY_OK(berth({"kill", "web"}));
        COMPARE_ANSWER(berth({"cp", "web:/root/f", "host/back"}), 0, "", "");
        QCOMPARE(read(u"host/back"_s), "file\n");
    }

    // A copy that outlives its container does not let it be mounted twice.
    void copiesOfEndedContainersDelayTheNextStart()
    {
        startIdle();
        QProcess copy;
        m_berth->start(copy, {"cp", "-", "web:/root"});
        QVERIFY(copy.waitForStarted());
        QVERIFY(QTest::qWaitFor([&] { return !childrenOf(copy.processId(), "berth-layerer").isEmpty(); }, 10'000));
        VERIFY_OK(berth({"kill", "web"}));
        QProcess start;
        m_berth->start(start, {"start", "web"});
        QVERIFY(!start.waitForFinished(300));
        copy.closeWriteChannel();
        COMPARE_ANSWER(BerthCommand::finish(copy), 0, "", "");
        COMPARE_ANSWER(BerthCommand::finish(start), 0, "web\n", "");
    }
};

QTEST_GUILESS_MAIN(TestCopy)
#include "tst_copy.moc"
