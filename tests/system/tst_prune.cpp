// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The prune commands, system df and ps -s, word for word as Docker's.
#include "system/commandtest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestPrune : public CommandTest {
    Q_OBJECT
private:
    static constexpr const char *question = "Are you sure you want to continue? [y/N] ";

    void asks(const QList<QByteArray> &arguments, const QByteArray &warning)
    {
        COMPARE_ANSWER(berth(arguments), 0, warning + "\n" + question, "");
    }
    QByteArray list(const QList<QByteArray> &arguments) { return berth(arguments).out.trimmed().replace('\n', ' '); }
    // An image without a name: a running container keeps it when its name is taken away.
    void loadDangling()
    {
        VERIFY_OK(m_berth->load(u"busybox.tar"_s));
        VERIFY_OK(berth({"run", "-d", "--name", "holder", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"rmi", "-f", "busybox"}));
        VERIFY_OK(berth({"rm", "-f", "holder"}));
    }
    static bool matches(const QByteArray &text, const QString &pattern)
    {
        return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(QString::fromUtf8(text)).hasMatch();
    }

private Q_SLOTS:
    void init() { VERIFY_OK(m_berth->load(u"busybox.tar"_s)); }
    void cleanup()
    {
        m_berth->removeContainers();
        VERIFY_OK(berth({"volume", "prune", "-af"}));
    }

    void theQuestions()
    {
        asks({"container", "prune"}, "WARNING! This will remove all stopped containers.");
        asks({"image", "prune"}, "WARNING! This will remove all dangling images.");
        asks({"image", "prune", "-a"}, "WARNING! This will remove all images without at least one container associated to them.");
        asks({"volume", "prune"}, "WARNING! This will remove anonymous local volumes not used by at least one container.");
        asks({"volume", "prune", "-a"}, "WARNING! This will remove all local volumes not used by at least one container.");
        asks({"system", "prune"},
            "WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n"
            "  - all dangling images\n  - unused build cache\n");
        asks({"system", "prune", "--volumes"},
            "WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n"
            "  - all anonymous volumes not used by at least one container\n  - all dangling images\n  - unused build cache\n");
        asks({"system", "prune", "-a", "--filter", "until=24h", "--filter", "label=x=y", "--filter", "label!=q"},
            "WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n"
            "  - all images without at least one container associated to them\n  - all build cache\n\n"
            "  Items to be pruned will be filtered with:\n  - label!=q\n  - label=x=y\n  - until=24h\n");
    }

    void onlyYesIsYes_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<bool>("removes");
        for (const char *no : {"", "\n", "n\n", "N\n", "yes\n", "yy\n", "no\ny\n", "x"})
            QTest::newRow(QByteArray("not ").append(QByteArray(no).toPercentEncoding())) << QByteArray(no) << false;
        for (const char *yes : {"y\n", "Y\n", "y", " y \n", "y\nn\n"})
            QTest::newRow(QByteArray(yes).toPercentEncoding()) << QByteArray(yes) << true;
    }
    void onlyYesIsYes()
    {
        QFETCH(QByteArray, input);
        QFETCH(bool, removes);
        const auto id = berth({"create", "--name", "old", "busybox"}).out.trimmed();
        const auto answer = berth({"container", "prune"}, input);
        QCOMPARE(answer.code, 0);
        QCOMPARE(answer.err, "");
        const QByteArray asked = QByteArray("WARNING! This will remove all stopped containers.\n") + question;
        QCOMPARE(answer.out, removes ? asked + "Deleted Containers:\n" + id + "\n\nTotal reclaimed space: 0B\n" : asked);
        QCOMPARE(list({"ps", "-aq"}).isEmpty(), removes);
    }

    void containers()
    {
        VERIFY_OK(berth({"run", "--name", "done", "busybox", "sh", "-c", "head -c 1234567 /dev/zero > /file"}));
        VERIFY_OK(berth({"run", "-d", "--name", "runs", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"run", "-d", "--name", "waits", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"pause", "waits"}));
        const auto id = berth({"inspect", "-f", "{{.Id}}", "done"}).out;
        COMPARE_ANSWER(
            berth({"container", "prune", "-f"}), 0, "Deleted Containers:\n" + id + "\nTotal reclaimed space: 1.235MB\n", "");
        QCOMPARE(list({"ps", "-a", "--format", "{{.Names}}"}), "waits runs");
        COMPARE_ANSWER(berth({"container", "prune", "-f"}), 0, "Total reclaimed space: 0B\n", "");
    }

    void filters()
    {
        VERIFY_OK(berth({"create", "--name", "a1", "-l", "keep", "busybox"}));
        VERIFY_OK(berth({"create", "--name", "b1", "-l", "team=shop", "busybox"}));
        VERIFY_OK(berth({"create", "--name", "c1", "busybox"}));
        VERIFY_OK(berth({"container", "prune", "-f", "--filter", "until=1h"}));
        QCOMPARE(list({"ps", "-a", "--format", "{{.Names}}"}), "c1 b1 a1");
        VERIFY_OK(berth({"container", "prune", "-f", "--filter", "label=team=shop"}));
        QCOMPARE(list({"ps", "-a", "--format", "{{.Names}}"}), "c1 a1");
        VERIFY_OK(berth({"system", "prune", "-f", "--filter", "label!=keep"}));
        QCOMPARE(list({"ps", "-a", "--format", "{{.Names}}"}), "a1");
        COMPARE_ANSWER(berth({"container", "prune", "-f", "--filter", "nosuch=1"}), 1, "",
            "Error response from daemon: invalid filter 'nosuch'\n");
        COMPARE_ANSWER(berth({"volume", "prune", "-f", "--filter", "until=1h"}), 1, "",
            "Error response from daemon: invalid filter 'until'\n");
        COMPARE_ANSWER(berth({"system", "prune", "--volumes", "--filter", "until=24h"}), 1, "",
            "ERROR: The \"until\" filter is not supported with \"--volumes\"\n");
        QCOMPARE(berth({"image", "prune", "--filter", "bad"}).code, 125);
        QCOMPARE(berth({"image", "prune", "-f", "--filter", "until=nonsense"}).code, 1);
        QCOMPARE(list({"ps", "-a", "--format", "{{.Names}}"}), "a1");
    }

    void images()
    {
        loadDangling();
        const auto id = list({"images", "-q", "--no-trunc"});
        COMPARE_ANSWER(berth({"image", "prune", "-f", "--filter", "until=2000-01-01"}), 0, "Total reclaimed space: 0B\n", "");
        const auto pruned = berth({"image", "prune", "-f"});
        QVERIFY2(matches(pruned.out,
                     u"Deleted Images:\ndeleted: %1\n(deleted: sha256:[0-9a-f]{64}\n)+\nTotal reclaimed space: [0-9.]+MB\n"_s.arg(
                         QString::fromLatin1(id))),
            pruned.out);
        VERIFY_OK(m_berth->load(u"busybox.tar"_s));
        COMPARE_ANSWER(berth({"image", "prune", "-f"}), 0, "Total reclaimed space: 0B\n", "");
        VERIFY_OK(berth({"create", "--name", "user", "busybox"}));
        COMPARE_ANSWER(berth({"image", "prune", "-af"}), 0, "Total reclaimed space: 0B\n", "");
        const auto all = berth({"system", "prune", "-af"});
        QVERIFY2(matches(all.out,
                     u"Deleted Containers:\n[0-9a-f]{64}\n\nDeleted Images:\nuntagged: busybox:latest\ndeleted: %1\n"
                     "(deleted: sha256:[0-9a-f]{64}\n)+\nTotal reclaimed space: [0-9.]+MB\n"_s.arg(QString::fromLatin1(id))),
            all.out);
        QCOMPARE(list({"images", "-q"}), "");
        QVERIFY(QTest::qWaitFor([&] { return QDir(m_berth->dataFolder() + u"/trash"_s).isEmpty(); }, 10'000));
        QVERIFY(QDir(m_berth->dataFolder() + u"/layers"_s).isEmpty());
    }

    void volumes()
    {
        VERIFY_OK(berth({"volume", "create", "named"}));
        VERIFY_OK(berth({"create", "--name", "user", "-v", "used:/x", "-v", "/anonymous", "busybox"}));
        VERIFY_OK(shell("head -c 2000 /dev/zero > /v/f; chown -R 1000 /v; chmod 700 /v", {"-v", "named:/v"}));
        const auto loose = berth({"volume", "create"}).out;
        COMPARE_ANSWER(berth({"volume", "prune", "-f"}), 0, "Deleted Volumes:\n" + loose + "\nTotal reclaimed space: 0B\n", "");
        COMPARE_ANSWER(
            berth({"volume", "prune", "-f", "--filter", "all=1", "--filter", "label=no"}), 0, "Total reclaimed space: 0B\n", "");
        COMPARE_ANSWER(berth({"volume", "prune", "-af"}), 0, "Deleted Volumes:\nnamed\n\nTotal reclaimed space: 2kB\n", "");
        QCOMPARE(BerthCommand::lines(berth({"volume", "ls", "-q"}).out).size(), 2);
        // Those of a container that goes, too, when they have no name.
        const auto all = berth({"system", "prune", "--volumes", "-f"});
        QVERIFY2(matches(all.out,
                     u"Deleted Containers:\n[0-9a-f]{64}\n\nDeleted Volumes:\n[0-9a-f]{64}\n\nTotal reclaimed space: 0B\n"_s),
            all.out);
        COMPARE_ANSWER(berth({"volume", "ls", "-q"}), 0, "used\n", "");
    }

    // Starting and pruning at once: what was started runs to its end.
    void pruningBesideRunning()
    {
        for (int round = 0; round < 8; ++round) {
            QProcess running;
            QProcess pruning;
            m_berth->start(running, {"run", "busybox", "echo", "alive"});
            m_berth->start(pruning, {"system", "prune", "-af", "--volumes"});
            const auto pruned = BerthCommand::finish(pruning);
            const auto ran = BerthCommand::finish(running);
            VERIFY_OK(pruned);
            // The image may go before the container is made, and then nothing is.
            QVERIFY2(ran.code == 0 ? ran.out == "alive\n" : ran.err.contains("images cannot be pulled"), ran.err + ran.out);
            VERIFY_OK(m_berth->load(u"busybox.tar"_s));
        }
    }

    void pruningBesideImporting()
    {
        for (int round = 0; round < 4; ++round) {
            QProcess importing;
            QProcess pruning;
            m_berth->start(importing, {"load", "-q", "-i", BerthCommand::imageArchive(u"busybox.tar"_s).toUtf8()});
            m_berth->start(pruning, {"image", "prune", "-af"});
            VERIFY_OK(BerthCommand::finish(pruning));
            VERIFY_OK(BerthCommand::finish(importing));
            VERIFY_OK(m_berth->load(u"busybox.tar"_s));
            COMPARE_ANSWER(shell("echo works"), 0, "works\n", "");
        }
    }

    void sizesOfContainers()
    {
        VERIFY_OK(berth({"run", "--name", "web", "busybox", "sh", "-c",
            "echo 1 > /a; ln /a /b; mkdir /d; chown 1000 /d; chmod 700 /d; rm /etc/passwd"}));
        const auto size = list({"images", "--format", "{{.Size}}"});
        QCOMPARE(list({"ps", "-a", "--format", "{{.Size}}"}), "2B (virtual " + size + ")");
        const auto lines = berth({"ps", "-as"}).out.split('\n');
        QVERIFY2(lines[0].endsWith("PORTS     NAMES     SIZE"), lines[0]);
        QVERIFY2(lines[1].endsWith("web       2B (virtual " + size + ")"), lines[1]);
        QCOMPARE(list({"ps", "-aqs"}).size(), 12);
        QCOMPARE(list({"inspect", "-s", "-f", "{{.SizeRw}}", "web"}), "2");
        const auto whole = list({"container", "inspect", "--size", "-f", "{{.SizeRootFs}}", "web"}).toLongLong();
        QCOMPARE(whole, list({"inspect", "-f", "{{.Size}}", "busybox"}).toLongLong() + 2);
        QVERIFY(!berth({"inspect", "web"}).out.contains("SizeRw"));
        VERIFY_OK(berth({"inspect", "-s", "busybox"})); // an image has no such sizes, and that is no error
    }

    void diskFree()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "runs", "-v", "pages:/v", "busybox", "sh", "-c",
            "echo 123 > /v/f; echo 1 > /a; sleep 1000"}));
        VERIFY_OK(berth({"run", "--name", "done", "busybox", "sh", "-c", "echo 12345 > /a"}));
        VERIFY_OK(berth({"volume", "create", "free"}));
        QVERIFY(QTest::qWaitFor([&] { return berth({"exec", "runs", "cat", "/a"}).code == 0; }, 10'000));
        const auto rows = berth({"system", "df"}).out.split('\n');
        QCOMPARE(rows[0], "TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE");
        QVERIFY2(matches(rows[1], u"Images          1         1         [0-9.]+MB +0B \\(0%\\)"_s), rows[1]);
        QCOMPARE(rows[2], "Containers      2         1         8B        6B (75%)");
        QCOMPARE(rows[3], "Local Volumes   2         1         4B        0B (0%)");
        QCOMPARE(rows[4], "Build Cache     0         0         0B        0B");
        COMPARE_ANSWER(berth({"system", "df", "--format", "{{.Type}}: {{.TotalCount}}"}), 0,
            "Images: 1\nContainers: 2\nLocal Volumes: 2\nBuild Cache: 0\n", "");
        QVERIFY(berth({"system", "df", "--format", "json"})
                .out.contains("{\"Active\":\"1\",\"Reclaimable\":\"6B "
                              "(75%)\",\"Size\":\"8B\",\"TotalCount\":\"2\",\"Type\":\"Containers\"}\n"));
        QVERIFY(berth({"system", "df", "--format", "raw"})
                .out.contains("type: Containers\ntotal: 2\nactive: 1\nsize: 8B\nreclaimable: 6B (75%)\n\n"));
        const auto text = berth({"system", "df", "-v"}).out;
        QVERIFY2(
            matches(text,
                u"Images space usage:\n\nREPOSITORY   TAG       IMAGE ID       CREATED +SIZE      SHARED SIZE   UNIQUE SIZE   "
                u"CONTAINERS\n"
                "busybox      latest    [0-9a-f]{12}   [^\n]+ ago +[0-9.]+MB +0B            [0-9.]+MB +2\n\n"
                "Containers space usage:\n\nCONTAINER ID   IMAGE     COMMAND +LOCAL VOLUMES   SIZE      CREATED +STATUS +NAMES\n"
                "[0-9a-f]{12}   busybox [^\n]+ 0 +6B +[^\n]+ ago +Exited [^\n]+ done\n"
                "[0-9a-f]{12}   busybox [^\n]+ 1 +2B +[^\n]+ ago +Up [^\n]+ runs\n\n"
                "Local Volumes space usage:\n\nVOLUME NAME   LINKS     SIZE\nfree          0         0B\npages         1         "
                "4B\n\n"
                "Build cache usage: 0B\n\nCACHE ID   CACHE TYPE   SIZE      CREATED   LAST USED   USAGE     SHARED\n"_s),
            text);
        const auto all = QJsonDocument::fromJson(berth({"system", "df", "-v", "--format", "json"}).out).object();
        QCOMPARE(all["Volumes"_L1].toArray().size(), 2);
        QCOMPARE(all["Containers"_L1].toArray().size(), 2);
        COMPARE_ANSWER(berth({"system", "df", "-v", "--format", "{{range .Volumes}}{{.Name}} {{end}}"}), 0, "free pages ", "");
    }
};

QTEST_GUILESS_MAIN(TestPrune)
#include "tst_prune.moc"
