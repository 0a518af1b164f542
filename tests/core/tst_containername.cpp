// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/containername.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestContainerName : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void idsAreLongHexAndNeverADecimalShortForm()
    {
        static const QRegularExpression hex(u"^[0-9a-f]{64}$"_s);
        static const QRegularExpression digits(u"^[0-9]{12}"_s);
        QSet<QString> seen;
        // About one short id in 280 would be all digits, were they not filtered.
        for (int i = 0; i < 20000; ++i) {
            const QString id = randomContainerId();
            QVERIFY2(hex.match(id).hasMatch(), qPrintable(id));
            QVERIFY2(!digits.match(id).hasMatch(), qPrintable(id));
            seen.insert(id);
        }
        QCOMPARE(seen.size(), 20000);
    }

    void generatedNamesFollowTheRule()
    {
        static const QRegularExpression shape(u"^[a-z]+_[a-z]+$"_s);
        QSet<QString> seen;
        for (int i = 0; i < 2000; ++i) {
            const QString name = randomContainerName();
            QVERIFY2(shape.match(name).hasMatch(), qPrintable(name));
            QVERIFY(checkContainerName(name).has_value());
            seen.insert(name);
        }
        QVERIFY(seen.size() > 1500);
    }

    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("valid");
        QTest::newRow("plain") << u"web"_s << true;
        QTest::newRow("all characters") << u"Web_1.x-2"_s << true;
        QTest::newRow("digits first") << u"1a"_s << true;
        QTest::newRow("one character") << u"w"_s << false;
        QTest::newRow("empty") << u""_s << false;
        QTest::newRow("leading dash") << u"-web"_s << false;
        QTest::newRow("leading dot") << u".web"_s << false;
        QTest::newRow("slash") << u"/web"_s << false;
        QTest::newRow("space") << u"we b"_s << false;
        QTest::newRow("line end") << u"web\n"_s << false;
        QTest::newRow("Korean") << u"컨테이너"_s << false;
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(bool, valid);
        const auto checked = checkContainerName(name);
        QCOMPARE(checked.has_value(), valid);
        if (!valid) {
            QCOMPARE(checked.error().code, ErrorCode::InvalidArgument);
            QVERIFY(QString::fromStdString(checked.error().detail).contains(name));
        }
    }
};

QTEST_GUILESS_MAIN(TestContainerName)
#include "tst_containername.moc"
