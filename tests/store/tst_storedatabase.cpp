// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storefixture.h"

#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

class TestStoreDatabase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewerDatabaseIsRefusedAndKept()
    {
        const StoreFixture fixture;
        QVERIFY(fixture.open().has_value());
        {
            auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
            database.setDatabaseName(fixture.paths().data + u"/berth.db"_s);
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY(query.exec(u"PRAGMA user_version = 9"_s));
        }
        QSqlDatabase::removeDatabase(u"test"_s);
        const auto store = fixture.open();
        QCOMPARE(store.error().code, ErrorCode::Unsupported);
        const QString detail = QString::fromStdString(store.error().detail);
        QVERIFY2(detail.contains(u"newer Berth (version 9"_s), qPrintable(detail));
    }

    void aDamagedDatabaseIsNamed_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray(8192, 'x');
        QTest::newRow("damaged page") << QByteArray("SQLite format 3\0", 16) + QByteArray(8176, '\xff');
    }
    void aDamagedDatabaseIsNamed()
    {
        QFETCH(QByteArray, content);
        const StoreFixture fixture;
        const QString name = fixture.paths().data + u"/berth.db"_s;
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto store = fixture.open();
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::Corrupt);
        QVERIFY(QString::fromStdString(store.error().detail).contains(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content); // it may be all that a rescue has to work with
    }

    void aFolderWithoutWritePermissionIsNamed()
    {
        if (::geteuid() == 0)
            return; // root may write everywhere; ./dev test runs as an ordinary user
        const StoreFixture fixture;
        const QByteArray folder = fixture.paths().data.toUtf8();
        QCOMPARE(::chmod(folder.constData(), 0500), 0);
        const auto store = fixture.open();
        QCOMPARE(::chmod(folder.constData(), 0700), 0);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::PermissionDenied);
        QVERIFY(QString::fromStdString(store.error().detail).contains(fixture.paths().data));
    }

    void aMissingFolderIsNamed()
    {
        const auto store = Store::open({.data = u"/no/such/folder"_s, .runtime = {}});
        QCOMPARE(store.error().code, ErrorCode::NotFound);
        QVERIFY(store.error().detail.contains("/no/such/folder"));
    }

    void storesOfOneThreadDoNotDisturbEachOther()
    {
        const StoreFixture fixture;
        auto first = std::make_unique<Store>(fixture.open().value());
        Store second = fixture.open().value();
        const LayerRecord layer = StoreFixture::layer("one");
        QVERIFY(first->addImage(StoreFixture::config(layer), {layer}, {}).has_value());
        first.reset();
        QCOMPARE(second.images().value().size(), 1);
        Store moved = std::move(second);
        QCOMPARE(moved.images().value().size(), 1);
        second = std::move(moved);
        QCOMPARE(second.images().value().size(), 1);
    }

    // A kill between any two instructions: the child commits images until it is killed; what it said
    // was stored is there, and the store opens.
    void whatWasReportedSurvivesAKill()
    {
        const StoreFixture fixture;
        int reported = 0;
        for (int round = 0; round < 8; ++round) {
            QProcess child;
            child.start(
                QCoreApplication::applicationFilePath(), {u"--add-images"_s, fixture.paths().data, QString::number(round)});
            QVERIFY(child.waitForReadyRead());
            QTest::qSleep(5 + 7 * round);
            child.kill();
            QVERIFY(child.waitForFinished());
            reported += static_cast<int>(child.readAllStandardOutput().count('\n'));
            const auto store = fixture.open();
            QVERIFY2(store.has_value(), store ? "" : store.error().detail.c_str());
            const auto images = store->images();
            QVERIFY2(images.has_value(), images ? "" : images.error().detail.c_str());
            QVERIFY2(images->size() >= reported, qPrintable(u"%1 < %2"_s.arg(images->size()).arg(reported)));
        }
        QVERIFY(reported >= 8);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--add-images"_s) {
        auto store = Store::open({.data = arguments[2], .runtime = arguments[2]});
        const LayerRecord layer = StoreFixture::layer("one");
        for (int i = 0; store; ++i) {
            const QByteArray text = arguments[3].toUtf8() + '.' + QByteArray::number(i);
            if (!store->addImage(StoreFixture::config(layer, text), {layer}, {}))
                return 1;
            if (::write(STDOUT_FILENO, "\n", 1) != 1)
                return 1;
        }
        return 1;
    }
    TestStoreDatabase test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_storedatabase.moc"
