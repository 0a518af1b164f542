// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Failures of other engines that images can cause, one test each. The number is the row of our table of them.
#include "support/importfixture.h"

#include <QElapsedTimer>

#include <atomic>
#include <thread>

#include <sys/stat.h>

using namespace berth;
using namespace Qt::StringLiterals;
using namespace berth::test;

namespace {

MadeImage imageWith(const std::string &layer, const QString &name = u"known:1"_s) { return {.layers = {layer}, .names = {name}}; }

std::string folderName(int number) { return "d" + std::to_string(number); }

// Replaces folders of every layer that is being unpacked by links that lead outside, and back, as fast
// as it can.
class Swapper {
public:
    Swapper(QString staging, QByteArray target)
        : m_staging(std::move(staging)), m_target(std::move(target)), m_thread([this] { run(); })
    {
    }
    ~Swapper() { stop(); }
    int stop()
    {
        m_stopped = true;
        if (m_thread.joinable())
            m_thread.join();
        return m_swaps;
    }

private:
    void run()
    {
        while (!m_stopped) {
            for (const QString &import : QDir(m_staging).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
                const QDir folder(m_staging + u'/' + import);
                for (const QString &layer : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
                    swapAll(folder.filePath(layer + u"/tree"_s).toLocal8Bit());
            }
        }
    }
    void swapAll(const QByteArray &tree)
    {
        const UniqueFd folder(::open(tree.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!folder)
            return;
        if (::symlinkat(m_target.constData(), folder.get(), "swap") < 0 && errno != EEXIST)
            return;
        for (int i = 0; i < 40 && !m_stopped; ++i) {
            const std::string name = folderName(i);
            if (::renameat2(folder.get(), "swap", folder.get(), name.c_str(), RENAME_EXCHANGE) < 0)
                continue;
            ++m_swaps;
            ::renameat2(folder.get(), "swap", folder.get(), name.c_str(), RENAME_EXCHANGE);
        }
    }

    QString m_staging;
    QByteArray m_target;
    std::atomic<bool> m_stopped = false;
    int m_swaps = 0;
    std::thread m_thread;
};

} // namespace

class TestKnownFailures : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImportFixture> m_fixture;

    QString treeOf(const ImageInfo &image, qsizetype layer = 0) const
    {
        return m_fixture->dataPath(u"layers/"_s + image.chainIds[layer].hex() + u"/tree/"_s);
    }
    std::string outside(const QString &name = {}) const { return m_fixture->path(u"outside/"_s + name).toStdString(); }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ImportFixture>(); }
    void cleanup()
    {
        QVERIFY(m_fixture->isOutsideUntouched());
        m_fixture.reset();
    }

    // containerd CVE-2021-32760: modes were set through links.
    void row33_modesDoNotFollowLinks()
    {
        const auto canary = outside(u"canary"_s);
        const auto layer = TarWriter()
                               .link("l", canary)
                               .add({.name = "l2", .content = {}, .type = '2', .link = canary, .mode = 0777, .uid = 7, .pax = {}})
                               .hardLink("h", "l")
                               .add({.name = "h", .content = {}, .type = '1', .link = "l2", .mode = 04777, .uid = 9, .pax = {}})
                               .link("d", outside(u"folder"_s))
                               .folder("d", 01777)
                               .link("e", outside(u"folder"_s))
                               .add({.name = "e/", .content = {}, .type = '5', .link = {}, .mode = 0777, .uid = 5, .pax = {}})
                               .add({.name = "p",
                                   .content = {},
                                   .type = '2',
                                   .link = canary,
                                   .pax = {{"SCHILY.xattr.user.x", "y"}, {"mtime", "1"}}})
                               .bytes();
        const auto imported = m_fixture->importBytes(dockerArchive({imageWith(layer)}));
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        struct stat status = {};
        QCOMPARE(::lstat((treeOf(imported->first().image) + u"d"_s).toLocal8Bit().constData(), &status), 0);
        QCOMPARE(status.st_mode, S_IFDIR | 01777U);
    }

    // containerd CVE-2025-47290: a folder became a link between check and use.
    void row37_parallelUnpackWithSwapper()
    {
        int swaps = 0;
        for (int round = 0; round < 20 && swaps < 2000; ++round) {
            MadeImage image{.layers = {}, .names = {u"swapped:1"_s}};
            for (int layer = 0; layer < 3; ++layer) {
                TarWriter writer;
                for (int i = 0; i < 4000; ++i)
                    writer.file(folderName(i * 7 % 40) + "/canary", std::to_string(round * 10 + layer), 0777);
                writer.folder(folderName(3) + "/", 0777);
                image.layers.push_back(writer.bytes());
            }
            Swapper swapper(m_fixture->dataPath(u"staging"_s), QByteArray::fromStdString(outside(u"folder"_s)));
            // It may notice and fail, or not be hit at all.
            (void)m_fixture->importBytes(dockerArchive({image}));
            swaps += swapper.stop();
            QVERIFY(m_fixture->isOutsideUntouched());
        }
        QVERIFY2(swaps >= 2000, qPrintable(QString::number(swaps)));
    }

    // containerd CVE-2026-53488: a label of the image was taken for the engine's own word.
    void row38_labelsStayTheImagesOwn()
    {
        QJsonObject labels;
        for (const QString &name : {u"berth.helper"_s, u"io.containerd.image.name"_s, u"org.opencontainers.image.ref.name"_s,
                 u"name"_s, u"'); DROP TABLE images; --"_s, u"line\nbreak"_s, QString()})
            labels[name] = u"docker.io/library/evil:1"_s;
        auto image = imageWith(TarWriter().file("a", "a").bytes(), {});
        image.names.clear();
        image.settings = {{u"Labels"_s, labels},
            {u"Env"_s, QJsonArray{u"XDG_DATA_HOME=/tmp"_s, u"LD_PRELOAD=/evil.so"_s, u"BERTH_STORE=/"_s}},
            {u"Privileged"_s, true}, {u"names"_s, QJsonArray{u"evil:1"_s}}};
        Members members;
        auto descriptor = putImage(members, image);
        // The annotation of a manifest inside is not the list's, either.
        descriptor[u"annotations"_s] = QJsonObject{
            {u"berth.name"_s, u"evil:1"_s}, {u"org.opencontainers.image.title"_s, u"evil:1"_s}};
        putTopIndex(members, {descriptor});
        const auto imported = m_fixture->importBytes(tarOf(members));
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        QCOMPARE(imported->first().image.names, QStringList());
        QVERIFY(!m_fixture->store().findImage(u"evil:1"_s));
        QCOMPARE(m_fixture->store().images()->size(), 1);
        QCOMPARE(imported->first().image.config.labels.size(), labels.size());
        QCOMPARE(imported->first().image.config.environment.size(), 3);
        QCOMPARE(qEnvironmentVariable("LD_PRELOAD"), QString());
    }

    // containerd CVE-2026-53489, -53492, -50195: what came along in an import was obeyed.
    void row39_importsAreNotTrusted()
    {
        const auto victim = imageWith(TarWriter().file("a", "victim").bytes(), u"victim:1"_s);
        QVERIFY(m_fixture->importBytes(dockerArchive({victim})));
        auto image = imageWith(TarWriter().file("a", "x").bytes(), {});
        image.names = {u"victim@"_s + victim.id(), u"ours:1"_s};
        image.settings = {{u"Cmd"_s, QJsonArray{u"x"_s}}, {u"HostConfig"_s, QJsonObject{{u"Privileged"_s, true}}},
            {u"Devices"_s, QJsonArray{u"/dev/sda"_s}}, {u"Mounts"_s, QJsonArray{u"/:/host"_s}}, {u"LogPath"_s, u"/etc/passwd"_s}};
        auto members = dockerMembers({image});
        QJsonArray list = QJsonDocument::fromJson(members.last().second).array();
        QJsonObject item = list[0].toObject();
        item[u"Parent"_s] = victim.id();
        item[u"LayerSources"_s] = QJsonObject{
            {digestOf(image.layers[0]).text(), QJsonObject{{u"urls"_s, QJsonArray{u"file:///etc/passwd"_s}}}}};
        list[0] = item;
        members.last().second = jsonOf(list);
        const auto archive = TarWriter()
                                 .link("container.log", outside(u"canary"_s))
                                 .link("ctr.log", "/etc/passwd")
                                 .file("spec.dump", "{}")
                                 .file("config.dump", "{}")
                                 .raw(tarOf(members))
                                 .bytes();
        const auto imported = m_fixture->importBytes(archive);
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        ImageConfig expected;
        expected.command = {u"x"_s};
        QCOMPARE(imported->first().image.config, expected);
        // A digest in a name is a claim, and names nothing.
        QCOMPARE(imported->first().image.names, QStringList{u"docker.io/library/ours:1"_s});
        QCOMPARE(m_fixture->store().findImage(u"victim:1"_s)->id.text(), victim.id());
    }

    // containerd CVE-2026-47262, podman CVE-2024-9676: /etc/passwd was endless or never answered.
    void row40_passwdMayBeAnything_data()
    {
        QTest::addColumn<std::string>("layer");
        const TarMember pipe{.name = "etc/passwd", .content = {}, .type = '6', .link = {}, .pax = {}};
        QTest::newRow("FIFO") << TarWriter().add(pipe).bytes();
        QTest::newRow("10 GB of nothing") << TarWriter()
                                                 .add({.name = "etc/passwd",
                                                     .content = "root",
                                                     .link = {},
                                                     .pax = {{"GNU.sparse.size", "10737418240"}, {"GNU.sparse.map", "0,4"}}})
                                                 .bytes();
        QTest::newRow("link to the host") << TarWriter().link("etc/passwd", "/etc/shadow").bytes();
        QTest::newRow("folder") << TarWriter().folder("etc/passwd/").bytes();
    }
    void row40_passwdMayBeAnything()
    {
        QFETCH(std::string, layer);
        QElapsedTimer timer;
        timer.start();
        const QString archive = m_fixture->write(u"archive.tar"_s, dockerArchive({imageWith(layer)}));
        const auto imported = m_fixture->import(archive);
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        QCOMPARE(m_fixture->packAll(imported->first().image), QString());
        struct stat status = {};
        QCOMPARE(::lstat((treeOf(imported->first().image) + u"etc/passwd"_s).toLocal8Bit().constData(), &status), 0);
        QVERIFY2(status.st_blocks < 100, "holes are kept");
        // A hard link to it in another layer copies it; holes stay holes there, too.
        auto above = imageWith(layer);
        above.layers.push_back(TarWriter().hardLink("copy", "etc/passwd").bytes());
        const auto linked = m_fixture->importBytes(dockerArchive({above}));
        if (linked) {
            QCOMPARE(::lstat((treeOf(linked->first().image, 1) + u"copy"_s).toLocal8Bit().constData(), &status), 0);
            QVERIFY2(status.st_blocks < 100, "holes are kept");
            QCOMPARE(m_fixture->packAll(linked->first().image), QString());
        } else {
            QVERIFY2(linked.error().detail.contains("copy"), linked.error().detail.c_str());
        }
        QVERIFY2(timer.elapsed() < 20'000, "it neither waits for a writer nor reads 10 GB");
    }

    // Go's os.Root, CVE-2026-39822: a slash at the end of a name led outside.
    void row77_namesDoNotLeadOutside()
    {
        const std::string folder = outside(u"folder"_s);
        const std::vector<std::string> names{"l/", "l//", "l/.", "l/./", "l/..", "l/../", "l/../canary", "l/canary", "l/canary/",
            "m/", "m/folder/", "m/folder/canary", "", "/", "//", ".", "..", "../", "./..", "a/../..", "/..", "/../",
            "l/../../../../../../../../../../etc/x", std::string(4096, 'a'), std::string("l/\0x", 4),
            "proc/self/root" + folder + "/canary", folder + "/", folder + "/canary/", "l/new", "l/new/"};
        int accepted = 0;
        int refused = 0;
        for (const auto &name : names) {
            for (const char type : {'0', '1', '2', '5', '6'}) {
                TarWriter writer;
                writer.link("l", folder).link("m", outside()).link("proc/self/root", "/");
                // Hard links are tried with the name as their target, the others with it as their own.
                const bool isLink = type == '1';
                writer.add({.name = "x",
                    .content = type == '0' ? "dead" : "",
                    .type = type,
                    .link = "canary",
                    .mode = 0777,
                    .pax = {{isLink ? "linkpath" : "path", name}}});
                const auto outcome = m_fixture->unpack(u"row77-%1"_s.arg(accepted + refused), writer.bytes());
                outcome.error.empty() ? ++accepted : ++refused;
            }
            QVERIFY2(m_fixture->isOutsideUntouched(), name.c_str());
        }
        QVERIFY2(accepted > 20 && refused > 20, qPrintable(u"%1 accepted, %2 refused"_s.arg(accepted).arg(refused)));
    }
};

QTEST_GUILESS_MAIN(TestKnownFailures)
#include "tst_knownfailures.moc"
