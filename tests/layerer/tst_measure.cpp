// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes of trees that other ids own and that a container could have made to mislead.
#include "support/layerfixture.h"
#include "support/tarwriter.h"

#include <QTest>

#include <csignal>
#include <set>

#include <sys/wait.h>

using namespace berth;
using namespace Qt::StringLiterals;
using berth::test::LayerFixture;
using berth::test::TarWriter;

class TestMeasure : public QObject {
    Q_OBJECT

private:
    LayerFixture m_fixture;

    Result<std::vector<std::uint64_t>> measure(
        const std::vector<std::string> &names, const std::string &inside = "tree", const std::vector<std::string> &without = {})
    {
        const UniqueFd folder(::open(m_fixture.path(u"work"_s).toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        const int fds[] = {folder.get()};
        auto link = m_fixture.start()();
        NoProgress progress;
        const auto reply = link ? link->ask(layerer::Measure{names, inside, without}, fds, progress, 0)
                                : std::unexpected(link.error());
        if (!reply)
            return std::unexpected(reply.error());
        return std::get<layerer::Measured>(*reply).sizes;
    }

private Q_SLOTS:
    void bytesOfFilesCount()
    {
        QCOMPARE(
            m_fixture.unpack(u"some"_s, TarWriter().folder("a/").file("a/b", "12345").file("c", "").file("d", "x").bytes()).error,
            "");
        QCOMPARE(m_fixture.unpack(u"none"_s, TarWriter().folder("a/").bytes()).error, "");
        const std::vector<std::uint64_t> expected{6, 0, 0};
        QCOMPARE(measure({"some", "none", "absent"}).value(), expected);
        QCOMPARE(measure({}).value(), std::vector<std::uint64_t>());
    }

    void aFileWithSeveralNamesCountsOnce()
    {
        m_fixture.layerFolder(u"links/tree/sub"_s);
        const QByteArray tree = m_fixture.path(u"work/links/tree/"_s).toLocal8Bit();
        m_fixture.write(u"work/links/tree/a"_s, "0123456789");
        QCOMPARE(::link((tree + "a").constData(), (tree + "sub/b").constData()), 0);
        QCOMPARE(::link((tree + "a").constData(), (tree + "c").constData()), 0);
        QCOMPARE(measure({"links"}).value(), std::vector<std::uint64_t>{10});
    }

    void linksAreNotFollowed()
    {
        m_fixture.layerFolder(u"symbolic/tree"_s);
        m_fixture.write(u"big"_s, std::string(100'000, 'x'));
        const QString tree = m_fixture.path(u"work/symbolic/tree/"_s);
        QCOMPARE(::symlink("/", (tree + u"root"_s).toLocal8Bit().constData()), 0);
        QCOMPARE(::symlink("../../../big", (tree + u"b"_s).toLocal8Bit().constData()), 0);
        QCOMPARE(measure({"symbolic"}).value(), std::vector<std::uint64_t>{1 + 12}); // their own length, as Docker counts
        QCOMPARE(::symlink("symbolic", m_fixture.path(u"work/top"_s).toLocal8Bit().constData()), 0);
        QCOMPARE(::symlink("symbolic/tree", m_fixture.path(u"work/inner"_s).toLocal8Bit().constData()), 0);
        QCOMPARE(measure({"top"}).value(), std::vector<std::uint64_t>{0});
        QCOMPARE(measure({"inner"}, "").value(), std::vector<std::uint64_t>{0});
    }

    void ourOwnFilesDoNot()
    {
        QCOMPARE(
            m_fixture.unpack(u"own"_s, TarWriter().folder("etc/").link("etc/mtab", "/proc/mounts").file("etc/f", "1").bytes())
                .error,
            "");
        QCOMPARE(measure({"own"}).value(), std::vector<std::uint64_t>{1 + 12});
        QCOMPARE(
            measure({"own"}, "tree", {"etc/mtab", "etc/absent", "absent/f", "f", "../x"}).value(), std::vector<std::uint64_t>{1});
    }

    void foreignAndClosedFoldersCount()
    {
        const auto tar =
            TarWriter()
                .add({.name = "d", .content = {}, .type = '5', .link = {}, .mode = 0, .uid = 1000, .pax = {}})
                .file("d/x", "1234", 0)
                .add({.name = "d/e", .content = {}, .type = '5', .link = {}, .mode = 0, .uid = 5, .gid = 6, .pax = {}})
                .file("d/e/y", "123")
                .bytes();
        QCOMPARE(m_fixture.unpack(u"closed"_s, tar).error, "");
        QCOMPARE(measure({"closed"}).value(), std::vector<std::uint64_t>{7});
    }

    void foldersDeeperThanAnyPathCount()
    {
        UniqueFd folder = m_fixture.layerFolder(u"deep/tree"_s);
        for (int i = 0; i < 3000; ++i) {
            QCOMPARE(::mkdirat(folder.get(), "d", 0700), 0);
            const UniqueFd file(::openat(folder.get(), "f", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
            QCOMPARE(::write(file.get(), "ab", 2), 2);
            folder.reset(::openat(folder.get(), "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        }
        QCOMPARE(measure({"deep"}).value(), std::vector<std::uint64_t>{6000});
    }

    // A container that works in there meanwhile leads nobody astray and keeps nobody.
    void treesThatChangeMeanwhile()
    {
        m_fixture.layerFolder(u"busy/tree/kept"_s);
        m_fixture.write(u"work/busy/tree/kept/f"_s, "123");
        const UniqueFd tree = m_fixture.layerFolder(u"busy/tree"_s);
        const pid_t child = ::fork();
        if (child == 0) {
            for (;;) {
                ::mkdirat(tree.get(), "a", 0700);
                ::mkdirat(tree.get(), "a/b", 0700);
                ::renameat(tree.get(), "a/b", tree.get(), "c");
                ::symlinkat("/", tree.get(), "b");
                ::unlinkat(tree.get(), "c", AT_REMOVEDIR);
                ::unlinkat(tree.get(), "a", AT_REMOVEDIR);
                ::unlinkat(tree.get(), "b", 0);
            }
        }
        std::set<std::uint64_t> sizes;
        for (int i = 0; i < 100; ++i) {
            const auto measured = measure({"busy"});
            sizes.insert(measured ? measured->front() : ~0ULL);
        }
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        for (const auto size : sizes)
            QVERIFY2(size == 3 || size == 4, qPrintable(QString::number(size))); // 4: with the link
    }

    void namesThatLeadElsewhereAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", ".", "..", "a/b", "/etc"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void namesThatLeadElsewhereAreRefused()
    {
        QFETCH(QString, name);
        m_fixture.layerFolder(u"plain/tree"_s);
        QVERIFY(measure({"plain"}).has_value());
        const auto asName = measure({name.toStdString()});
        QVERIFY(!asName && asName.error().detail.contains("not an entry"));
        if (name.isEmpty())
            return; // as inside it means the entry itself
        const auto asInside = measure({"plain"}, name.toStdString());
        QVERIFY(!asInside && asInside.error().detail.contains("not an entry"));
    }
};

QTEST_GUILESS_MAIN(TestMeasure)
#include "tst_measure.moc"
