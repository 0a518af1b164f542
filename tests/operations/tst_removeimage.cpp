// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of `docker rmi`, with real images and containers. Source: moby, daemon/images/image_delete.go.
#include "operations/containeroperations.h"
#include "operations/diskusage.h"
#include "support/importfixture.h"

using namespace berth;
using namespace Qt::StringLiterals;
using namespace berth::test;

class TestRemoveImage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImportFixture> m_fixture;
    Digest m_busybox;

    Store &store() { return m_fixture->store(); }

    QString create()
    {
        RunOptions options;
        options.image = u"busybox"_s;
        options.command = {u"sleep"_s, u"1000"_s};
        const auto container = createContainer(store(), options);
        return container ? container->shortId() : u"!"_s + QString::fromStdString(container.error().detail);
    }
    static MadeImage made(const QString &name, const std::string &own)
    {
        return {.layers = {TarWriter().file("base", "base").bytes(), TarWriter().file("own", own).bytes()}, .names = {name}};
    }

    // What is refused changes nothing, and the sentence has these words.
    void checkRefused(const QString &nameOrId, bool force, const QStringList &words)
    {
        const auto before = m_fixture->contents();
        const auto removed = removeImage(store(), nameOrId, force);
        QVERIFY(!removed);
        QVERIFY2(removed.error().code == ErrorCode::WrongState, removed.error().detail.c_str());
        for (const QString &word : words)
            QVERIFY2(QString::fromStdString(removed.error().detail).contains(word), removed.error().detail.c_str());
        QCOMPARE(m_fixture->contents(), before);
    }

    // What a forced removal leaves for a stopped container, and that it goes with it.
    void checkForgotten(const QString &container)
    {
        QVERIFY(store().images()->isEmpty());
        QVERIFY(!store().findImage(u"busybox"_s));
        QVERIFY(!store().findImage(m_busybox.shortHex()));
        QVERIFY(reconcile(store()));
        NoProgress progress;
        const auto usage = diskUsage(store(), progress);
        QVERIFY(usage);
        QVERIFY(usage->images.isEmpty() && usage->containers.first().rootSize > 1'000'000);
        const auto link = startContainer(store(), container, {});
        QVERIFY2(link, link ? "" : link.error().detail.c_str());
        QVERIFY(removeContainer(store(), container, {.force = true}));
        QVERIFY(reconcile(store()));
        QVERIFY(!store().findImage(m_busybox.text()));
        QCOMPARE(m_fixture->garbage(), QStringList());
        QVERIFY(QDir(m_fixture->dataPath(u"layers"_s)).isEmpty());
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ImportFixture>();
        // busybox:latest and busybox:stable are one image.
        const auto imported = m_fixture->import(ImportFixture::realArchive(u"several.tar"_s));
        QVERIFY(imported);
        m_busybox = store().findImage(u"busybox"_s)->id;
        QVERIFY(removeImage(store(), u"layers"_s, false));
    }
    void cleanup()
    {
        const auto containers = store().containers().value();
        for (const auto &container : containers)
            QVERIFY(removeContainer(store(), container.id, {.force = true, .volumes = true}));
        m_fixture.reset();
    }

    void aNameIsTakenAway()
    {
        QVERIFY(m_fixture->importBytes(dockerArchive({made(u"busybox:latest"_s, "takes the name")})));
        QVERIFY(m_fixture->import(ImportFixture::realArchive(u"several.tar"_s)));
        const auto removed = removeImage(store(), u"busybox:stable"_s, false);
        QVERIFY(removed);
        QCOMPARE(removed->untagged, QStringList{u"busybox:stable"_s});
        QCOMPARE(removed->deleted, QStringList());
        QCOMPARE(store().findImage(u"busybox"_s)->names, QStringList{u"docker.io/library/busybox:latest"_s});
    }

    void theLastNameDeletes()
    {
        const auto image = *store().findImage(u"busybox"_s);
        QVERIFY(removeImage(store(), u"busybox:stable"_s, false));
        const auto removed = removeImage(store(), u"docker.io/library/busybox:latest"_s, false);
        QVERIFY(removed);
        QCOMPARE(removed->untagged, QStringList{u"busybox:latest"_s});
        QStringList deleted{image.id.text()};
        for (qsizetype i = image.chainIds.size(); i-- > 0;)
            deleted += image.chainIds[i].text();
        QCOMPARE(removed->deleted, deleted);
        QVERIFY(store().images()->isEmpty());
        QCOMPARE(m_fixture->garbage(), QStringList());
        QCOMPARE(QDir(m_fixture->dataPath(u"layers"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    }

    void anIdWithSeveralNamesMustBeForced()
    {
        checkRefused(m_busybox.hex().first(12), false, {u"must be forced"_s, u"multiple repositories"_s, m_busybox.shortHex()});
        const auto removed = removeImage(store(), m_busybox.shortHex(), true);
        QVERIFY(removed);
        QCOMPARE(removed->untagged, QStringList({u"busybox:latest"_s, u"busybox:stable"_s}));
        QCOMPARE(removed->deleted.first(), m_busybox.text());
    }

    void anIdWithOneNameIsUntaggedAndDeleted()
    {
        QVERIFY(removeImage(store(), u"busybox:stable"_s, false));
        const auto removed = removeImage(store(), m_busybox.text(), false);
        QVERIFY(removed);
        QCOMPARE(removed->untagged, QStringList{u"busybox:latest"_s});
        QVERIFY(store().images()->isEmpty());
    }

    void aStoppedContainerKeepsItsImage()
    {
        const QString container = create();
        QVERIFY2(container.size() == 12, qPrintable(container));
        // One of two names may go.
        QVERIFY(removeImage(store(), u"busybox:stable"_s, false));
        checkRefused(
            u"busybox"_s, false, {u"repository reference \"busybox\""_s, u"must force"_s, container, m_busybox.shortHex()});
        checkRefused(m_busybox.hex(), false, {u"must be forced"_s, u"stopped container "_s + container});
        // Forced, it is gone from every listing, and the container does not notice.
        const auto removed = removeImage(store(), u"busybox"_s, true);
        QVERIFY(removed);
        QCOMPARE(removed->untagged, QStringList{u"busybox:latest"_s});
        QCOMPARE(removed->deleted, QStringList{m_busybox.text()});
        checkForgotten(container);
    }

    void anIdIsForcedAwayFromAStoppedContainer()
    {
        const QString container = create();
        const auto removed = removeImage(store(), m_busybox.shortHex(), true);
        QVERIFY(removed);
        QCOMPARE(removed->untagged, QStringList({u"busybox:latest"_s, u"busybox:stable"_s}));
        QCOMPARE(removed->deleted, QStringList{m_busybox.text()});
        checkForgotten(container);
    }

    // The same image comes back by an import, whole, with the container that never lost it.
    void aForgottenImageComesBack()
    {
        const QString container = create();
        QVERIFY(removeImage(store(), m_busybox.hex(), true));
        QVERIFY(store().images()->isEmpty());
        QVERIFY(m_fixture->import(ImportFixture::realArchive(u"busybox.tar"_s)));
        QCOMPARE(store().images()->size(), 1);
        QCOMPARE(store().findImage(u"busybox"_s)->containers, 1);
        QVERIFY(removeContainer(store(), container, {}));
        QVERIFY(reconcile(store()));
        QCOMPARE(m_fixture->packAll(*store().findImage(u"busybox"_s)), QString());
        // And by a tag with its full id.
        QVERIFY(create().size() == 12);
        QVERIFY(removeImage(store(), m_busybox.hex(), true));
        QVERIFY(store().addName(m_busybox, ImageReference::parse(u"again"_s).value()));
        QCOMPARE(store().images()->size(), 1);
    }

    void aRunningContainerKeepsItsImageEvenFromForce()
    {
        const QString container = create();
        const auto link = startContainer(store(), container, {});
        QVERIFY2(link, link ? "" : link.error().detail.c_str());
        QVERIFY(removeImage(store(), u"busybox:stable"_s, false));
        for (const bool force : {false, true})
            checkRefused(m_busybox.hex(), force, {u"cannot be forced"_s, u"running container "_s + container});
        checkRefused(u"busybox"_s, false, {u"must force"_s, container});
        // A name may always be taken away by force.
        QCOMPARE(removeImage(store(), u"busybox"_s, true)->untagged, QStringList{u"busybox:latest"_s});
        QCOMPARE(store().findImage(m_busybox.hex())->containers, 1);
        QVERIFY(stopContainer(store(), container, std::chrono::seconds(0)));
        QVERIFY(removeContainer(store(), container, {}));
        QVERIFY(removeImage(store(), m_busybox.hex(), false));
        QCOMPARE(m_fixture->garbage(), QStringList());
    }

    void sharedLayersStay()
    {
        const auto a = made(u"a:1"_s, "a");
        const auto b = made(u"b:1"_s, "b");
        QVERIFY(m_fixture->importBytes(dockerArchive({a, b})));
        const auto image = *store().findImage(u"a:1"_s);
        const auto removed = removeImage(store(), u"a:1"_s, false);
        QVERIFY(removed);
        QCOMPARE(removed->deleted, QStringList({a.id(), image.chainIds[1].text()}));
        QCOMPARE(m_fixture->packAll(*store().findImage(u"b:1"_s)), QString());
        QCOMPARE(m_fixture->garbage(), QStringList());
    }

    void whatIsNotThereIsNotFound_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("name") << u"absent"_s << ErrorCode::NotFound << u"No such image: absent:latest"_s;
        QTest::newRow("tag") << u"busybox:absent"_s << ErrorCode::NotFound << u"No such image: busybox:absent"_s;
        QTest::newRow("id") << u"sha256:"_s + QString(64, u'0') << ErrorCode::NotFound << u"No such image"_s;
        QTest::newRow("no name") << u"A B"_s << ErrorCode::InvalidArgument << u"invalid reference"_s;
        QTest::newRow("empty") << QString() << ErrorCode::InvalidArgument << u"invalid reference"_s;
    }
    void whatIsNotThereIsNotFound()
    {
        QFETCH(QString, name);
        QFETCH(ErrorCode, code);
        QFETCH(QString, sentence);
        const auto before = m_fixture->contents();
        const auto removed = removeImage(store(), name, true);
        QVERIFY(!removed);
        QCOMPARE(removed.error().code, code);
        QVERIFY2(QString::fromStdString(removed.error().detail).contains(sentence), removed.error().detail.c_str());
        QCOMPARE(m_fixture->contents(), before);
    }
};

QTEST_GUILESS_MAIN(TestRemoveImage)
#include "tst_removeimage.moc"
