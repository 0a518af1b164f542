// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What `save` writes is read by docker, podman, skopeo and by ourselves, with the same ids and the same bytes.
#include "system/commandtest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

#include <sys/ioctl.h>
#include <sys/stat.h>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestSaveImages : public CommandTest {
    Q_OBJECT

private:
    QByteArray file(const QString &name) { return m_berth->path(name).toUtf8(); }
    QByteArray id(const QByteArray &name) { return inspect(name, ".Id"); }
    static QByteArray output(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        process.waitForFinished();
        return process.readAllStandardOutput();
    }
    QList<QByteArray> members(const QByteArray &archive)
    {
        return BerthCommand::lines(output(u"tar"_s, {u"-tf"_s, QString::fromUtf8(archive)}));
    }
    QJsonDocument json(const QByteArray &archive, const QString &member)
    {
        return QJsonDocument::fromJson(output(u"tar"_s, {u"-xOf"_s, QString::fromUtf8(archive), member}));
    }
    QByteArray contents(const QString &name)
    {
        QFile opened(m_berth->path(name));
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : "!" + opened.errorString().toUtf8();
    }
    // What the real tools find in it, sorted: "TOOL NAME ID". They leave files of other ids where the store is,
    // which are deleted with it.
    QList<QByteArray> peersRead(const QByteArray &archive)
    {
        const QString folder = m_berth->path(u"data/peers-%1"_s.arg(QFileInfo(QString::fromUtf8(archive)).baseName()));
        QDir().mkpath(folder);
        QProcess process;
        process.start(u"bash"_s,
            {qEnvironmentVariable("BERTH_SOURCE_DIR") + u"/tests/system/peerload.sh"_s, folder, QString::fromUtf8(archive)});
        const auto answer = BerthCommand::finish(process, 100'000);
        auto found = BerthCommand::lines(answer.out);
        if (answer.code != 0)
            found += "failed: " + answer.err;
        std::ranges::sort(found);
        return found;
    }

private Q_SLOTS:
    void everyToolReadsThem()
    {
        VERIFY_OK(m_berth->load(u"redis-docker.tar"_s));
        VERIFY_OK(m_berth->load(u"several.tar"_s));
        const auto archive = file(u"all.tar"_s);
        COMPARE_ANSWER(berth({"save", "-o", archive, "redis:latest", "busybox", "layers"}), 0, "", "");
        QList<QByteArray> expected;
        for (const QByteArray name : {"redis:latest", "busybox:latest", "busybox:stable", "layers:latest"})
            expected << "docker " + name + ' ' + id(name) << "podman localhost/" + name + ' ' + id(name)
                     << "skopeo-docker-archive " + name + ' ' + id(name);
        std::ranges::sort(expected);
        QCOMPARE(peersRead(archive), expected);
        // Shared layers once; nothing twice.
        auto names = members(archive);
        std::ranges::sort(names);
        QVERIFY(std::ranges::adjacent_find(names) == names.end());
        // And again is the same to the byte, also through a pipe.
        COMPARE_ANSWER(berth({"save", "-o", file(u"again.tar"_s), "redis:latest", "busybox", "layers"}), 0, "", "");
        QVERIFY(contents(u"again.tar"_s) == contents(u"all.tar"_s));
        const auto piped = berth({"save", "redis:latest", "busybox", "layers"});
        QCOMPARE(piped.code, 0);
        QVERIFY(piped.out == contents(u"all.tar"_s));
    }

    void anIdHasNoName()
    {
        const auto archive = file(u"untagged.tar"_s);
        COMPARE_ANSWER(berth({"image", "save", "--output", archive, id("busybox").mid(7, 12)}), 0, "", "");
        QCOMPARE(peersRead(archive),
            QList<QByteArray>({"docker <none>:<none> " + id("busybox"), "podman <none>:<none> " + id("busybox"),
                "skopeo-oci-archive - " + id("busybox")}));
        QVERIFY(json(archive, u"manifest.json"_s)[0]["RepoTags"_L1].isNull());
        QVERIFY(!members(archive).contains("repositories"));
    }

    void aTagIsReadAsBothFormats()
    {
        VERIFY_OK(berth({"tag", "busybox", "ghcr.io/mine/box:1"}));
        const auto archive = file(u"tagged.tar"_s);
        COMPARE_ANSWER(berth({"save", "-o", archive, "ghcr.io/mine/box:1"}), 0, "", "");
        QCOMPARE(peersRead(archive),
            QList<QByteArray>({"docker ghcr.io/mine/box:1 " + id("busybox"), "podman ghcr.io/mine/box:1 " + id("busybox"),
                "skopeo-docker-archive ghcr.io/mine/box:1 " + id("busybox"), "skopeo-oci-archive - " + id("busybox")}));
        const auto annotations = json(archive, u"index.json"_s)["manifests"_L1][0]["annotations"_L1];
        QCOMPARE(annotations["io.containerd.image.name"_L1].toString(), u"ghcr.io/mine/box:1"_s);
        QCOMPARE(annotations["org.opencontainers.image.ref.name"_L1].toString(), u"1"_s);
        VERIFY_OK(berth({"rmi", "ghcr.io/mine/box:1"}));
    }

    void weReadThem()
    {
        VERIFY_OK(m_berth->load(u"several.tar"_s));
        const auto ids = berth({"images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}"}).out;
        VERIFY_OK(berth({"save", "-o", file(u"back.tar"_s), "busybox", "layers"}));
        BerthCommand other;
        QCOMPARE(other.run({"load", "-q", "-i", file(u"back.tar"_s)}).out,
            "Loaded image: busybox:latest\nLoaded image: busybox:stable\nLoaded image: layers:latest\n");
        QVERIFY(ids.contains(
            other.run({"images", "busybox:stable", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}"}).out));
        QCOMPARE(other.run({"save", "busybox", "layers"}).out, contents(u"back.tar"_s));
        VERIFY_OK(berth({"rmi", "layers"}));
    }

    void whatCannotBeSaved_data()
    {
        QTest::addColumn<QList<QByteArray>>("arguments");
        QTest::addColumn<QByteArray>("error");
        const auto row = [](const char *name, const QList<QByteArray> &arguments, const QByteArray &error) {
            QTest::newRow(name) << arguments << error;
        };
        row("repository", {"absent"}, "Error response from daemon: No such image: absent\n");
        row("tag", {"absent:1"}, "Error response from daemon: reference does not exist\n");
        row("one of two", {"busybox", "absent"}, "Error response from daemon: No such image: absent\n");
        row("id", {"sha256:0123"}, "Error response from daemon: No such image: sha256:0123\n");
        row("platform", {"--platform", "linux/s390x", "busybox"},
            "Error response from daemon: image with reference busybox was found but does not provide the specified "
            "platform (linux/s390x)\n");
    }
    void whatCannotBeSaved()
    {
        QFETCH(QList<QByteArray>, arguments);
        QFETCH(QByteArray, error);
        QFile old(m_berth->path(u"old.tar"_s));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
        old.close();
        const auto before = QDir(m_berth->path({})).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        COMPARE_ANSWER(berth(QList<QByteArray>{"save", "-o", file(u"old.tar"_s)} + arguments), 1, "", error);
        QCOMPARE(contents(u"old.tar"_s), "old");
        QCOMPARE(QDir(m_berth->path({})).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), before);
    }

    void wherePathsLeadNowhere()
    {
        COMPARE_ANSWER(berth({"save", "-o", "/no/such/x.tar", "busybox"}), 1, "",
            "failed to save image: invalid output path: directory \"/no/such\" does not exist\n");
        COMPARE_ANSWER(berth({"save", "-o", "/dev/null", "busybox"}), 1, "",
            "failed to save image: invalid output path: \"/dev/null\" must be a directory or a regular file: got a device\n");
        QVERIFY(berth({"save", "-o", "/", "busybox"}).err.contains("is a directory"));
        QVERIFY(berth({"save", "-o", file({}), "busybox"}).err.contains("is a directory"));
        VERIFY_OK(berth({"save", "--platform", "linux/" + inspect("busybox", ".Architecture"), "-o", "here.tar", "busybox"}));
        QVERIFY(members(file(u"here.tar"_s)).contains("manifest.json"));
    }

    void aFullDiskIsSaid()
    {
        QProcess process;
        process.setStandardOutputFile(u"/dev/full"_s);
        m_berth->start(process, {"save", "busybox"});
        const auto answer = BerthCommand::finish(process);
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.err.contains("No space left on device"), answer.err);
    }

    void anInterruptEndsIt()
    {
        VERIFY_OK(m_berth->load(u"redis-docker.tar"_s));
        const auto fifo = file(u"fifo"_s);
        QCOMPARE(::mkfifo(fifo.constData(), 0600), 0);
        const berth::UniqueFd reader(::open(fifo.constData(), O_RDWR | O_CLOEXEC)); // and never reads
        QProcess process;
        process.setStandardOutputFile(QString::fromUtf8(fifo));
        m_berth->start(process, {"save", "redis"});
        const auto isFull = [&] {
            int count = 0;
            return ::ioctl(reader.get(), FIONREAD, &count) == 0 && count > ::fcntl(reader.get(), F_GETPIPE_SZ) / 2;
        };
        QVERIFY2(QTest::qWaitFor(isFull, 20'000), process.readAllStandardError());
        QVERIFY(process.state() == QProcess::Running);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QCOMPARE(BerthCommand::finish(process, 20'000).code, 130);
        VERIFY_OK(berth({"rmi", "redis"}));
    }
};

QTEST_GUILESS_MAIN(TestSaveImages)
#include "tst_saveimages.moc"
