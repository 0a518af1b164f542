// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "store/containerfiles.h"
#include "store/filelock.h"
#include "storefixture.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>
#include <QTimeZone>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

// Records may only be made up here, where the reader is what is tested.
const RunRecord runRecord{.pid = 4321,
    .pidStartTime = 1,
    .monitorPid = 4320,
    .startedAt = "2026-01-02T03:04:05.678901234Z",
    .cgroup = "",
    .paused = false,
    .health = {}};
const ExitRecord exitRecord{
    .status = {.exitCode = 137, .signal = 9, .outOfMemory = true}, .finishedAt = "2026-01-02T03:05:05.000000001Z", .error = ""};

} // namespace

class TestStoreContainers : public QObject {
    Q_OBJECT

    ContainerInfo make(Store &store, const QString &id, const QString &name)
    {
        ContainerInfo container;
        container.id = id;
        container.name = name;
        container.imageId = m_imageId;
        container.imageName = u"redis"_s;
        container.arguments = {u"sh"_s, u"-c"_s, u"한"_s};
        container.created = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, QTimeZone::UTC);
        container.options.image = u"redis"_s;
        container.options.environment = {u"A=1"_s};
        container.options.name = name;
        if (!QDir(store.paths().data).mkpath(u"containers/"_s + id))
            qFatal("cannot make a folder");
        const auto added = store.addContainer(container);
        if (!added)
            qFatal("%s", added.error().detail.c_str());
        return container;
    }
    static void write(const Store &store, const QString &id, std::string_view name, const std::string &text)
    {
        const auto folder = store.containerFolder(id).value();
        QVERIFY(writeFileAtomically(folder.get(), std::string(name), text).has_value());
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>();
        m_store = std::make_unique<Store>(m_fixture->open().value());
        const LayerRecord layer = StoreFixture::layer("one");
        const QByteArray config = StoreFixture::config(layer);
        QVERIFY(m_store->addImage(config, {layer}, {StoreFixture::name(u"redis")}).has_value());
        m_imageId = Digest::ofBytes(config);
    }

    void comesBackAsItWas()
    {
        const ContainerInfo container = make(*m_store, QString(64, u'a'), u"web"_s);
        QCOMPARE(m_store->containers().value(), QList{container});
    }

    void findsByIdThenNameThenPrefix()
    {
        const ContainerInfo first = make(*m_store, u"abc"_s + QString(61, u'0'), u"one"_s);
        const ContainerInfo second = make(*m_store, u"abd"_s + QString(61, u'0'), u"abc"_s);
        QCOMPARE(m_store->findContainer(first.id).value(), first);
        QCOMPARE(m_store->findContainer(u"abc"_s).value(), second);
        QCOMPARE(m_store->findContainer(u"abc0"_s).value(), first);
        QCOMPARE(m_store->findContainer(u"/one"_s).value(), first);
        QCOMPARE(m_store->findContainer(u"ab"_s).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(m_store->findContainer(u"on"_s).error().detail, "No such container: on");
        QCOMPARE(m_store->findContainer(u"%"_s).error().code, ErrorCode::NotFound);
        QCOMPARE(m_store->findContainer(QString()).error().code, ErrorCode::NotFound);
    }

    void aTakenNameIsAConflict()
    {
        const ContainerInfo first = make(*m_store, QString(64, u'a'), u"web"_s);
        ContainerInfo second = first;
        second.id = QString(64, u'b');
        const auto added = m_store->addContainer(second);
        QCOMPARE(added.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(QString::fromStdString(added.error().detail),
            u"Conflict. The container name \"/web\" is already in use by container \"%1\". You have to "
            "remove (or rename) that container to be able to reuse that name."_s.arg(first.id));
        second = make(*m_store, QString(64, u'b'), u"db"_s);
        QCOMPARE(m_store->renameContainer(second.id, u"web"_s).error().code, ErrorCode::AlreadyExists);
        QVERIFY(m_store->renameContainer(second.id, u"cache"_s).has_value());
        QCOMPARE(m_store->findContainer(u"cache"_s).value().id, second.id);
        QCOMPARE(m_store->renameContainer(QString(64, u'c'), u"x1"_s).error().code, ErrorCode::NotFound);
    }

    void stateComesFromTheFiles()
    {
        const QString id = make(*m_store, QString(64, u'a'), u"web"_s).id;
        const auto read = [&] { return m_store->findContainer(id).value(); };
        QCOMPARE(read().state, ContainerState::Created);

        auto lock = tryLockFile(m_store->containerFolder(id).value().get(), std::string(monitorLockName), LockKind::Exclusive);
        QVERIFY(lock.has_value());
        QCOMPARE(read().state, ContainerState::Created); // the monitor is still getting ready
        RunRecord run = runRecord;
        write(*m_store, id, runRecordName, encode(run));
        QCOMPARE(read().state, ContainerState::Running);
        QCOMPARE(read().pid, 4321);
        // Nine digits of a second are cut or rounded to three.
        const QDateTime started(QDate(2026, 1, 2), QTime(3, 4, 5, 678), QTimeZone::UTC);
        QVERIFY(qAbs(started.msecsTo(read().started)) <= 1);
        run.paused = true;
        write(*m_store, id, runRecordName, encode(run));
        QCOMPARE(read().state, ContainerState::Paused);

        write(*m_store, id, exitRecordName, encode(exitRecord));
        QCOMPARE(read().state, ContainerState::Exited); // also while the monitor says good-bye
        lock->reset();
        const ContainerInfo ended = read();
        QCOMPARE(ended.state, ContainerState::Exited);
        QCOMPARE(ended.exitCode, 137);
        QCOMPARE(ended.exitSignal, 9);
        QVERIFY(ended.outOfMemory);
        QCOMPARE(ended.pid, 0);
        QVERIFY(ended.finished > ended.started);
    }

    void aLostMonitorReadsAsKilled()
    {
        const QString id = make(*m_store, QString(64, u'a'), u"web"_s).id;
        write(*m_store, id, runRecordName, encode(runRecord));
        const ContainerInfo lost = m_store->findContainer(id).value();
        QCOMPARE(lost.state, ContainerState::Exited);
        QCOMPARE(lost.exitCode, 137);
    }

    void aFailedStartStaysCreatedAndSaysWhy()
    {
        const QString id = make(*m_store, QString(64, u'a'), u"web"_s).id;
        ExitRecord failed;
        failed.status.exitCode = 127;
        failed.error = "no such program\nat all";
        write(*m_store, id, exitRecordName, encode(failed));
        const ContainerInfo container = m_store->findContainer(id).value();
        QCOMPARE(container.state, ContainerState::Created);
        QCOMPARE(container.exitCode, 127);
        QCOMPARE(container.error, u"no such program\nat all"_s);
    }

    void aDamagedContainerHidesNoOther()
    {
        make(*m_store, QString(64, u'a'), u"web"_s);
        const QString id = make(*m_store, QString(64, u'b'), u"db"_s).id;
        write(*m_store, id, runRecordName, "garbage");
        make(*m_store, QString(64, u'c'), u"gone"_s);
        QVERIFY(QDir(m_store->paths().data + u"/containers/"_s + QString(64, u'c')).removeRecursively());
        const auto containers = m_store->containers().value();
        QCOMPARE(containers.size(), 3);
        QCOMPARE(m_store->findContainer(u"web"_s).value().state, ContainerState::Created);
        QCOMPARE(m_store->findContainer(u"db"_s).value().state, ContainerState::Dead);
        QCOMPARE(m_store->findContainer(u"gone"_s).value().state, ContainerState::Dead);
    }

    void volumesAreCountedByTheirUsers()
    {
        QVERIFY(m_store->addVolume(u"named"_s, false).has_value());
        QVERIFY(m_store->addVolume(u"anon"_s, true).has_value());
        QVERIFY(QFileInfo::exists(m_store->paths().data + u"/volumes/anon/data"_s));
        ContainerInfo container;
        container.id = QString(64, u'a');
        container.name = u"web"_s;
        container.imageId = m_imageId;
        container.created = QDateTime::currentDateTimeUtc();
        MountOption mount;
        mount.kind = MountOption::Kind::Volume;
        mount.source = u"named"_s;
        container.options.mounts = {mount};
        mount.source = u"anon"_s;
        container.options.mounts += mount;
        QVERIFY(m_store->addContainer(container).has_value());
        QCOMPARE(m_store->anonymousVolumes(container.id).value(), QStringList{u"anon"_s});
        QCOMPARE(m_store->removeVolume(u"anon"_s).error().code, ErrorCode::WrongState);
        QVERIFY(m_store->removeContainer(container.id).has_value());
        QVERIFY(m_store->removeVolume(u"anon"_s).has_value());
        QCOMPARE(m_store->removeVolume(u"anon"_s).error().code, ErrorCode::NotFound);
        QCOMPARE(m_store->removeContainer(container.id).error().code, ErrorCode::NotFound);
    }

    void everyChangeTouchesTheWatchedFile()
    {
        const QString file = m_store->paths().data + u"/changed"_s;
        const auto changes = [&](const auto &change) {
            const QDateTime before = QFileInfo(file).lastModified();
            QTest::qSleep(20);
            change();
            return QFileInfo(file).lastModified() > before;
        };
        QVERIFY(changes([&] { make(*m_store, QString(64, u'a'), u"web"_s); }));
        QVERIFY(changes([&] { QVERIFY(m_store->renameContainer(QString(64, u'a'), u"db"_s)); }));
        QVERIFY(!changes([&] { QVERIFY(m_store->containers()); }));
        QVERIFY(!changes([&] { QVERIFY(m_store->images()); }));
        QVERIFY(changes([&] { QVERIFY(m_store->removeContainer(QString(64, u'a'))); }));
        QVERIFY(changes([&] { QVERIFY(m_store->removeImage(m_imageId)); }));
    }

    void twoHundredAreReadQuickly()
    {
        for (int i = 0; i < 200; ++i) {
            const QString id = u"%1"_s.arg(i, 64, 16, QChar(u'0'));
            make(*m_store, id, u"c%1"_s.arg(i));
            write(*m_store, id, runRecordName, encode(runRecord));
            write(*m_store, id, exitRecordName, encode(exitRecord));
        }
        QBENCHMARK { QCOMPARE(m_store->containers().value().size(), 200); }
    }

private:
    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
    Digest m_imageId;
};

QTEST_GUILESS_MAIN(TestStoreContainers)
#include "tst_storecontainers.moc"
