// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/colorscheme.h"

#include <QPalette>
#include <QTest>

using namespace berth;

class ColorSchemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsThePalette();
    void resolvesIndexes_data();
    void resolvesIndexes();
    void unreadableTextChanges();
    void hintsAreReadable();
};

void ColorSchemeTest::followsThePalette()
{
    QPalette palette;
    palette.setColor(QPalette::Base, Qt::white);
    QVERIFY(qGray(ColorScheme::forPalette(palette).background) > 200);
    palette.setColor(QPalette::Base, QColor(30, 30, 30));
    QVERIFY(qGray(ColorScheme::forPalette(palette).background) < 60);
    QVERIFY(qGray(ColorScheme::forPalette(palette).foreground) > 200);
}

void ColorSchemeTest::resolvesIndexes_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QRgb>("expected");
    QTest::newRow("cube start") << 16 << qRgb(0, 0, 0);
    QTest::newRow("cube red") << 196 << qRgb(255, 0, 0);
    QTest::newRow("cube mixed") << 67 << qRgb(95, 135, 175);
    QTest::newRow("cube end") << 231 << qRgb(255, 255, 255);
    QTest::newRow("grey start") << 232 << qRgb(8, 8, 8);
    QTest::newRow("grey end") << 255 << qRgb(238, 238, 238);
}

void ColorSchemeTest::resolvesIndexes()
{
    QFETCH(int, index);
    QFETCH(QRgb, expected);
    const ColorScheme scheme = ColorScheme::forPalette(QPalette());
    CellColor color;
    color.kind = CellColor::Kind::Indexed;
    color.red = static_cast<quint8>(index);
    QCOMPARE(scheme.resolve(color, 0), expected);
    QCOMPARE(scheme.resolve({}, 0xff123456), 0xff123456);
}

void ColorSchemeTest::unreadableTextChanges()
{
    const QRgb dark = qRgb(27, 30, 36);
    QVERIFY(qGray(ColorScheme::readable(qRgb(43, 48, 59), dark)) > 200);
    QVERIFY(qGray(ColorScheme::readable(qRgb(230, 232, 235), qRgb(255, 255, 255))) < 60);
    QCOMPARE(ColorScheme::readable(qRgb(224, 96, 106), dark), qRgb(224, 96, 106));
}

// The console writes its hints in the eighth colour; 4.5 is what WCAG 2.1 asks for text of this size.
void ColorSchemeTest::hintsAreReadable()
{
    for (const QColor base : {QColor(Qt::white), QColor(0x22, 0x28, 0x2f)}) {
        QPalette palette;
        palette.setColor(QPalette::Base, base);
        const ColorScheme scheme = ColorScheme::forPalette(palette);
        QVERIFY(ColorScheme::contrast(scheme.named[8], scheme.background) > 4.5);
        // And still another colour than what is typed.
        QVERIFY(ColorScheme::contrast(scheme.named[8], scheme.foreground) > 2);
    }
    QCOMPARE(ColorScheme::contrast(qRgb(0, 0, 0), qRgb(255, 255, 255)), 21.0);
}

QTEST_GUILESS_MAIN(ColorSchemeTest)
#include "tst_colorscheme.moc"
