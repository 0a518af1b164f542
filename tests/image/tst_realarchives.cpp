// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The archives that docker, podman, skopeo and buildah write; ./dev makes them with those tools.
#include "holder/holderlinks.h"
#include "support/importfixture.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>

using namespace berth;
using namespace Qt::StringLiterals;
using berth::test::ImportFixture;

namespace {

// The child of mergedTree(): root of the holder's namespaces, where the kernel merges the layers.
[[noreturn]] void listMerged(const HolderLinks &links, const QByteArray &layers, const QByteArray &lowerOption,
    const QByteArray &target, const QByteArray &output)
{
    const bool inside = ::setns(links.userNamespace.get(), CLONE_NEWUSER) == 0
        && ::setns(links.mountNamespace.get(), CLONE_NEWNS) == 0 && ::setresgid(0, 0, 0) == 0 && ::setresuid(0, 0, 0) == 0
        && ::unshare(CLONE_NEWNS) == 0;
    // Relative names, since the option has room for 4096 bytes only.
    if (!inside || ::chdir(layers.constData()) < 0
        || ::mount("overlay", target.constData(), "overlay", MS_RDONLY, lowerOption.constData()) < 0
        || ::chdir(target.constData()) < 0)
        ::_exit(errno);
    const int file = ::open(output.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    // The same question that tests/system/images.sh asked the tool that made the image.
    ::execlp("find", "find", ".", "-mindepth", "1", "(", "-path", "./bin", "-o", "-path", "./proc", "-o", "-path", "./sys", "-o",
        "-path", "./dev", ")", "-prune", "-o", "-printf", "%P\\t%y\\t%m\\t%U\\t%G\\t%s\\t%n\\t%l\\0", nullptr);
    ::_exit(127);
}

// Sizes and link counts of folders are the file system's own affair.
QList<QByteArray> comparable(const QByteArray &list)
{
    QList<QByteArray> lines;
    for (const QByteArray &line : list.split('\0')) {
        auto fields = line.split('\t');
        if (fields.size() != 8)
            continue;
        if (fields[1] == "d")
            fields[5] = fields[6] = "-";
        lines += fields.join('\t');
    }
    std::ranges::sort(lines);
    return lines;
}

} // namespace

class TestRealArchives : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImportFixture> m_fixture;

    QByteArray mergedTree(const ImageInfo &image)
    {
        const auto links = ensureHolder(m_fixture->paths().runtime.toStdString());
        QByteArray option = "userxattr,lowerdir=";
        for (qsizetype i = image.chainIds.size(); i-- > 0;)
            option += image.chainIds[i].hex().toLatin1() + (i > 0 ? "/tree:" : "/tree");
        QDir().mkpath(m_fixture->path(u"merged"_s));
        const QByteArray layers = m_fixture->dataPath(u"layers"_s).toLocal8Bit();
        const QByteArray target = m_fixture->path(u"merged"_s).toLocal8Bit();
        const QByteArray output = m_fixture->path(u"merged.list"_s).toLocal8Bit();
        const pid_t child = links ? ::fork() : -1;
        if (child == 0)
            listMerged(*links, layers, option, target, output);
        int status = -1;
        ::waitpid(child, &status, 0);
        QFile list(m_fixture->path(u"merged.list"_s));
        if (status != 0 || !list.open(QIODevice::ReadOnly))
            return "the layers cannot be merged: " + QByteArray::number(status);
        return list.readAll();
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ImportFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void imports_data()
    {
        QTest::addColumn<QStringList>("names");
        const QStringList redis{u"docker.io/library/redis:latest"_s};
        const QStringList busybox{u"docker.io/library/busybox:latest"_s};
        for (const char *name : {"redis-docker.tar", "redis-podman.tar", "redis-skopeo.tar", "redis-podman-oci.tar",
                 "redis-skopeo-oci.tar", "redis-buildah-oci.tar"})
            QTest::newRow(name) << redis;
        for (const char *name : {"busybox.tar", "busybox.tar.gz", "busybox.tar.zst", "busybox.tar.xz", "busybox.tar.bz2",
                 "busybox.oci", "busybox-zstd-oci.tar"})
            QTest::newRow(name) << busybox;
        QTest::newRow("multi-arch-oci.tar") << QStringList{u"docker.io/library/multi:latest"_s};
        QTest::newRow("layers.tar") << QStringList{u"docker.io/library/layers:latest"_s};
    }
    // In, again (nothing changes), and every layer out again to the byte.
    void imports()
    {
        QFETCH(QStringList, names);
        const QString file = ImportFixture::realArchive(QString::fromLatin1(QTest::currentDataTag()));
        const auto imported = m_fixture->import(file);
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        QCOMPARE(imported->size(), 1);
        const auto &first = imported->first();
        QCOMPARE(first.names, names);
        QCOMPARE(first.image.names, names);
        QVERIFY(!first.alreadyPresent);
        QCOMPARE(first.image.architecture, thisArchitecture());
        QVERIFY(first.image.size > 1'000'000);
        QCOMPARE(Digest::ofBytes(m_fixture->store().imageConfig(first.image.id).value()), first.image.id);
        QCOMPARE(m_fixture->packAll(first.image), QString());

        const auto before = m_fixture->contents();
        QVERIFY(before.size() > 50);
        const auto again = m_fixture->import(file);
        QVERIFY(again && again->first().alreadyPresent);
        QCOMPARE(again->first().image, first.image);
        QVERIFY(again->first().movedNames.isEmpty());
        QCOMPARE(m_fixture->contents(), before);
        QCOMPARE(m_fixture->garbage(), QStringList());
    }

    // One image is one image, whoever wrote its archive: what is there is not unpacked again.
    void formatsShareLayers()
    {
        const auto first = m_fixture->import(ImportFixture::realArchive(u"redis-podman.tar"_s));
        QVERIFY(first);
        const auto layers = ImportFixture::listing(m_fixture->dataPath(u"layers"_s));
        for (const auto *name :
            {"redis-skopeo.tar", "redis-docker.tar", "redis-podman-oci.tar", "redis-skopeo-oci.tar", "redis-buildah-oci.tar"}) {
            const auto other = m_fixture->import(ImportFixture::realArchive(QString::fromLatin1(name)));
            QVERIFY2(other, name);
            QCOMPARE(other->first().image.diffIds, first->first().image.diffIds);
            QCOMPARE(ImportFixture::listing(m_fixture->dataPath(u"layers"_s)), layers);
        }
    }

    void importsSeveralImages()
    {
        const auto imported = m_fixture->import(ImportFixture::realArchive(u"several.tar"_s));
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        QCOMPARE(imported->size(), 2);
        QStringList names;
        for (const auto &image : *imported) {
            names += image.names;
            QCOMPARE(m_fixture->packAll(image.image), QString());
        }
        names.sort();
        QCOMPARE(names,
            QStringList({u"docker.io/library/busybox:latest"_s, u"docker.io/library/busybox:stable"_s,
                u"docker.io/library/layers:latest"_s}));
        QCOMPARE(m_fixture->store().images()->size(), 2);
    }

    void readsStandardInput_data()
    {
        QTest::addColumn<QString>("archive");
        for (const char *name : {"busybox.tar", "busybox.tar.gz"})
            QTest::newRow(name) << ImportFixture::realArchive(QString::fromLatin1(name));
    }
    void readsStandardInput()
    {
        QFETCH(QString, archive);
        QProcess cat;
        QProcess load;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, m_fixture->path(u"data"_s));
        load.setProcessEnvironment(environment);
        cat.setStandardOutputProcess(&load);
        cat.start(u"cat"_s, {archive});
        load.start(u"berth"_s, {u"load"_s});
        QVERIFY(load.waitForFinished());
        QCOMPARE(load.readAllStandardError(), "");
        QVERIFY(load.readAllStandardOutput().contains("Loaded image: busybox:latest"));
        QVERIFY(cat.waitForFinished());
    }

    // What the kernel shows of the 21 layers is what buildah showed of them.
    void mergesIntoTheExpectedTree()
    {
        const auto imported = m_fixture->import(ImportFixture::realArchive(u"layers.tar"_s));
        QVERIFY(imported);
        const auto &image = imported->first().image;
        QCOMPARE(image.chainIds.size(), 21);
        QFile expected(ImportFixture::realArchive(u"layers.expected"_s));
        QVERIFY(expected.open(QIODevice::ReadOnly));
        const auto wanted = comparable(expected.readAll());
        QVERIFY(wanted.size() > 30);
        QCOMPARE(comparable(mergedTree(image)), wanted);
    }
};

QTEST_GUILESS_MAIN(TestRealArchives)
#include "tst_realarchives.moc"
