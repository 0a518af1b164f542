// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The main job: a redis image as each of the field's tools saves it is loaded, run, talked to, stopped and
// removed, with nothing but the command.
#include "system/berthcommand.h"

#include <QElapsedTimer>
#include <QFile>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestArchives : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void loadRunTalkStopRemove_data()
    {
        QTest::addColumn<QString>("archive");
        QTest::newRow("docker") << u"redis-docker.tar"_s;
        QTest::newRow("podman docker-archive") << u"redis-podman.tar"_s;
        QTest::newRow("podman oci-archive") << u"redis-podman-oci.tar"_s;
        QTest::newRow("skopeo docker-archive") << u"redis-skopeo.tar"_s;
        QTest::newRow("skopeo oci-archive") << u"redis-skopeo-oci.tar"_s;
        QTest::newRow("buildah oci-archive") << u"redis-buildah-oci.tar"_s;
    }

    void loadRunTalkStopRemove()
    {
        QFETCH(QString, archive);
        const BerthCommand berth;
        QVERIFY2(QFile::exists(BerthCommand::imageArchive(archive)), "made by tests/system/images.sh");

        COMPARE_ANSWER(
            berth.run({"load", "-i", BerthCommand::imageArchive(archive).toUtf8()}), 0, "Loaded image: redis:latest\n", "");
        const auto started = berth.run({"run", "-d", "--name", "red", "redis"});
        VERIFY_OK(started);
        QCOMPARE(started.out.size(), 65); // the id
        QCOMPARE(started.err, "");

        // The server needs a moment until it listens, as it does with every engine.
        Answer set;
        QElapsedTimer clock;
        clock.start();
        do {
            set = berth.run({"exec", "red", "redis-cli", "set", "key1", "hello"});
        } while (set.err.contains("Connection refused") && clock.elapsed() < 20'000);
        COMPARE_ANSWER(set, 0, "OK\n", "");
        COMPARE_ANSWER(berth.run({"exec", "red", "redis-cli", "get", "key1"}), 0, "hello\n", "");

        COMPARE_ANSWER(berth.run({"stop", "red"}), 0, "red\n", "");
        const auto status = berth.run({"ps", "-a", "--format", "{{.Names}} {{.State}} {{.Status}}"});
        QVERIFY2(status.out.startsWith("red exited Exited (0) "), status.out); // it saved its data and left by itself
        COMPARE_ANSWER(berth.run({"rm", "red"}), 0, "red\n", "");
        COMPARE_ANSWER(berth.run({"ps", "-aq"}), 0, "", "");
    }

    void theSameImageFromEveryTool()
    {
        // Loading one after the other into one store finds the layers that are there, whatever the format.
        const BerthCommand berth;
        for (const auto &archive : {u"redis-docker.tar"_s, u"redis-skopeo-oci.tar"_s, u"redis-podman.tar"_s})
            VERIFY_OK(berth.load(archive));
        const auto layers = QDir(berth.dataFolder() + u"/layers"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(layers.size(), 2);
        QCOMPARE(BerthCommand::lines(berth.run({"images", "-q"}).out).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestArchives)
#include "tst_archives.moc"
