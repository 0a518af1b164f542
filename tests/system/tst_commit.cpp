// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// commit and diff: what a container changed becomes an image that runs here and with the real tools.
#include "system/commandtest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestCommit : public CommandTest {
    Q_OBJECT

private:
    // What docker 26.1 says to the same container is in the expectations below, sorted by path.
    static constexpr auto changing =
        "echo hi >/etc/new; rm /bin/ls; mkdir -p /d/e; echo 1 >/d/e/f; touch /etc/passwd; chmod 700 /home; "
        "ln -s /x /link; mkfifo /pipe; echo 2 >/vol/x; rm -r /var/tmp; mkdir /var/tmp; rm -rf /usr; "
        "echo x >/usr; echo 127.0.0.1 x >>/etc/hosts";

    QByteArray imageField(const QByteArray &image, const QByteArray &field)
    {
        return berth({"image", "inspect", "-f", "{{" + field + "}}", image}).out.trimmed();
    }
    static bool isId(const Answer &answer)
    {
        static const QRegularExpression id(u"^sha256:[0-9a-f]{64}\n$"_s);
        return answer.code == 0 && answer.err.isEmpty() && id.match(QString::fromUtf8(answer.out)).hasMatch();
    }
    void removeImages()
    {
        const auto ids = BerthCommand::lines(berth({"images", "-q", "--no-trunc", "-f", "since=busybox"}).out);
        for (const auto &id : ids)
            berth({"rmi", "-f", id});
    }

private Q_SLOTS:
    void cleanup()
    {
        m_berth->removeContainers();
        removeImages();
    }

    void diffTellsWhatDockerTells()
    {
        VERIFY_OK(berth({"run", "--name", "c1", "-v", "/vol", "busybox", "sh", "-c", changing}));
        COMPARE_ANSWER(berth({"diff", "c1"}), 0,
            "C /bin\nD /bin/ls\nA /d\nA /d/e\nA /d/e/f\nC /etc\nA /etc/new\nC /etc/passwd\nC /home\nA /link\nA /pipe\nC /usr\n"
            "C /var\nC /var/tmp\nA /vol\n",
            "");
        VERIFY_OK(berth({"create", "--name", "fresh", "busybox"}));
        COMPARE_ANSWER(berth({"container", "diff", "fresh"}), 0, "", "");
        VERIFY_OK(berth({"run", "--name", "quiet", "-t", "busybox", "true"}));
        COMPARE_ANSWER(berth({"diff", "quiet"}), 0, "", "");
        VERIFY_OK(berth({"run", "-d", "--name", "running", "busybox", "sh", "-c", "echo a >'/a b\n'; sleep 100"}));
        QVERIFY(QTest::qWaitFor([&] { return berth({"diff", "running"}).out == "A /a b\n\n"; }, 10'000));
        COMPARE_ANSWER(berth({"diff", "absent"}), 1, "", "Error response from daemon: No such container: absent\n");
    }

    void theNewImageHasTheChanges()
    {
        VERIFY_OK(berth({"run", "--name", "c1", "-v", "/vol", "-e", "A=b", "busybox", "sh", "-c", changing}));
        QVERIFY(isId(berth({"commit", "-c", "CMD [\"sh\"]", "c1", "new:1"})));
        const auto seen = berth({"run", "--rm", "new:1", "sh", "-c",
            "cat /etc/new /d/e/f /usr; ls -l /bin/ls; readlink /link; test -p /pipe && echo pipe; stat -c %a /home; "
            "ls -A /var/tmp /vol; echo $A; grep -c 127.0.0.1.x /etc/hosts; echo $HOSTNAME | wc -c"});
        QCOMPARE(seen.out, "hi\n1\nx\n/x\npipe\n700\n/var/tmp:\n\n/vol:\nb\n0\n13\n");
        QVERIFY(seen.err.contains("/bin/ls: No such file"));
        // Nothing changed since: its own diff is empty, and the layer is the one that was packed.
        VERIFY_OK(berth({"run", "--name", "again", "new:1", "true"}));
        COMPARE_ANSWER(berth({"diff", "again"}), 0, "", "");
        const auto history = berth({"history", "--format", "{{.CreatedBy}}|{{.Size}}", "--no-trunc", "new:1"}).out.split('\n');
        QVERIFY2(history[0].startsWith("sh -c echo hi") && history[0].endsWith("B") && !history[0].endsWith("|0B"), history[0]);
    }

    void settings()
    {
        VERIFY_OK(berth({"run", "--name", "c1", "-e", "A=b", "-l", "k=v", "-w", "/tmp", "busybox", "true"}));
        QVERIFY(isId(berth({"commit", "-m", "a message", "--author", "Me <me@x>", "-c", "CMD [\"a\",\"b\"]", "--change",
            "ENV X=1 P=/x:$PATH", "-c", "EXPOSE 80", "-c", "LABEL \"m n\"=\"o p\"", "-c", "USER nobody", "-c", "VOLUME /v1", "-c",
            "WORKDIR sub", "-c", "STOPSIGNAL SIGINT", "-c", "HEALTHCHECK --interval=5s CMD true", "c1", "new"})));
        QCOMPARE(imageField("new", "json .Config.Cmd"), "[\"a\",\"b\"]");
        const auto path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"_ba;
        // What was asked for comes before what the image has, as with Docker.
        QCOMPARE(imageField("new", "json .Config.Env"), "[\"A=b\",\"PATH=" + path + "\",\"X=1\",\"P=/x:" + path + "\"]");
        QVERIFY(!imageField("new", "json .Config.Env").contains("HOSTNAME"));
        QCOMPARE(imageField("new", "json .Config.ExposedPorts"), "{\"80/tcp\":{}}");
        QCOMPARE(imageField("new", "index .Config.Labels \"m n\""), "o p");
        QCOMPARE(imageField("new", "index .Config.Labels \"k\""), "v");
        QCOMPARE(imageField("new", ".Config.User"), "nobody");
        QCOMPARE(imageField("new", "json .Config.Volumes"), "{\"/v1\":{}}");
        QCOMPARE(imageField("new", ".Config.WorkingDir"), "/tmp/sub");
        QCOMPARE(imageField("new", ".Config.StopSignal"), "SIGINT");
        QCOMPARE(imageField("new", "json .Config.Healthcheck"), "{\"Test\":[\"CMD-SHELL\",\"true\"],\"Interval\":5000000000}");
        QCOMPARE(imageField("new", ".Author"), "Me <me@x>");
        QCOMPARE(imageField("new", ".Comment"), "a message");
        // Nothing was written: the same files, one step more.
        QCOMPARE(imageField("new", "json .RootFS.Layers"), imageField("busybox", "json .RootFS.Layers"));
        QCOMPARE(berth({"history", "--format", "{{.CreatedBy}}|{{.Size}}|{{.Comment}}", "new"}).out.split('\n')[0],
            "true|0B|a message");
    }

    void whatCannotBeCommitted_data()
    {
        QTest::addColumn<QList<QByteArray>>("arguments");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("unknown") << QList<QByteArray>{"absent"}
                                 << QByteArray("Error response from daemon: No such container: absent\n");
        QTest::newRow("change") << QList<QByteArray>{"-c", "RUN x", "c1"}
                                << QByteArray("Error response from daemon: RUN is not a valid change command\n");
        QTest::newRow("variable") << QList<QByteArray>{"-c", "ENV", "c1"}
                                  << QByteArray("Error response from daemon: ENV requires at least one argument\n");
        QTest::newRow("name") << QList<QByteArray>{"c1", "Bad Name"} << QByteArray("invalid reference format");
    }
    void whatCannotBeCommitted()
    {
        QFETCH(QList<QByteArray>, arguments);
        QFETCH(QByteArray, error);
        VERIFY_OK(berth({"run", "--name", "c1", "busybox", "touch", "/x"}));
        const auto before = berth({"images", "-aq"}).out;
        const auto answer = berth(QList<QByteArray>{"commit"} + arguments);
        QCOMPARE(answer.code, 1);
        QCOMPARE(answer.out, "");
        QVERIFY2(answer.err.startsWith(error), answer.err);
        QCOMPARE(berth({"images", "-aq"}).out, before);
        QVERIFY(QDir(m_berth->dataFolder() + u"/staging"_s).isEmpty());
    }

    void aRunningContainerStandsStill()
    {
        // Two files that are always replaced one after the other: never further apart than one step.
        VERIFY_OK(berth({"run", "-d", "--name", "c1", "busybox", "sh", "-c",
            "i=0; while true; do i=$((i+1)); echo $i >/t; mv /t /first; echo $i >/t; mv /t /second; done"}));
        QVERIFY(QTest::qWaitFor([&] { return berth({"diff", "c1"}).out.contains("A /first\nA /second\n"); }, 10'000));
        for (int round = 0; round < 3; ++round) {
            QVERIFY(isId(berth({"commit", "c1", "still"})));
            QCOMPARE(inspect("c1", ".State.Status"), "running");
            const auto numbers = berth({"run", "--rm", "still", "cat", "/first", "/second"}).out.split('\n');
            QVERIFY2(std::abs(numbers.value(0).toLongLong() - numbers.value(1).toLongLong()) <= 1, numbers.join(' '));
        }
        QVERIFY(isId(berth({"commit", "--pause=false", "c1"})));
        VERIFY_OK(berth({"pause", "c1"}));
        QVERIFY(isId(berth({"commit", "c1"})));
        QCOMPARE(inspect("c1", ".State.Status"), "paused"); // whoever paused it wants it so
        VERIFY_OK(berth({"unpause", "c1"}));
    }

    void layersOnLayers()
    {
        VERIFY_OK(m_berth->load(u"layers.tar"_s));
        VERIFY_OK(berth({"run", "--name", "c1", "layers", "sh", "-c",
            "rm -r /many; mkdir /many; echo n >/many/new; mv /setuid /moved; ln /far /near; rm /absolute/inside; "
            "dd if=/dev/zero of=/holes bs=1 count=1 seek=20M 2>/dev/null; chown 1234:5678 /attr"}));
        const auto changes = berth({"diff", "c1"}).out;
        for (const QByteArray line : {"D /many/10\n", "A /many/new\n", "C /many\n", "D /setuid\n", "A /moved\n", "C /far\n",
                 "A /near\n", "D /absolute/inside\n", "A /holes\n", "C /attr\n"})
            QVERIFY2(line == "C /far\n" || changes.contains(line), changes);
        QVERIFY(isId(berth({"commit", "-c", "CMD [\"true\"]", "c1", "more:1"})));
        COMPARE_ANSWER(berth({"run", "--rm", "more:1", "sh", "-c",
                           "ls /many /absolute; stat -c '%a %h' /moved /near; stat -c %u:%g /attr; stat -c %s /holes"}),
            0, "/absolute:\n\n/many:\nnew\n4755 1\n644 2\n1234:5678\n20971521\n", "");
        // And with the real tools it is the same image.
        VERIFY_OK(berth({"save", "-o", "more.tar", "more:1"}));
        const QString folder = m_berth->path(u"data/peers"_s);
        QDir().mkpath(folder);
        QProcess process;
        process.start(u"bash"_s,
            {qEnvironmentVariable("BERTH_SOURCE_DIR") + u"/tests/system/peerload.sh"_s, folder, m_berth->path(u"more.tar"_s)});
        const auto answer = BerthCommand::finish(process, 100'000);
        QVERIFY2(answer.code == 0, answer.err);
        const auto id = imageField("more:1", ".Id");
        QCOMPARE(answer.out.count(id), 4);
        QCOMPARE(answer.out.count('\n'), 4);
    }

    void severalAtOnce()
    {
        VERIFY_OK(berth({"run", "--name", "c1", "busybox", "sh", "-c", "dd if=/dev/urandom of=/big bs=1M count=20 2>/dev/null"}));
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < 4; ++i) {
            processes.push_back(std::make_unique<QProcess>());
            m_berth->start(*processes.back(), {"commit", "c1", "copy:" + QByteArray::number(i)});
        }
        for (auto &process : processes)
            QVERIFY(isId(BerthCommand::finish(*process)));
        // One layer, kept once.
        QCOMPARE(QDir(m_berth->dataFolder() + u"/layers"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
        QVERIFY(QDir(m_berth->dataFolder() + u"/staging"_s).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCommit)
#include "tst_commit.moc"
