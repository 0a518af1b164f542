// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Records and folders of volumes.
#include "storefixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

class TestStoreVolumes : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_fixture;
    std::optional<Store> m_store;

    [[nodiscard]] QString path(const QString &name) const { return m_fixture->paths().data + u"/volumes/"_s + name; }
    void write(const QString &name, const QByteArray &bytes)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>();
        auto store = m_fixture->open();
        QVERIFY(store);
        m_store.emplace(std::move(*store));
    }
    void cleanup()
    {
        m_store.reset();
        m_fixture.reset();
    }

    void volumesAreListedByName()
    {
        QCOMPARE(m_store->volumes().value(), QList<VolumeInfo>());
        const auto before = QDateTime::currentDateTimeUtc().addMSecs(-1);
        QVERIFY(m_store->addVolume(u"pages"_s, false, {{u"empty"_s, QString()}, {u"team"_s, u"a=b \"c\""_s}}));
        QVERIFY(m_store->addVolume(u"cache"_s, true));
        const auto volumes = m_store->volumes().value();
        QCOMPARE(volumes.size(), 2);
        QCOMPARE(volumes[0].name, u"cache"_s);
        QVERIFY(volumes[0].anonymous);
        QCOMPARE(volumes[0].labels, (QMap<QString, QString>{{u"com.docker.volume.anonymous"_s, QString()}}));
        const VolumeInfo &pages = volumes[1];
        QVERIFY(!pages.anonymous);
        QCOMPARE(pages.labels, (QMap<QString, QString>{{u"empty"_s, QString()}, {u"team"_s, u"a=b \"c\""_s}}));
        QVERIFY(pages.created >= before && pages.created <= QDateTime::currentDateTimeUtc());
        QCOMPARE(pages.mountpoint, path(u"pages/data"_s));
        QVERIFY(QDir(pages.mountpoint).exists());
        QCOMPARE(m_store->findVolume(u"pages"_s).value(), pages);
    }

    void onlyTheExactNameIsFound()
    {
        QVERIFY(m_store->addVolume(u"pages"_s, false));
        for (const QString &name : {u"page"_s, u"Pages"_s, QString(), u"pages "_s}) {
            const auto found = m_store->findVolume(name);
            QVERIFY(!found);
            QCOMPARE(found.error().code, ErrorCode::NotFound);
            QCOMPARE(QString::fromStdString(found.error().detail), u"get %1: no such volume"_s.arg(name));
        }
    }

    void anExistingVolumeIsKeptAsItIs()
    {
        QVERIFY(m_store->addVolume(u"pages"_s, false, {{u"a"_s, u"1"_s}}));
        write(u"pages/data/file"_s, "content");
        QVERIFY(m_store->addVolume(u"pages"_s, true, {{u"a"_s, u"2"_s}}));
        const auto volume = m_store->findVolume(u"pages"_s).value();
        QVERIFY(!volume.anonymous);
        QCOMPARE(volume.labels.value(u"a"_s), u"1"_s);
        QVERIFY(QFile::exists(path(u"pages/data/file"_s)));
    }

    // As images have it for a database's files: only the user of the container may look in.
    void aClosedVolumeIsUsedAgain()
    {
        QVERIFY(m_store->addVolume(u"pages"_s, false));
        QCOMPARE(::chmod(path(u"pages/data"_s).toLocal8Bit().constData(), 0), 0);
        const auto again = m_store->addVolume(u"pages"_s, false);
        QVERIFY2(again, again ? "" : again.error().detail.c_str());
    }

    // After a loss of power a record may be there whose folder is not.
    void aLostFolderIsMadeAgain()
    {
        QVERIFY(m_store->addVolume(u"pages"_s, false));
        QVERIFY(QDir(path(u"pages"_s)).removeRecursively());
        QVERIFY(m_store->addVolume(u"pages"_s, false));
        QVERIFY(QDir(path(u"pages/data"_s)).exists());
    }

    // A removal was killed between the record and the folder. Who makes the volume anew does not get the
    // old one's content.
    void whatAKilledRemovalLeftIsNotSeenAgain()
    {
        QVERIFY(m_store->addVolume(u"pages"_s, false));
        write(u"pages/data/old"_s, "secret");
        QVERIFY(m_store->removeVolume(u"pages"_s));
        QVERIFY(m_store->addVolume(u"pages"_s, false));
        QVERIFY(QDir(path(u"pages/data"_s)).exists());
        QVERIFY(!QFile::exists(path(u"pages/data/old"_s)));
        QCOMPARE(QDir(m_fixture->paths().data + u"/trash"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    }

    void aUsedVolumeStays()
    {
        const LayerRecord layer = StoreFixture::layer("one");
        QVERIFY(m_store->addImage(StoreFixture::config(layer), {layer}, {}));
        QVERIFY(m_store->addVolume(u"pages"_s, false));
        ContainerInfo container;
        container.id = QString(64, u'c');
        container.name = u"web"_s;
        container.imageId = m_store->images()->first().id;
        container.options.mounts = {{.kind = MountOption::Kind::Volume, .source = u"pages"_s, .target = u"/a"_s},
            {.kind = MountOption::Kind::Volume, .source = u"pages"_s, .target = u"/b"_s}};
        QVERIFY(m_store->addContainer(container));
        QCOMPARE(m_store->findVolume(u"pages"_s)->containers, 1);
        const auto refused = m_store->removeVolume(u"pages"_s);
        QCOMPARE(refused.error().code, ErrorCode::WrongState);
        QCOMPARE(QString::fromStdString(refused.error().detail), u"remove pages: volume is in use - [%1]"_s.arg(container.id));
        QVERIFY(m_store->removeContainer(container.id));
        QVERIFY(m_store->removeVolume(u"pages"_s));
        QCOMPARE(m_store->removeVolume(u"pages"_s).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestStoreVolumes)
#include "tst_storevolumes.moc"
