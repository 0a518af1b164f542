// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/idmap.h"

#include "runtime/procfiles.h"

#include <QTest>

using namespace berth;
using namespace std::string_literals;

class TestIdMap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asTheKernelWritesThem()
    {
        const auto map = parseIdMap("         0       1000          1\n         1     100000      65536\n");
        QVERIFY(map);
        QCOMPARE(map->size(), 2U);
        QVERIFY((*map)[0] == (IdRange{0, 1}) && (*map)[1] == (IdRange{1, 65536}));
        QVERIFY(parseIdMap("0 0 4294967295\n").value() == (std::vector<IdRange>{{0, 4294967295U}}));
        QVERIFY(parseIdMap("5 6 7").value() == (std::vector<IdRange>{{5, 7}}));
        QVERIFY(parseIdMap("").value().empty());
    }

    void row70_damaged_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
            {"0 0", "0 0 \n", "0\n0\n1\n", "a 0 1", "0 0 1x", "0 0 1 2", "-1 0 1", "0 -1 1", "0 0 0", "0 0 4294967296",
                "4294967296 0 1", "4294967295 0 1", "4294967294 0 2", "1 0 4294967295", "0,0,1", "\n", "0 0 1\n\n", "0 0 1\r\n"})
            QTest::newRow(text) << QByteArray(text);
    }
    void row70_damaged()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseIdMap(text.toStdString()));
        QVERIFY(!parseIdMap("0 0 1\n" + text.toStdString()));
    }

    void asManyLinesAsTheKernelTakes()
    {
        std::string text;
        for (int i = 0; i < 340; ++i)
            text += std::to_string(i) + " " + std::to_string(i) + " 1\n";
        QCOMPARE(parseIdMap(text)->size(), 340U);
        QVERIFY(!parseIdMap(text + "400 400 1\n"));
    }

    void contained()
    {
        const std::vector<IdRange> map{{0, 1}, {1, 65536}, {4294967290U, 5}};
        for (const std::uint32_t id : {0U, 1U, 65536U, 4294967290U, 4294967294U})
            QVERIFY2(contains(map, id), qPrintable(QString::number(id)));
        for (const std::uint32_t id : {65537U, 4294967289U, 4294967295U})
            QVERIFY2(!contains(map, id), qPrintable(QString::number(id)));
        QVERIFY(!contains({}, 0));
    }

    // The kernel refuses a line that spans two of the parent's.
    void nestedLineForLine()
    {
        QCOMPARE(nestedIdMap({{0, 1}, {1, 65536}}), "0 0 1\n1 1 65536\n"s);
        QCOMPARE(nestedIdMap({}), ""s);
        QVERIFY(parseIdMap(nestedIdMap({{7, 3}, {4294967290U, 5}})).value() == (std::vector<IdRange>{{7, 3}, {4294967290U, 5}}));
    }

    void ownMaps()
    {
        const auto proc = openHostProc();
        QVERIFY(proc);
        const auto maps = readIdMaps(proc->get());
        QVERIFY(maps);
        QVERIFY(contains(maps->users, 0) && contains(maps->groups, 0));
    }
};

QTEST_APPLESS_MAIN(TestIdMap)
#include "tst_idmap.moc"
