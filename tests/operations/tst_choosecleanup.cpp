// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/choosecleanup.h"

#include "../store/storefixture.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

using Kind = CleanUpItem::Kind;

LayerRecord sizedLayer(const QByteArray &content, qint64 size)
{
    LayerRecord made = StoreFixture::layer(content);
    made.size = size;
    return made;
}

// A store with two images that share their lower layer, a container and a volume.
class Filled : public StoreFixture {
public:
    Filled() : store(open().value())
    {
        base = sizedLayer("base", 1000);
        first = add("first", sizedLayer("first", 20));
        second = add("second", sizedLayer("second", 3));
        ContainerInfo made;
        made.id = QString(64, u'c');
        made.name = u"web"_s;
        made.imageId = first;
        made.created = QDateTime::currentDateTimeUtc();
        made.options.mounts = {{.kind = MountOption::Kind::Volume, .source = u"data"_s, .target = u"/data"_s}};
        if (!store.addVolume(u"data"_s, false) || !store.addContainer(made))
            qFatal("no container");
    }
    // The plan of all of it, as it would be made.
    [[nodiscard]] CleanUpPlan plan() const
    {
        return {{item(Kind::Container, QString(64, u'c'), u"web"_s, 7), item(Kind::Volume, u"data"_s, u"data"_s, 500),
            item(Kind::ImageName, first.text(), u"first:latest"_s, 0), item(Kind::Image, first.text(), u"first:latest"_s, 20),
            item(Kind::ImageName, second.text(), u"second:latest"_s, 0),
            item(Kind::Image, second.text(), u"second:latest"_s, 1003)}};
    }
    static CleanUpItem item(Kind kind, const QString &id, const QString &name, qint64 size)
    {
        CleanUpItem made;
        made.kind = kind;
        made.id = id;
        made.name = name;
        made.size = size;
        return made;
    }
    Digest add(const QByteArray &text, const LayerRecord &top)
    {
        LayerRecord upper = top;
        upper.chainId = Digest::ofBytes((base.chainId.text() + u' ' + top.diffId.text()).toLatin1());
        const QByteArray config = R"({"architecture":"amd64","os":"linux","author":")" + text
            + R"(","config":{},"rootfs":{"type":"layers","diff_ids":[")" + base.diffId.text().toLatin1() + R"(",")"
            + top.diffId.text().toLatin1() + R"("]}})";
        if (const auto added = store.addImage(config, {base, upper}, {name(QString::fromLatin1(text))}); !added)
            qFatal("%s", added.error().detail.c_str());
        return Digest::ofBytes(config);
    }

    Store store;
    LayerRecord base;
    Digest first, second;
};

qint64 sum(const CleanUpPlan &plan)
{
    qint64 bytes = 0;
    for (const CleanUpItem &item : plan.items)
        bytes += item.size;
    return bytes;
}

} // namespace

class TestChooseCleanUp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingGoes()
    {
        const Filled filled;
        const auto choice = chooseCleanUp(filled.store, filled.plan(), {0, 1, 2, 3, 4, 5});
        QVERIFY(choice.has_value());
        QCOMPARE(choice->plan.items.size(), 6);
        QVERIFY(choice->blocked.isEmpty());
        QCOMPARE(sum(choice->plan), 7 + 500 + 20 + 1003);
        QCOMPARE(choice->plan.items.at(3).size, 20); // the shared layer goes with the last that has it
        QCOMPARE(choice->plan.items.at(3).layers.size(), 1);
        QCOMPARE(choice->plan.items.at(5).layers,
            (QStringList{
                Digest::ofBytes((filled.base.chainId.text() + u' ' + Digest::ofBytes("second").text()).toLatin1()).text(),
                filled.base.chainId.text()}));
    }

    // The field's old complaint: shared layers counted as if they went.
    void aSharedLayerStaysWithItsOtherImage()
    {
        const Filled filled;
        const auto choice = chooseCleanUp(filled.store, filled.plan(), {4, 5});
        QVERIFY(choice.has_value());
        QCOMPARE(choice->plan.items.size(), 2);
        QCOMPARE(sum(choice->plan), 3);
    }

    void whatAContainerUsesCannotGoWithoutIt()
    {
        const Filled filled;
        const auto choice = chooseCleanUp(filled.store, filled.plan(), {1, 2, 3, 4, 5});
        QVERIFY(choice.has_value());
        QCOMPARE(choice->plan.items.size(), 2); // the second image and its name
        QCOMPARE(choice->plan.items.first().id, filled.second.text());
        QCOMPARE(choice->blocked, (QHash<qsizetype, QStringList>{{1, {u"web"_s}}, {2, {u"web"_s}}, {3, {u"web"_s}}}));
        QCOMPARE(sum(choice->plan), 3);
    }

    void nothingWanted()
    {
        const Filled filled;
        const auto choice = chooseCleanUp(filled.store, filled.plan(), {});
        QVERIFY(choice.has_value());
        QVERIFY(choice->plan.items.isEmpty());
        QCOMPARE(choice->blocked.size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestChooseCleanUp)
#include "tst_choosecleanup.moc"
