// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storefixture.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestStoreImages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addsAndFinds()
    {
        const StoreFixture fixture;
        Store store = fixture.open().value();
        const LayerRecord layer = StoreFixture::layer("one");
        const QByteArray config = StoreFixture::config(layer);
        QVERIFY(!store.layer(layer.chainId).value());
        const auto moved = store.addImage(config, {layer}, {StoreFixture::name(u"redis:7")});
        QVERIFY2(moved.has_value(), moved ? "" : moved.error().detail.c_str());
        QVERIFY(moved->isEmpty());
        QCOMPARE(store.layer(layer.chainId).value(), layer);
        QCOMPARE(store.imageConfig(Digest::ofBytes(config)).value(), config);

        const QList<ImageInfo> images = store.images().value();
        QCOMPARE(images.size(), 1);
        QCOMPARE(images[0].names, QStringList{u"docker.io/library/redis:7"_s});
        QCOMPARE(images[0].size, 1000);
        QCOMPARE(images[0].containers, 0);
        const QString hex = images[0].id.hex();
        for (const QString &text : {u"redis:7"_s, u"docker.io/library/redis:7"_s, hex, hex.first(12), hex.first(4),
                 images[0].id.text(), u"sha256:"_s + hex.first(8)}) {
            const auto found = store.findImage(text);
            QVERIFY2(found.has_value(), qPrintable(text));
            QCOMPARE(*found, images[0]);
        }
    }

    void sentencesForWhatIsMissing()
    {
        const StoreFixture fixture;
        const Store store = fixture.open().value();
        const auto detail = [&](const QString &name) { return store.findImage(name).error().detail; };
        QCOMPARE(detail(u"redis"_s), "No such image: redis:latest");
        QCOMPARE(detail(u"abc"_s), "No such image: abc:latest");
        QCOMPARE(detail(u"sha256:abc"_s), "No such image: sha256:abc");
        QCOMPARE(detail(u"a b"_s), "invalid reference format: \"a b\"");
        QCOMPARE(detail(QString()), "invalid reference format: \"\"");
        QVERIFY(store.findImage(u"sha256:"_s).error().code == ErrorCode::NotFound);
    }

    void aPrefixThatFitsTwoIsRefused()
    {
        const StoreFixture fixture;
        Store store = fixture.open().value();
        const LayerRecord layer = StoreFixture::layer("one");
        // 17 images cannot have 17 different first digits.
        QHash<QChar, int> firstDigits;
        for (int i = 0; i < 17; ++i) {
            const QByteArray config = StoreFixture::config(layer, QByteArray::number(i));
            QVERIFY(store.addImage(config, {layer}, {}).has_value());
            ++firstDigits[Digest::ofBytes(config).hex().front()];
        }
        for (const auto &[digit, count] : firstDigits.asKeyValueRange()) {
            const auto found = store.findImage(QString(digit));
            QCOMPARE(found.has_value(), count == 1);
            if (count > 1)
                QCOMPARE(found.error().code, ErrorCode::InvalidArgument);
        }
    }

    void aNameMovesToTheNewerImage()
    {
        const StoreFixture fixture;
        Store store = fixture.open().value();
        const LayerRecord layer = StoreFixture::layer("one");
        const auto name = StoreFixture::name(u"redis");
        const QByteArray older = StoreFixture::config(layer, "older");
        const QByteArray newer = StoreFixture::config(layer, "newer");
        QVERIFY(store.addImage(older, {layer}, {name}).has_value());
        QCOMPARE(store.addImage(newer, {}, {name}).value(), QStringList{name.canonicalName()});
        QCOMPARE(store.addImage(newer, {}, {name}).value(), QStringList());
        QCOMPARE(store.findImage(u"redis"_s).value().id, Digest::ofBytes(newer));
        QVERIFY(store.findImage(Digest::ofBytes(older).hex()).value().names.isEmpty());
        QVERIFY(store.removeName(name).has_value());
        QCOMPARE(store.removeName(name).error().detail, "No such image: redis:latest");
        QVERIFY(store.addName(Digest::ofBytes(older), name).has_value());
        QCOMPARE(store.findImage(u"redis"_s).value().id, Digest::ofBytes(older));
        QCOMPARE(store.addName(Digest::ofBytes("no"), name).error().code, ErrorCode::NotFound);
        QCOMPARE(store.findImage(u"redis"_s).value().id, Digest::ofBytes(older));
    }

    void anImageWithoutItsLayersIsRefusedWhole()
    {
        const StoreFixture fixture;
        Store store = fixture.open().value();
        const auto added = store.addImage(
            StoreFixture::config(StoreFixture::layer("missing")), {}, {StoreFixture::name(u"redis")});
        QVERIFY(!added);
        QCOMPARE(added.error().code, ErrorCode::NotFound);
        QVERIFY(store.images().value().isEmpty());
        QCOMPARE(store.findImage(u"redis"_s).error().code, ErrorCode::NotFound);
    }

    void sharedLayersStayUntilTheLastImageGoes()
    {
        const StoreFixture fixture;
        Store store = fixture.open().value();
        const LayerRecord layer = StoreFixture::layer("one");
        const QByteArray first = StoreFixture::config(layer, "first");
        const QByteArray second = StoreFixture::config(layer, "second");
        QVERIFY(store.addImage(first, {layer}, {}).has_value());
        QVERIFY(store.addImage(second, {layer}, {}).has_value());
        QVERIFY(store.removeImage(Digest::ofBytes(first)).value().isEmpty());
        QVERIFY(store.layer(layer.chainId).value().has_value());
        QCOMPARE(store.removeImage(Digest::ofBytes(second)).value(), QList{layer.chainId});
        QVERIFY(!store.layer(layer.chainId).value());
        QCOMPARE(store.removeImage(Digest::ofBytes(second)).error().code, ErrorCode::NotFound);
    }

    void anImageInUseStays()
    {
        const StoreFixture fixture;
        Store store = fixture.open().value();
        const LayerRecord layer = StoreFixture::layer("one");
        const QByteArray config = StoreFixture::config(layer);
        QVERIFY(store.addImage(config, {layer}, {}).has_value());
        ContainerInfo container;
        container.id = QString(64, u'a');
        container.name = u"web"_s;
        container.imageId = Digest::ofBytes(config);
        container.created = QDateTime::currentDateTimeUtc();
        QVERIFY(store.addContainer(container).has_value());
        QCOMPARE(store.images().value()[0].containers, 1);
        const auto removed = store.removeImage(container.imageId);
        QCOMPARE(removed.error().code, ErrorCode::WrongState);
        QCOMPARE(removed.error().detail, "image is being used by container aaaaaaaaaaaa");
        QCOMPARE(store.images().value().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestStoreImages)
#include "tst_storeimages.moc"
