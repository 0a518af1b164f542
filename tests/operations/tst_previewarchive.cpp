// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a dropped file is said to hold, before anything is imported.
#include "support/importfixture.h"

#include <QElapsedTimer>

using namespace berth;
using namespace Qt::StringLiterals;
using namespace berth::test;

class TestPreviewArchive : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImportFixture> m_fixture;

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ImportFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void tellsWhatIsInside_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<int>("layers");
        const QStringList redis{u"redis:latest"_s};
        QTest::newRow("redis-docker.tar") << u"Docker archive"_s << redis << 2;
        QTest::newRow("redis-podman.tar") << u"Docker archive"_s << redis << 2;
        QTest::newRow("redis-skopeo.tar") << u"Docker archive"_s << redis << 2;
        QTest::newRow("redis-podman-oci.tar") << u"OCI archive"_s << redis << 2;
        QTest::newRow("redis-skopeo-oci.tar") << u"OCI archive"_s << redis << 2;
        QTest::newRow("redis-buildah-oci.tar") << u"OCI archive"_s << redis << 2;
        QTest::newRow("busybox-zstd-oci.tar") << u"OCI archive"_s << QStringList{u"busybox:latest"_s} << 1;
        QTest::newRow("busybox.oci") << u"OCI layout"_s << QStringList{u"busybox:latest"_s} << 1;
        QTest::newRow("multi-arch-oci.tar") << u"OCI archive"_s << QStringList{u"multi:latest"_s} << 1;
        QTest::newRow("layers.tar") << u"Docker archive"_s << QStringList{u"layers:latest"_s} << 21;
    }
    void tellsWhatIsInside()
    {
        QFETCH(QString, format);
        QFETCH(QStringList, names);
        QFETCH(int, layers);
        const QString file = ImportFixture::realArchive(QString::fromLatin1(QTest::currentDataTag()));
        const auto before = m_fixture->contents();
        QElapsedTimer timer;
        timer.start();
        const auto preview = previewArchive(m_fixture->store(), file);
        QVERIFY2(timer.elapsed() < 1000, "only the index is read");
        QVERIFY2(preview, preview ? "" : preview.error().detail.c_str());
        QCOMPARE(preview->path, file);
        QCOMPARE(preview->format, format);
        QCOMPARE(preview->compression, u"none"_s);
        QCOMPARE(preview->size, QFileInfo(file).isDir() ? 0 : QFileInfo(file).size());
        QCOMPARE(preview->images.size(), 1);
        QCOMPARE(preview->images.first().names, names);
        QCOMPARE(preview->images.first().architecture, thisArchitecture());
        QCOMPARE(preview->images.first().layers, layers);
        QCOMPARE(preview->images.first().layersPresent, 0);
        QCOMPARE(m_fixture->contents(), before);
    }

    void tellsSeveralImages()
    {
        const auto preview = previewArchive(m_fixture->store(), ImportFixture::realArchive(u"several.tar"_s));
        QVERIFY(preview);
        QCOMPARE(preview->images.size(), 2);
        QCOMPARE(preview->images[0].names.size() + preview->images[1].names.size(), 3);
    }

    void tellsWhatIsThere()
    {
        QVERIFY(m_fixture->import(ImportFixture::realArchive(u"busybox.tar"_s)));
        const auto same = previewArchive(m_fixture->store(), ImportFixture::realArchive(u"busybox.oci"_s));
        QCOMPARE(same->images.first().layersPresent, 1);
        // Its lowest layer is busybox.
        const auto layers = previewArchive(m_fixture->store(), ImportFixture::realArchive(u"layers.tar"_s));
        QCOMPARE(layers->images.first().layersPresent, 1);
        QCOMPARE(layers->images.first().layers, 21);
    }

    void tellsTheCompression_data()
    {
        QTest::addColumn<QString>("compression");
        QTest::newRow("busybox.tar.gz") << u"gzip"_s;
        QTest::newRow("busybox.tar.zst") << u"zstd"_s;
        QTest::newRow("busybox.tar.xz") << u"xz"_s;
        QTest::newRow("busybox.tar.bz2") << u"bzip2"_s;
    }
    void tellsTheCompression()
    {
        QFETCH(QString, compression);
        const QString file = ImportFixture::realArchive(QString::fromLatin1(QTest::currentDataTag()));
        const auto preview = previewArchive(m_fixture->store(), file);
        QVERIFY(preview);
        QCOMPARE(preview->compression, compression);
        QCOMPARE(preview->size, QFileInfo(file).size());
        QVERIFY(preview->images.isEmpty());
    }

    void refusesWhatIsNoArchive_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("program") << u"/bin/sh"_s << ErrorCode::Corrupt;
        QTest::newRow("folder") << u"/usr/bin"_s << ErrorCode::Corrupt;
        QTest::newRow("device") << u"/dev/zero"_s << ErrorCode::InvalidArgument;
        QTest::newRow("absent") << u"/absent"_s << ErrorCode::NotFound;
        QTest::newRow("empty name") << QString() << ErrorCode::NotFound;
    }
    void refusesWhatIsNoArchive()
    {
        QFETCH(QString, file);
        QFETCH(ErrorCode, code);
        const auto preview = previewArchive(m_fixture->store(), file);
        QVERIFY(!preview);
        QVERIFY2(preview.error().code == code, preview.error().detail.c_str());
        QVERIFY2(preview.error().detail.contains(file.toStdString()), preview.error().detail.c_str());
    }

    void doesNotWaitForAPipe()
    {
        const QString pipe = m_fixture->path(u"pipe"_s);
        QCOMPARE(::mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
        const auto preview = previewArchive(m_fixture->store(), pipe);
        QVERIFY(!preview);
        QCOMPARE(preview.error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestPreviewArchive)
#include "tst_previewarchive.moc"
