// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Shapes of archives that the tools here do not write, or no longer write.
#include "support/importfixture.h"

using namespace berth;
using namespace Qt::StringLiterals;
using namespace berth::test;

namespace {

const QString foreign = thisArchitecture() == "riscv64"_L1 ? u"amd64"_s : u"riscv64"_s;

MadeImage made(const QString &name, const std::string &content)
{
    return {.layers = {TarWriter().folder("bin/").file("bin/base", "base").bytes(), TarWriter().file("own", content).bytes()},
        .names = name.isEmpty() ? QStringList() : QStringList{name}};
}

} // namespace

class TestMadeArchives : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImportFixture> m_fixture;

    // The ids of the images that an import gave, sorted, or what went wrong.
    QStringList ids(const Result<QList<ImportedImage>> &imported)
    {
        if (!imported)
            return {QString::fromStdString(imported.error().detail)};
        QStringList list;
        for (const auto &image : *imported)
            list += image.image.id.text();
        list.sort();
        return list;
    }
    static QStringList sorted(QStringList list)
    {
        list.sort();
        return list;
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ImportFixture>(); }
    void cleanup() { m_fixture.reset(); }

    // docker 1.10 to 24. The base layer is a link into the folder of the other image's.
    void importsOldDockerArchives()
    {
        const auto a = made(u"old/a:1"_s, "a");
        const auto b = made(u"old/b:2"_s, "b");
        const auto imported = m_fixture->importBytes(oldDockerArchive({a, b}));
        QCOMPARE(ids(imported), sorted({a.id(), b.id()}));
        QCOMPARE(imported->at(1).names, QStringList{u"docker.io/old/b:2"_s});
        QCOMPARE(imported->at(0).image.chainIds.first(), imported->at(1).image.chainIds.first());
        QCOMPARE(m_fixture->packAll(imported->at(0).image), QString());
        QCOMPARE(m_fixture->packAll(imported->at(1).image), QString());
    }

    // Before 1.10 there was no configuration with digests, so nothing could be verified.
    void refusesTheOldestDockerArchives()
    {
        const auto imported = m_fixture->importBytes(TarWriter()
                .folder("abc/")
                .file("abc/VERSION", "1.0")
                .file("abc/json", "{}")
                .file("abc/layer.tar", "")
                .file("repositories", R"({"old":{"latest":"abc"}})")
                .bytes());
        QVERIFY(!imported);
        QCOMPARE(imported.error().code, ErrorCode::Unsupported);
        QVERIFY2(imported.error().detail.contains("older than 1.10"), imported.error().detail.c_str());
    }

    void acceptsNamesWithDots()
    {
        const auto image = made(u"dots:1"_s, "x");
        TarWriter writer;
        for (const auto &[name, content] : dockerMembers({image}))
            writer.file("./" + name.toStdString(), content.toStdString());
        QCOMPARE(ids(m_fixture->importBytes(writer.bytes())), QStringList{image.id()});
    }

    void importsSeveralNamesAndNone()
    {
        auto image = made(QString(), "x");
        image.names = {u"one:1"_s, u"reg.example:5000/two"_s, u"one:1"_s};
        const auto imported = m_fixture->importBytes(dockerArchive({image, made(QString(), "unnamed")}));
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        QCOMPARE(imported->at(0).image.names, QStringList({u"docker.io/library/one:1"_s, u"reg.example:5000/two:latest"_s}));
        QCOMPARE(imported->at(1).image.names, QStringList());
    }

    void movesNames()
    {
        const auto older = made(u"app:latest"_s, "older");
        const auto newer = made(u"app:latest"_s, "newer");
        QCOMPARE(ids(m_fixture->importBytes(dockerArchive({older}))), QStringList{older.id()});
        const auto imported = m_fixture->importBytes(dockerArchive({newer}));
        QVERIFY(imported);
        QCOMPARE(imported->first().movedNames, QStringList{u"docker.io/library/app:latest"_s});
        QCOMPARE(m_fixture->store().findImage(u"app"_s)->id.text(), newer.id());
        QVERIFY(m_fixture->store().findImage(older.id())->names.isEmpty());
        // Back again, from an image that is there.
        const auto back = m_fixture->importBytes(dockerArchive({older}));
        QVERIFY(back && back->first().alreadyPresent);
        QCOMPARE(back->first().movedNames, QStringList{u"docker.io/library/app:latest"_s});
        QCOMPARE(m_fixture->store().findImage(u"app"_s)->id.text(), older.id());
    }

    void unpacksOnlyWhatIsMissing()
    {
        QVERIFY(m_fixture->importBytes(dockerArchive({made(u"a:1"_s, "a")})));
        // The base layer is not even looked at: its bytes are wrong here.
        auto image = made(u"b:1"_s, "b");
        image.stored = {"not the layer", image.layers[1]};
        const auto imported = m_fixture->importBytes(dockerArchive({image}));
        QCOMPARE(ids(imported), QStringList{image.id()});
        QCOMPARE(m_fixture->packAll(imported->first().image), QString());
    }

    void importsAnImageWithoutLayers()
    {
        const MadeImage image{.layers = {}, .names = {u"empty:1"_s}};
        QCOMPARE(ids(m_fixture->importBytes(dockerArchive({image}))), QStringList{image.id()});
    }

    void countsWhatItLeftOut()
    {
        const MadeImage image{.layers = {TarWriter()
                                      .add({.name = "null", .content = {}, .type = '3', .link = {}, .pax = {}})
                                      .hardLink("zero", "null")
                                      .add({.name = "big", .content = "x", .link = {}, .uid = 4'000'000'000, .pax = {}})
                                      .bytes()},
            .names = {u"devices:1"_s}};
        const auto imported = m_fixture->importBytes(dockerArchive({image}));
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        QCOMPARE(imported->first().skippedDevices, 2);
        QCOMPARE(imported->first().changedOwners, 1);
        QCOMPARE(m_fixture->packAll(imported->first().image), QString());
    }

    // A hard link to a file of another layer of the same archive.
    void linksAcrossLayers()
    {
        const MadeImage image{
            .layers = {TarWriter().file("bin/tool", "tool", 0755).bytes(), TarWriter().hardLink("bin/alias", "bin/tool").bytes(),
                TarWriter().hardLink("bin/third", "bin/alias").bytes()},
            .names = {u"links:1"_s}};
        const auto imported = m_fixture->importBytes(dockerArchive({image}));
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        QFile third(m_fixture->dataPath(u"layers/"_s + imported->first().image.chainIds[2].hex() + u"/tree/bin/third"_s));
        QVERIFY(third.open(QIODevice::ReadOnly));
        QCOMPARE(third.readAll(), "tool");
        QCOMPARE(m_fixture->packAll(imported->first().image), QString());
        QCOMPARE(m_fixture->garbage(), QStringList());
    }

    // ---- OCI ------------------------------------------------------------------------------------
    void takesThisMachinesImageOfAnIndex()
    {
        auto other = made(u"multi:1"_s, "other");
        other.architecture = foreign;
        const auto own = made(u"multi:1"_s, "own");
        Members members;
        auto index = putIndex(
            members, {onPlatform(putImage(members, other), foreign), onPlatform(putImage(members, own), thisArchitecture())});
        index[u"annotations"_s] = QJsonObject{{u"io.containerd.image.name"_s, u"docker.io/library/multi:1"_s}};
        putTopIndex(members, {index});
        const auto imported = m_fixture->importBytes(tarOf(members));
        QCOMPARE(ids(imported), QStringList{own.id()});
        QCOMPARE(imported->first().names, QStringList{u"docker.io/library/multi:1"_s});
    }

    // Several images without names, each for several platforms: all of them are wanted.
    void importsEveryImageWithoutAName()
    {
        Members members;
        QJsonArray top;
        QStringList wanted;
        for (const std::string content : {"first", "second"}) {
            auto other = made(QString(), "foreign " + content);
            other.architecture = foreign;
            const auto own = made(QString(), content);
            wanted += own.id();
            top += putIndex(
                members, {onPlatform(putImage(members, other), foreign), onPlatform(putImage(members, own), thisArchitecture())});
        }
        const auto third = made(QString(), "third");
        const auto fourth = made(QString(), "fourth");
        top += onPlatform(putImage(members, third), thisArchitecture());
        top += onPlatform(putImage(members, fourth), thisArchitecture());
        putTopIndex(members, top);
        QCOMPARE(ids(m_fixture->importBytes(tarOf(members))), sorted(wanted + QStringList{third.id(), fourth.id()}));
    }

    void passesOverWhatIsNoImage()
    {
        const auto image = made(u"signed:1"_s, "x");
        Members members;
        const auto config = putBlob(members, "{}", u"application/vnd.example.chart.config"_s);
        const auto chart = putBlob(members,
            jsonOf(QJsonObject{{u"schemaVersion"_s, 2}, {u"config"_s, config}, {u"layers"_s, QJsonArray()}}),
            u"application/vnd.oci.image.manifest.v1+json"_s);
        auto attestation = putBlob(members, "{}", u"application/vnd.oci.image.manifest.v1+json"_s);
        attestation[u"platform"_s] = QJsonObject{{u"os"_s, u"unknown"_s}, {u"architecture"_s, u"unknown"_s}};
        putTopIndex(members, {chart, attestation, putImage(members, image)});
        QCOMPARE(ids(m_fixture->importBytes(tarOf(members))), QStringList{image.id()});
    }

    void readsLayoutFolders()
    {
        const auto image = made(u"docker.io/library/folder:1"_s, "x");
        const auto imported = m_fixture->import(m_fixture->writeFolder(u"layout"_s, ociMembers({image})));
        QCOMPARE(ids(imported), QStringList{image.id()});
        QCOMPARE(m_fixture->packAll(imported->first().image), QString());
    }

    // ---- progress -------------------------------------------------------------------------------
    void tellsBytes_data()
    {
        QTest::addColumn<QString>("archive");
        for (const char *name : {"busybox.tar", "redis-podman-oci.tar", "busybox.tar.gz", "busybox.oci"})
            QTest::newRow(name) << ImportFixture::realArchive(QString::fromLatin1(name));
    }
    void tellsBytes()
    {
        QFETCH(QString, archive);
        class Recording final : public Progress {
        public:
            void report(qint64 done, qint64 total) override { steps += {done, total}; }
            [[nodiscard]] bool isCancelled() const override { return false; }
            QList<std::pair<qint64, qint64>> steps;
        } progress;
        QVERIFY(importArchive(m_fixture->store(), archive, progress));
        double last = 0;
        for (const auto &[done, total] : progress.steps) {
            QVERIFY2(total > 0 && done >= 0 && done <= total, qPrintable(u"%1 of %2"_s.arg(done).arg(total)));
            const double share = static_cast<double>(done) / static_cast<double>(total);
            QVERIFY2(share >= last, qPrintable(u"%1 after %2"_s.arg(share).arg(last)));
            last = share;
        }
        QCOMPARE(last, 1.0);
        if (archive.endsWith(".tar"_L1))
            QCOMPARE(progress.steps.last().second, QFileInfo(archive).size());
    }
};

QTEST_GUILESS_MAIN(TestMadeArchives)
#include "tst_madearchives.moc"
