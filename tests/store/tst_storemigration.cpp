// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Databases that earlier versions made are somebody's: they are taken over whole, whenever the program is killed.
#include "storefixture.h"

#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <csignal>

#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

const QString containerId(64, u'a');

// The tables of version 1, word for word, and something in each of them.
QStringList versionOne(const LayerRecord &layer, const QByteArray &config)
{
    const QString image = Digest::ofBytes(config).hex();
    const QString chain = layer.chainId.text();
    return {
        u"PRAGMA journal_mode = WAL"_s,
        u"CREATE TABLE layers (chain_id TEXT PRIMARY KEY, diff_id TEXT NOT NULL, size INTEGER NOT NULL, "
        "tar_size INTEGER NOT NULL, entries INTEGER NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE images (id TEXT PRIMARY KEY, created INTEGER NOT NULL, config BLOB NOT NULL)"_s,
        u"CREATE TABLE image_layers (image_id TEXT NOT NULL REFERENCES images(id) ON DELETE CASCADE, "
        "position INTEGER NOT NULL, chain_id TEXT NOT NULL REFERENCES layers(chain_id), "
        "PRIMARY KEY (image_id, position)) WITHOUT ROWID"_s,
        u"CREATE INDEX image_layers_by_chain ON image_layers(chain_id)"_s,
        u"CREATE TABLE names (name TEXT PRIMARY KEY, image_id TEXT NOT NULL REFERENCES images(id) "
        "ON DELETE CASCADE) WITHOUT ROWID"_s,
        u"CREATE INDEX names_by_image ON names(image_id)"_s,
        u"CREATE TABLE containers (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, image_id TEXT NOT NULL "
        "REFERENCES images(id), image_name TEXT NOT NULL, created INTEGER NOT NULL, arguments TEXT NOT NULL, "
        "options TEXT NOT NULL)"_s,
        u"CREATE INDEX containers_by_image ON containers(image_id)"_s,
        u"CREATE TABLE volumes (name TEXT PRIMARY KEY, anonymous INTEGER NOT NULL, created INTEGER NOT NULL) "
        "WITHOUT ROWID"_s,
        u"CREATE TABLE container_volumes (container_id TEXT NOT NULL REFERENCES containers(id) "
        "ON DELETE CASCADE, volume TEXT NOT NULL REFERENCES volumes(name), "
        "PRIMARY KEY (container_id, volume)) WITHOUT ROWID"_s,
        u"CREATE INDEX container_volumes_by_volume ON container_volumes(volume)"_s,
        u"INSERT INTO layers VALUES ('%1', '%1', 1000, 2048, 3)"_s.arg(chain),
        u"INSERT INTO images VALUES ('%1', 5000, '%2')"_s.arg(image, QString::fromUtf8(config)),
        u"INSERT INTO image_layers VALUES ('%1', 0, '%2')"_s.arg(image, chain),
        u"INSERT INTO names VALUES ('docker.io/library/redis:7', '%1')"_s.arg(image),
        u"INSERT INTO containers VALUES ('%1', 'web', '%2', 'redis:7', 6000, '[\"sh\"]', '{}')"_s.arg(containerId, image),
        u"INSERT INTO volumes VALUES ('named', 0, 7000), ('nobodys', 1, 8000)"_s,
        u"INSERT INTO container_volumes VALUES ('%1', 'named')"_s.arg(containerId),
        u"PRAGMA user_version = 1"_s,
    };
}

const LayerRecord layerOne = StoreFixture::layer("one");
const QByteArray configOne = StoreFixture::config(layerOne);

bool runAll(const QString &folder, const QStringList &statements, QString *firstCell = nullptr)
{
    bool done = false;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"plain"_s);
        database.setDatabaseName(folder + u"/berth.db"_s);
        done = database.open();
        QSqlQuery query(database);
        for (const QString &statement : statements) {
            done = done && query.exec(statement);
            if (!done)
                qWarning() << statement << query.lastError();
        }
        if (done && firstCell && query.next())
            *firstCell = query.value(0).toString();
    }
    QSqlDatabase::removeDatabase(u"plain"_s);
    return done;
}

QString versionOf(const QString &folder)
{
    QString version;
    return runAll(folder, {u"PRAGMA user_version"_s}, &version) ? version : u"none"_s;
}

void checkContent(const Store &store)
{
    const auto images = store.images();
    QVERIFY2(images, images ? "" : images.error().detail.c_str());
    QCOMPARE(images->size(), 1);
    QCOMPARE(images->first().names, QStringList{u"docker.io/library/redis:7"_s});
    QCOMPARE(images->first().size, 1000);
    QCOMPARE(images->first().containers, 1);
    QCOMPARE(store.imageConfig(images->first().id).value(), configOne);
    QCOMPARE(store.layer(layerOne.chainId).value(), layerOne);
    const auto web = store.findContainer(u"web"_s);
    QVERIFY(web);
    QCOMPARE(web->id, containerId);
    // What was made before there were networks keeps to itself.
    QCOMPARE(web->options.networkMode, u"none"_s);
    QCOMPARE(web->networks, QStringList{u"none"_s});
    QCOMPARE(store.networks()->size(), 3);
    const auto volumes = store.volumes();
    QVERIFY2(volumes, volumes ? "" : volumes.error().detail.c_str());
    QCOMPARE(volumes->size(), 2);
    const VolumeInfo &named = volumes->first();
    QCOMPARE(named.name, u"named"_s);
    QVERIFY(!named.anonymous && named.labels.isEmpty());
    QCOMPARE(named.created.toMSecsSinceEpoch(), 7000);
    QCOMPARE(named.containers, 1);
    QVERIFY(volumes->last().anonymous);
    QCOMPARE(volumes->last().containers, 0);
}

} // namespace

class TestStoreMigration : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void versionOneIsTakenOver()
    {
        const StoreFixture fixture;
        QVERIFY(runAll(fixture.paths().data, versionOne(layerOne, configOne)));
        auto store = fixture.open();
        QVERIFY2(store, store ? "" : store.error().detail.c_str());
        checkContent(*store);
        QVERIFY(store->addVolume(u"labelled"_s, false, {{u"a"_s, u"b"_s}}));
        QCOMPARE(store->findVolume(u"labelled"_s)->labels, (QMap<QString, QString>{{u"a"_s, u"b"_s}}));
        QCOMPARE(versionOf(fixture.paths().data), u"4"_s);
    }

    void aSecondOpeningChangesNothing()
    {
        const StoreFixture fixture;
        QVERIFY(runAll(fixture.paths().data, versionOne(layerOne, configOne)));
        QVERIFY(fixture.open());
        const auto again = fixture.open();
        QVERIFY(again);
        checkContent(*again);
    }

    // Also against each other: many programs find the old database at once.
    void severalProgramsMigrateAtOnce()
    {
        const StoreFixture fixture;
        QVERIFY(runAll(fixture.paths().data, versionOne(layerOne, configOne)));
        QList<QProcess *> children;
        for (int i = 0; i < 8; ++i) {
            children += new QProcess(this);
            children.last()->start(QCoreApplication::applicationFilePath(), {u"--migrate"_s, fixture.paths().data});
        }
        for (QProcess *child : std::as_const(children)) {
            QVERIFY(child->waitForFinished());
            QCOMPARE(child->exitCode(), 0);
        }
        const auto store = fixture.open();
        QVERIFY(store);
        checkContent(*store);
    }

    // Killed after so many microseconds, all over the time that opening takes: the database is of one
    // version or the other, whole, and the next program goes on.
    void aKilledMigrationIsWhole()
    {
        int old = 0;
        int done = 0;
        for (int delay = 0; delay < 24'000; delay += 500) {
            const StoreFixture fixture;
            QVERIFY(runAll(fixture.paths().data, versionOne(layerOne, configOne)));
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {u"--migrate"_s, fixture.paths().data});
            QVERIFY(child.waitForReadyRead()); // it is about to begin
            ::usleep(static_cast<useconds_t>(delay));
            child.kill();
            QVERIFY(child.waitForFinished());
            const QString version = versionOf(fixture.paths().data);
            QVERIFY2(version == u"1" || version == u"4", qPrintable(version));
            ++(version == u"1" ? old : done);
            const auto store = fixture.open();
            QVERIFY2(store, store ? "" : store.error().detail.c_str());
            checkContent(*store);
            QCOMPARE(versionOf(fixture.paths().data), u"4"_s);
        }
        QVERIFY2(old > 0 && done > 0, qPrintable(u"killed %1 times before and %2 times after"_s.arg(old).arg(done)));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--migrate"_s) {
        if (::write(STDOUT_FILENO, "\n", 1) != 1)
            return 1;
        const auto store = Store::open({.data = arguments[2], .runtime = arguments[2]});
        return store ? 0 : 1;
    }
    TestStoreMigration test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_storemigration.moc"
