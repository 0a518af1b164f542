// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Deleting trees that a container could have made to resist.
#include "support/layerfixture.h"
#include "support/tarwriter.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;
using berth::test::LayerFixture;
using berth::test::TarWriter;

class TestRemove : public QObject {
    Q_OBJECT

private:
    LayerFixture m_fixture;

    // "" or why not. What is asked for is below work/.
    std::string remove(const std::vector<std::string> &names)
    {
        const UniqueFd folder(::open(m_fixture.path(u"work"_s).toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        const int fds[] = {folder.get()};
        auto link = m_fixture.start()();
        NoProgress progress;
        const auto reply = link ? link->ask(layerer::Remove{names, false}, fds, progress, 0) : std::unexpected(link.error());
        return reply ? std::string() : reply.error().detail;
    }
    bool exists(const QString &name) const
    {
        struct stat status = {};
        return ::lstat(m_fixture.path(u"work/"_s + name).toLocal8Bit().constData(), &status) == 0;
    }

private Q_SLOTS:
    void removesWhatItIsGiven()
    {
        for (const auto &name : {u"one"_s, u"two"_s, u"kept"_s})
            QCOMPARE(m_fixture.unpack(name, TarWriter().folder("a/b/").file("a/b/c", "x").link("l", "/").bytes()).error, "");
        QCOMPARE(remove({"one", "two", "absent"}), "");
        QVERIFY(!exists(u"one"_s) && !exists(u"two"_s));
        QVERIFY(exists(u"kept/tree/a/b/c"_s));
    }

    void removesForeignAndClosedFolders()
    {
        const auto tar =
            TarWriter()
                .add({.name = "d", .content = {}, .type = '5', .link = {}, .mode = 0, .uid = 1000, .pax = {}})
                .file("d/x", "x", 0)
                .add({.name = "d/e", .content = {}, .type = '5', .link = {}, .mode = 01000, .uid = 5, .gid = 6, .pax = {}})
                .file("d/e/y", "y")
                .bytes();
        QCOMPARE(m_fixture.unpack(u"closed"_s, tar).error, "");
        QCOMPARE(remove({"closed"}), "");
        QVERIFY(!exists(u"closed"_s));
    }

    // No path reaches the bottom, and neither do a process's descriptors.
    void removesFoldersDeeperThanAnyPath()
    {
        m_fixture.layerFolder(u"deep"_s);
        UniqueFd folder(::open(m_fixture.path(u"work/deep"_s).toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        for (int i = 0; i < 3000; ++i) {
            QVERIFY(::mkdirat(folder.get(), "d", 0700) == 0 && ::symlinkat("/", folder.get(), "l") == 0);
            folder.reset(::openat(folder.get(), "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        }
        QCOMPARE(remove({"deep"}), "");
        QVERIFY(!exists(u"deep"_s));
        QVERIFY(QDir(m_fixture.path(u"work"_s)).entryList({u".deep-*"_s}, QDir::AllEntries | QDir::Hidden).isEmpty());
    }

    void doesNotFollowLinks()
    {
        m_fixture.layerFolder(u"links"_s);
        m_fixture.write(u"canary"_s, "alive");
        const QString work = m_fixture.path(u"work/"_s);
        QVERIFY(QFile::link(m_fixture.path(), work + u"links/up"_s));
        QVERIFY(QFile::link(m_fixture.path(), work + u"top"_s));
        QCOMPARE(remove({"links", "top"}), "");
        QVERIFY(!exists(u"links"_s) && !exists(u"top"_s));
        QVERIFY(QFile::exists(m_fixture.path(u"canary"_s)));
    }

    void refusesNamesThatLeadElsewhere_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", ".", "..", "a/b", "/etc", "../canary"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void refusesNamesThatLeadElsewhere()
    {
        QFETCH(QString, name);
        const auto error = remove({name.toStdString()});
        QVERIFY2(error.contains("not an entry"), error.c_str());
    }
};

QTEST_GUILESS_MAIN(TestRemove)
#include "tst_remove.moc"
