// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What the command prints: listings, inspection, help, and sentences about what it did not understand.
#include "system/commandtest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestCommands : public CommandTest {
    Q_OBJECT
private:
    static bool matches(const QByteArray &text, const char *pattern)
    {
        const QRegularExpression expression(QRegularExpression::anchoredPattern(QString::fromUtf8(pattern)));
        return expression.match(QString::fromUtf8(text)).hasMatch();
    }

    // The exit status of a command whose standard output or error is what the caller made it.
    int runWithOutput(const char *shellLine)
    {
        QProcess process;
        process.setProcessEnvironment(m_berth->environment);
        process.setWorkingDirectory(m_berth->path({}));
        process.start(u"sh"_s, {u"-c"_s, QString::fromLatin1(shellLine)});
        process.closeWriteChannel();
        return BerthCommand::finish(process, 20'000).code;
    }

private Q_SLOTS:
    void psColumns()
    {
        COMPARE_ANSWER(berth({"ps"}), 0, "CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n", "");
        VERIFY_OK(berth({"run", "-d", "--name", "web", "-l", "tier=front", "busybox", "sleep", "1000"}));
        QCOMPARE(berth({"run", "--name", "done", "busybox", "sh", "-c", "echo a long command line; exit 3"}).code, 3);
        const auto rows = berth({"ps", "-a"}).out.split('\n');
        QVERIFY2(matches(rows[0], "CONTAINER ID   IMAGE     COMMAND +CREATED +STATUS +PORTS     NAMES"), rows[0]);
        QVERIFY2(matches(rows[1], "[0-9a-f]{12}   busybox   \"sh -c 'echo a long …\"   [^ ].* ago   Exited \\(3\\) .* ago +done"),
            rows[1]);
        QVERIFY2(matches(rows[2], "[0-9a-f]{12}   busybox   \"sleep 1000\" +[^ ].* ago   Up .* +web"), rows[2]);
        QCOMPARE(rows.size(), 4);
        QVERIFY(!berth({"ps"}).out.contains("done"));
        QVERIFY(berth({"ps", "-a", "--no-trunc"}).out.contains("\"sh -c 'echo a long command line; exit 3'\""));
        QCOMPARE(berth({"ps", "-q"}).out.size(), 13);
        QCOMPARE(berth({"ps", "-q", "--no-trunc"}).out, inspect("web", ".Id") + "\n");
        QCOMPARE(berth({"ps", "-l", "--format", "{{.Names}}"}).out, "done\n");
        QCOMPARE(berth({"ps", "-n", "1", "-q"}).out.size(), 13);
        for (const char *other : {"ls", "list", "ps"})
            QCOMPARE(berth({"container", other, "-q"}).out, berth({"ps", "-q"}).out);
    }

    void psFormats()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "-l", "tier=front", "busybox", "sleep", "1000"}));
        COMPARE_ANSWER(berth({"ps", "--format", "{{.Names}} {{.Image}} {{.Command}} {{.State}} {{.Label \"tier\"}}"}), 0,
            "web busybox \"sleep 1000\" running front\n", "");
        COMPARE_ANSWER(berth({"ps", "--format", "table {{.Names}}\\t{{.Image}}"}), 0, "NAMES     IMAGE\nweb       busybox\n", "");
        const auto json = QJsonDocument::fromJson(berth({"ps", "--format", "json"}).out).object();
        QCOMPARE(json["Names"_L1].toString(), u"web"_s);
        QCOMPARE(json["ID"_L1].toString().size(), 12);
        QCOMPARE(json["State"_L1].toString(), u"running"_s);
        const auto unclosed = berth({"ps", "--format", "{{.Names"});
        QCOMPARE(unclosed.code, 1);
        QVERIFY2(unclosed.err.contains("unclosed action"), unclosed.err);
        QCOMPARE(berth({"ps", "--format", "{{.Nope}}"}).code, 1);
    }

    void psFilters_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QByteArray>("names");
        QTest::newRow("name") << QByteArray("name=we") << QByteArray("web\n");
        QTest::newRow("no name") << QByteArray("name=zz") << QByteArray();
        QTest::newRow("running") << QByteArray("status=running") << QByteArray("web\n");
        QTest::newRow("exited") << QByteArray("exited=3") << QByteArray("done\n");
        QTest::newRow("label") << QByteArray("label=tier") << QByteArray("web\n");
        QTest::newRow("label value") << QByteArray("label=tier=back") << QByteArray();
        QTest::newRow("ancestor") << QByteArray("ancestor=busybox") << QByteArray("done\nweb\n");
        QTest::newRow("before") << QByteArray("before=done") << QByteArray("web\n");
        QTest::newRow("since") << QByteArray("since=web") << QByteArray("done\n");
    }
    void psFilters()
    {
        QFETCH(QByteArray, filter);
        QFETCH(QByteArray, names);
        VERIFY_OK(berth({"run", "-d", "--name", "web", "-l", "tier=front", "busybox", "sleep", "1000"}));
        QCOMPARE(berth({"run", "--name", "done", "busybox", "sh", "-c", "exit 3"}).code, 3);
        COMPARE_ANSWER(berth({"ps", "-a", "-f", filter, "--format", "{{.Names}}"}), 0, names, "");
    }

    void badFilters()
    {
        COMPARE_ANSWER(berth({"ps", "-f", "foo=bar"}), 1, "", "Error response from daemon: invalid filter 'foo'\n");
        const auto status = berth({"ps", "-f", "status=bogus"});
        QCOMPARE(status.code, 1);
        QVERIFY2(status.err.contains("bogus"), status.err);
    }

    void images()
    {
        const auto rows = berth({"images"}).out.split('\n');
        QVERIFY2(matches(rows[0], "REPOSITORY   TAG +IMAGE ID +CREATED +SIZE"), rows[0]);
        QVERIFY2(matches(rows[1], "busybox      latest    [0-9a-f]{12}   .* ago   2\\.\\d+MB"), rows[1]);
        QVERIFY(matches(berth({"images", "-q"}).out, "[0-9a-f]{12}\n"));
        QVERIFY(matches(berth({"images", "-q", "--no-trunc"}).out, "sha256:[0-9a-f]{64}\n"));
        COMPARE_ANSWER(berth({"images", "--format", "{{.Repository}}:{{.Tag}}"}), 0, "busybox:latest\n", "");
        QCOMPARE(berth({"images", "nosuch"}).out.count('\n'), 1);
        QCOMPARE(berth({"images", "busybox:latest", "-q"}).out.size(), 13);
        QCOMPARE(berth({"image", "ls", "-q"}).out.size(), 13);
    }

    void inspectObjects()
    {
        VERIFY_OK(berth({"create", "--name", "web", "-l", "a=b", "-e", "X=1", "-v", "/tmp:/data:ro", "busybox", "sleep", "5"}));
        const auto document = QJsonDocument::fromJson(berth({"inspect", "web"}).out).array();
        QCOMPARE(document.size(), 1);
        const auto object = document[0].toObject();
        QCOMPARE(object["Name"_L1].toString(), u"/web"_s);
        QCOMPARE(object["Id"_L1].toString().size(), 64);
        QCOMPARE(object["Path"_L1].toString(), u"sleep"_s);
        QCOMPARE(object["Args"_L1].toArray(), QJsonArray({u"5"_s}));
        QCOMPARE(object["State"_L1]["Status"_L1].toString(), u"created"_s);
        QCOMPARE(object["State"_L1]["StartedAt"_L1].toString(), u"0001-01-01T00:00:00Z"_s);
        QCOMPARE(object["Config"_L1]["Image"_L1].toString(), u"busybox"_s);
        QCOMPARE(object["Config"_L1]["Labels"_L1]["a"_L1].toString(), u"b"_s); // beside the image's
        QVERIFY(object["Config"_L1]["Env"_L1].toArray().contains(u"X=1"_s));
        const auto mount = object["Mounts"_L1][0].toObject();
        QCOMPARE(mount["Destination"_L1].toString(), u"/data"_s);
        QCOMPARE(mount["Source"_L1].toString(), u"/tmp"_s);
        QCOMPARE(mount["RW"_L1].toBool(true), false);
        COMPARE_ANSWER(berth({"inspect", "-f", "{{.State.Status}} {{.State.Running}} {{index .Args 0}} {{len .Mounts}}", "web"}),
            0, "created false 5 1\n", "");
        COMPARE_ANSWER(
            berth({"inspect", "-f", "{{json .Config.Cmd}} {{.Config.Tty}}", "web"}), 0, "[\"sleep\",\"5\"] false\n", "");
        COMPARE_ANSWER(berth({"inspect", "-f", "{{.RepoTags}} {{.Os}}", "busybox"}), 0, "[busybox:latest] linux\n", "");
        COMPARE_ANSWER(berth({"inspect", "nosuch"}), 1, "[]\n", "Error: No such object: nosuch\n");
        COMPARE_ANSWER(
            berth({"container", "inspect", "nosuch"}), 1, "[]\n", "Error response from daemon: No such container: nosuch\n");
        COMPARE_ANSWER(
            berth({"image", "inspect", "nosuch"}), 1, "[]\n", "Error response from daemon: No such image: nosuch:latest\n");
        COMPARE_ANSWER(berth({"inspect", "--type", "foo", "web"}), 1, "", "\"foo\" is not a valid value for --type\n");
    }

    void versionAndInfo()
    {
        COMPARE_ANSWER(berth({"-v"}), 0, "Berth version 0.1.0\n", "");
        QVERIFY(berth({"version"}).out.contains(" Version:           0.1.0\n"));
        COMPARE_ANSWER(berth({"version", "--format", "{{.Server.Version}}"}), 0, "0.1.0\n", "");
        VERIFY_OK(berth({"run", "-d", "busybox", "sleep", "100"}));
        const auto info = berth({"info"});
        VERIFY_OK(info);
        QVERIFY2(info.out.contains(" Containers: 1\n  Running: 1\n"), info.out);
        COMPARE_ANSWER(berth({"info", "-f", "{{.ContainersRunning}} {{.Images}} {{.OSType}}"}), 0, "1 1 linux\n", "");
        COMPARE_ANSWER(berth({"system", "info", "-f", "{{.Driver}}"}), 0, "overlay\n", "");
        // Fields that scripts branch on.
        COMPARE_ANSWER(
            berth({"info", "-f", "{{.Swarm.LocalNodeState}} {{.DefaultRuntime}} {{.ClientInfo.Context}} {{.Plugins.Volume}}"}), 0,
            "inactive berth default [local]\n", "");
        COMPARE_ANSWER(berth({"info", "-f", "{{range .SecurityOptions}}{{.}};{{end}}"}), 0,
            "name=seccomp,profile=builtin;name=rootless;name=cgroupns;\n", "");
        COMPARE_ANSWER(
            berth({"version", "-f", "{{.Client.ApiVersion}} {{.Server.MinAPIVersion}} {{.Server.Os}} {{.Client.Context}}"}), 0,
            "1.50 1.24 linux default\n", "");
        COMPARE_ANSWER(
            berth({"version", "-f", "{{range .Server.Components}}{{.Name}} {{.Version}}{{end}}"}), 0, "Engine 0.1.0\n", "");
        QCOMPARE(berth({"version", "-f", "json"}).code, 0);
    }

    void help()
    {
        const auto program = berth({"--help"});
        VERIFY_OK(program);
        for (const char *word : {"run", "exec", "ps", "images", "load", "stop", "rm", "rmi", "logs", "inspect"})
            QVERIFY2(program.out.contains(QByteArray("\n  ") + word + " "), word);
        QCOMPARE(berth({}).out, program.out);
        const auto run = berth({"run", "--help"});
        QVERIFY2(run.out.startsWith("\nUsage:  berth run [OPTIONS] IMAGE [COMMAND] [ARG...]\n"), run.out);
        QCOMPARE(berth({"help", "run"}).out, run.out);
        QCOMPARE(berth({"container", "run", "--help"}).code, 0);
        QVERIFY(berth({"container"}).err.contains("Manage containers"));
    }

    void unknownWords()
    {
        COMPARE_ANSWER(berth({"psx"}), 1, "",
            "berth: unknown command: berth psx\n\nDid you mean 'berth ps'?\n\n"
            "Run 'berth --help' for more information\n");
        COMPARE_ANSWER(
            berth({"push"}), 1, "", "berth: 'berth push' is not supported yet\n\nRun 'berth --help' for more information\n");
        QCOMPARE(berth({"container", "foo"}).code, 1);
        const auto flag = berth({"ps", "--formt", "x"});
        QCOMPARE(flag.code, 125);
        QVERIFY2(flag.err.startsWith("unknown flag: --formt\n\nDid you mean --format?\n"), flag.err);
        QCOMPARE(berth({"ps", "extra"}).code, 1);
        QCOMPARE(berth({"-H", "tcp://x", "ps"}).code, 1);
        QCOMPARE(berth({"--context", "default", "ps"}).code, 0);
    }

    void loadThatCannotBe()
    {
        QVERIFY(berth({"load", "-i", "/no/such"}).err.startsWith("open /no/such: "));
        QCOMPARE(berth({"load", "-i", "/no/such"}).code, 1);
        QCOMPARE(berth({"load", "-i", "/etc/passwd"}).code, 1);
        QCOMPARE(berth({"load"}, "not an archive at all").code, 1);
        QFile archive(BerthCommand::imageArchive(u"busybox.tar"_s));
        QVERIFY(archive.open(QIODevice::ReadOnly));
        const auto bytes = archive.readAll();
        COMPARE_ANSWER(berth({"load"}, bytes), 0, "Loaded image: busybox:latest\n", ""); // from a pipe
        const auto cut = berth({"load"}, bytes.first(bytes.size() / 2));
        QCOMPARE(cut.code, 1);
        QVERIFY(!cut.err.isEmpty());
        QCOMPARE(berth({"run", "--rm", "busybox", "echo", "still here"}).out, "still here\n");
    }

    void readOnlyHome()
    {
        // A sentence and code 1, for verbs that read and that write; and nothing is left behind.
        for (const char *verb : {"ps", "images", "run busybox true", "load -q -i /dev/null"}) {
            const QByteArray line = "mkdir -m 0555 closed; XDG_DATA_HOME=$PWD/closed berth " + QByteArray(verb)
                + " 2>why; code=$?; grep -q 'Permission denied' why || code=9; rm why; rmdir closed || code=8; exit $code";
            QVERIFY2(runWithOutput(line.constData()) == (QByteArray(verb).startsWith("run") ? 125 : 1), verb);
        }
    }

    void closedOutputEndsTheCommand()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sh", "-c", "yes | head -n 200000; sleep 100"}));
        // The reader leaves: Docker's code for it, and nothing hangs.
        QCOMPARE(runWithOutput("(berth run --rm busybox yes; echo $? >&2) 2>code | head -n 1 >/dev/null; code=$(tail -n 1 code); "
                               "rm code; exit $code"),
            1);
        QCOMPARE(runWithOutput("berth exec web yes | head -n 1 | grep -q y"), 0);
        QCOMPARE(runWithOutput("berth logs -f web | head -n 1 | grep -q y"), 0);
        QCOMPARE(runWithOutput("berth images >/dev/full 2>&1"), 1);
        QCOMPARE(runWithOutput("berth ps >&-"), 0);
        QCOMPARE(runWithOutput("berth run --rm busybox echo hi >&- 2>&- <&-"), 0);
        // The container goes on without its reader, as Docker's does; --rm is then the monitor's to do.
        const auto running = BerthCommand::lines(berth({"ps", "-q"}).out);
        QCOMPARE(running.size(), 2);
        VERIFY_OK(berth(QList<QByteArray>{"kill"} + running));
        QVERIFY(QTest::qWaitFor([this] { return berth({"ps", "-a", "--format", "{{.Names}}"}).out == "web\n"; }, 10'000));
    }

    void anyLocale()
    {
        const auto before = m_berth->environment;
        for (const char *locale : {"C", "POSIX", "xx_YY", "C.UTF-8", ""}) {
            m_berth->environment.insert(u"LC_ALL"_s, QString::fromLatin1(locale));
            m_berth->environment.remove(u"LANG"_s);
            COMPARE_ANSWER(berth({"run", "--rm", "-e", "LC_ALL", "busybox", "sh", "-c", "echo \"$LC_ALL \303\244\""}), 0,
                QByteArray(locale) + " \303\244\n", "");
        }
        m_berth->environment.remove(u"LC_ALL"_s);
        COMPARE_ANSWER(berth({"run", "--rm", "-e", "LC_ALL", "busybox", "sh", "-c", "echo ${LC_ALL-unset}"}), 0, "unset\n", "");
        m_berth->environment = before;
    }

    void ids()
    {
        VERIFY_OK(berth({"create", "--name", "web", "busybox"}));
        const QByteArray id = inspect("web", ".Id");
        for (const QByteArray &form : {id, id.first(12), id.first(4), QByteArray("web"), QByteArray("/web")})
            QCOMPARE(inspect(form, ".Name"), "/web");
        COMPARE_ANSWER(berth({"start", "we"}), 1, "", // names are whole
            "Error response from daemon: No such container: we\nError: failed to start containers: we\n");
    }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
