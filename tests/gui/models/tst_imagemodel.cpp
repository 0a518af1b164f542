// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/imagemodel.h"
#include "gui/models/listfilter.h"

#include "../samples.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;
using samples::image;
using samples::now;

namespace {

const QString redis = u"docker.io/library/redis:latest"_s;
const QString redis8 = u"docker.io/library/redis:8"_s;
const QString tool = u"ghcr.io/someone/tool:v1"_s;

QStringList rowsOf(const QAbstractItemModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows.append(model.index(row, ImageModel::Repository).data().toString() + u':'
            + model.index(row, ImageModel::Tag).data().toString());
    return rows;
}

} // namespace

class TestImageModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneRowForEachName()
    {
        ImageModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setImages({image("a", {redis8, redis}, 1000, 0), image("b", {}, 500, 1), image("c", {tool}, 1, 0)}, now);
        QCOMPARE(rowsOf(model), (QStringList{u"redis:8"_s, u"redis:latest"_s, u"<none>:<none>"_s, u"ghcr.io/someone/tool:v1"_s}));
        QCOMPARE(model.rowAt(1).reference(), u"redis:latest"_s);
        QCOMPARE(model.rowAt(2).reference(), Digest::ofBytes("b").shortHex());
        QCOMPARE(model.images().size(), 3);
        QCOMPARE(model.index(0, ImageModel::Size).data().toString(), u"1kB"_s);
        QVERIFY(model.index(1, ImageModel::Repository).data(Qt::ToolTipRole).toString().contains(redis));
        QVERIFY(model.index(2, ImageModel::Repository).data(Qt::ToolTipRole).toString().contains(Digest::ofBytes("b").hex()));
    }

    void snapshotsAreDiffedByName()
    {
        ImageModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setImages({image("a", {redis8, redis}, 1000, 0), image("c", {tool}, 1, 0)}, now);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QItemSelectionModel selection(&model);
        selection.select(model.index(2, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);

        model.setImages({image("a", {redis8, redis}, 1000, 0), image("c", {tool}, 1, 2)}, now); // two use it now
        QCOMPARE(changed.count(), 1);
        QCOMPARE(inserted.count() + removed.count(), 0);

        // An import moved the name to a newer image; the old one is left without.
        model.setImages({image("n", {redis}, 2000, 0), image("a", {redis8}, 1000, 0), image("c", {tool}, 1, 2)}, now);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(selection.selectedRows().first().data().toString(), u"ghcr.io/someone/tool"_s);
        QVERIFY(model.find(Digest::ofBytes("n").hex() + u'\n' + redis) != nullptr);
        QVERIFY(model.find(Digest::ofBytes("a").hex() + u'\n' + redis) == nullptr);
    }

    void anySequenceIsConsistent()
    {
        ImageModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ListFilter filter(&model);
        const QAbstractItemModelTester proxyTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.sort(ImageModel::Size, Qt::DescendingOrder);
        QRandomGenerator random(1);
        for (int round = 0; round < 100; ++round) {
            QList<ImageInfo> list;
            for (int number = 0; number < 6; ++number) {
                QStringList names;
                for (int tag = random.bounded(3); tag > 0; --tag)
                    names.append(u"docker.io/library/i%1:t%2"_s.arg(number).arg(tag));
                if (random.bounded(3) > 0)
                    list.append(image(QByteArray::number(number), names, random.bounded(1000), random.bounded(2)));
            }
            model.setImages(list, now);
            filter.setKind(static_cast<ListFilter::Kind>(random.bounded(3)));
            int rows = 0;
            for (const ImageInfo &info : list)
                rows += std::max<int>(1, static_cast<int>(info.names.size()));
            QCOMPARE(model.rowCount(), rows);
        }
    }

    void sortsByRawValues_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("size") << int(ImageModel::Size) << QStringList{u"c"_s, u"B"_s, u"a"_s}; // 900kB, 5MB, 1GB
        QTest::newRow("created") << int(ImageModel::Created) << QStringList{u"a"_s, u"c"_s, u"B"_s};
        QTest::newRow("used by") << int(ImageModel::UsedBy) << QStringList{u"B"_s, u"a"_s, u"c"_s}; // 0, 2, 10
        QTest::newRow("name") << int(ImageModel::Repository) << QStringList{u"a"_s, u"B"_s, u"c"_s};
    }
    void sortsByRawValues()
    {
        QFETCH(int, column);
        QFETCH(QStringList, expected);
        ImageModel model;
        auto b = image("b", {u"docker.io/library/b:1"_s}, 5'000'000, 0, 100);
        b.names = {u"example.org/B"_s}; // not a canonical name; shown as it is
        model.setImages({image("a", {u"docker.io/library/a:1"_s}, 1'000'000'000, 2, 10'000'000), b,
                            image("c", {u"docker.io/library/c:1"_s}, 900'000, 10, 5000)},
            now);
        ListFilter filter(&model);
        filter.sort(column);
        QStringList names;
        for (int row = 0; row < filter.rowCount(); ++row)
            names.append(filter.index(row, 0).data().toString().section(u'/', -1));
        if (column == ImageModel::Repository)
            expected = {u"a"_s, u"c"_s, u"B"_s}; // example.org/B
        QCOMPARE(names, expected);
    }

    void filters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("use");
        QTest::addColumn<QStringList>("expected");
        using enum ListFilter::Kind;
        QTest::newRow("all") << QString() << int(All) << QStringList{u"redis:8"_s, u"redis:latest"_s, u"<none>:<none>"_s};
        QTest::newRow("used") << QString() << int(Active) << QStringList{u"<none>:<none>"_s};
        QTest::newRow("unused") << QString() << int(Idle) << QStringList{u"redis:8"_s, u"redis:latest"_s};
        QTest::newRow("tag") << u"redis:8"_s << int(All) << QStringList{u"redis:8"_s};
        QTest::newRow("upper case") << u"LATEST"_s << int(All) << QStringList{u"redis:latest"_s};
        QTest::newRow("id") << Digest::ofBytes("b").hex().first(12) << int(All) << QStringList{u"<none>:<none>"_s};
        QTest::newRow("digest") << u"sha256:"_s + Digest::ofBytes("b").hex() << int(All) << QStringList{u"<none>:<none>"_s};
        QTest::newRow("shown text") << u"<none>"_s << int(All) << QStringList{u"<none>:<none>"_s};
        QTest::newRow("nothing") << u"mysql"_s << int(All) << QStringList{};
    }
    void filters()
    {
        QFETCH(QString, text);
        QFETCH(int, use);
        QFETCH(QStringList, expected);
        ImageModel model;
        model.setImages({image("a", {redis8, redis}, 1000, 0), image("b", {}, 500, 1)}, now);
        ListFilter filter(&model);
        filter.setText(text);
        filter.setKind(static_cast<ListFilter::Kind>(use));
        QCOMPARE(rowsOf(filter), expected);
    }

    void totalsCountImagesOnce()
    {
        ImageModel model;
        model.setImages({image("a", {redis8, redis}, 100'000'000, 1), image("b", {}, 50'000'000, 0)}, now);
        QVERIFY2(model.totals().contains(u"150MB"_s), qPrintable(model.totals()));
        QVERIFY2(model.totals().contains(u"50MB"_s), qPrintable(model.totals()));
        model.setImages({image("a", {redis}, 100'000'000, 1)}, now);
        QVERIFY2(!model.totals().contains(u"·"_s), qPrintable(model.totals())); // nothing is unused
    }

    void agesAreAnnouncedWhenTheyChange()
    {
        ImageModel model;
        model.setImages({image("a", {redis}, 1, 0, 30)}, now);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const auto wait = model.refreshTimes(now);
        QCOMPARE(changed.count(), 0);
        QVERIFY(wait.has_value());
        model.refreshTimes(now.addMSecs(wait->count() + 1));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(2).value<QList<int>>(), QList<int>{Qt::DisplayRole});
    }

    void buttonsAreNamed()
    {
        ImageModel model;
        model.setImages({image("a", {redis}, 1, 0)}, now);
        const auto buttons = model.index(0, ImageModel::Buttons).data(ButtonsRole).value<QList<RowButton>>();
        QCOMPARE(buttons.size(), 3);
        for (const RowButton &button : buttons)
            QVERIFY(button.enabled && !button.toolTip.isEmpty());
    }
};

QTEST_MAIN(TestImageModel)
#include "tst_imagemodel.moc"
