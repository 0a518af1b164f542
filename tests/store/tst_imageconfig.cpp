// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/imageconfig.h"
#include "storefixture.h"

#include <QTest>
#include <QTimeZone>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

// JSON with single quotes, because moc loses its way in raw strings.
QByteArray json(QByteArray text) { return text.replace('\'', '"'); }

} // namespace

class TestImageConfig : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAll()
    {
        const Digest first = Digest::ofBytes("1");
        const Digest second = Digest::ofBytes("2");
        const QByteArray config = json(
            "{'architecture':'arm64','os':'linux','author':'me','created':'2026-01-02T03:04:05.678Z',"
            "'config':{'Entrypoint':['/e'],'Cmd':['c','d'],'Env':['A=1','B=x=y'],'WorkingDir':'/w',"
            "'User':'redis','StopSignal':'SIGINT','Volumes':{'/data':{}},'ExposedPorts':{'6379/tcp':{}},"
            "'Labels':{'k':'v'}},'rootfs':{'type':'layers','diff_ids':['"
            + first.text().toLatin1() + "','" + second.text().toLatin1() + "']},'unknown':1}");
        const auto image = parseImageConfig(config);
        QVERIFY(image.has_value());
        QCOMPARE(image->id, Digest::ofBytes(config));
        QCOMPARE(image->created, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 678), QTimeZone::UTC));
        QCOMPARE(image->architecture, u"arm64"_s);
        QCOMPARE(image->diffIds, (QList{first, second}));
        QCOMPARE(image->chainIds, (QList{first, Digest::chain(first, second)}));
        QCOMPARE(image->config.entrypoint, QStringList{u"/e"_s});
        QCOMPARE(image->config.command, (QStringList{u"c"_s, u"d"_s}));
        QCOMPARE(image->config.environment, (QStringList{u"A=1"_s, u"B=x=y"_s}));
        QCOMPARE(image->config.workingDirectory, u"/w"_s);
        QCOMPARE(image->config.user, u"redis"_s);
        QCOMPARE(image->config.stopSignal, u"SIGINT"_s);
        QCOMPARE(image->config.volumes, QStringList{u"/data"_s});
        QCOMPARE(image->config.exposedPorts, QStringList{u"6379/tcp"_s});
        QCOMPARE(image->config.labels.value(u"k"_s), u"v"_s);
    }

    // runtime-security.md row 42: a valueless or wildcard entry must never name a variable of the host.
    void environmentWithoutAValueIsDropped()
    {
        QByteArray config = StoreFixture::config(StoreFixture::layer("l"));
        config.replace("\"A=1\"", json("'SECRET','*','A*','=x','','A=1','N\\u0000=1',7"));
        QCOMPARE(parseImageConfig(config).value().config.environment, QStringList{u"A=1"_s});
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("cut off") << StoreFixture::config(StoreFixture::layer("l")).chopped(3);
        QTest::newRow("no rootfs") << json("{'config':{}}");
        QTest::newRow("other type") << json("{'rootfs':{'type':'squash','diff_ids':[]}}");
        QTest::newRow("bad digest") << json("{'rootfs':{'type':'layers','diff_ids':['sha256:../../x']}}");
    }
    void refuses()
    {
        QFETCH(QByteArray, config);
        const auto image = parseImageConfig(config);
        QVERIFY(!image);
        QVERIFY(!image.error().detail.empty());
    }
};

QTEST_GUILESS_MAIN(TestImageConfig)
#include "tst_imageconfig.moc"
