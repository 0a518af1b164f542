// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"
#include "support/importfixture.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;
using berth::test::ImportFixture;

// What the terminal dialog proposes for a container, read from real images.
class TestOfferedCommands : public QObject {
    Q_OBJECT

private:
    ImportFixture m_fixture;
    QStringList m_created;

    ContainerInfo created(const QString &archive, const QString &image)
    {
        const auto imported = m_fixture.import(ImportFixture::realArchive(archive));
        if (!imported)
            return {};
        RunOptions options;
        options.image = image;
        auto container = createContainer(m_fixture.store(), options);
        if (!container)
            return {};
        m_created.append(container->id);
        return *container;
    }

private Q_SLOTS:
    void cleanup()
    {
        for (const QString &id : std::exchange(m_created, {}))
            QVERIFY(removeContainer(m_fixture.store(), id, {.force = true, .volumes = true}));
    }

    void theHostIsPrepared() { QVERIFY(prepareHost(m_fixture.store())); }

    void shellsComeBeforeClients()
    {
        const auto container = created(u"redis-docker.tar"_s, u"redis"_s);
        const auto commands = offeredCommands(m_fixture.store(), container.id);
        QVERIFY2(commands, commands ? "" : commands.error().detail.c_str());
        QCOMPARE(*commands, QStringList({u"bash"_s, u"sh"_s, u"redis-cli"_s}));
    }

    void whatTheImageDoesNotHaveIsNotOffered()
    {
        const auto container = created(u"busybox.tar"_s, u"busybox"_s);
        QCOMPARE(offeredCommands(m_fixture.store(), container.id).value(), QStringList({u"ash"_s, u"sh"_s}));
    }

    void whatTheContainerDeletedIsNotOffered()
    {
        const auto container = created(u"busybox.tar"_s, u"busybox"_s);
        const QString folder = m_fixture.dataPath(u"containers/%1/upper/bin"_s.arg(container.id));
        QVERIFY(QDir().mkpath(folder));
        // As overlay marks a deletion; anybody may make this one device.
        QCOMPARE(::mknod((folder + u"/ash"_s).toLocal8Bit().constData(), S_IFCHR, 0), 0);
        QCOMPARE(offeredCommands(m_fixture.store(), container.id).value(), QStringList{u"sh"_s});
    }

    void unknownContainers()
    {
        const auto commands = offeredCommands(m_fixture.store(), u"nobody"_s);
        QVERIFY(!commands);
        QCOMPARE(commands.error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestOfferedCommands)
#include "tst_offeredcommands.moc"
