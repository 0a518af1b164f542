// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/scrollback.h"

#include <QTest>

using namespace berth;

namespace {

TerminalLine line(const QString &text, qsizetype columns)
{
    TerminalLine made;
    for (const QChar character : text)
        made.cells.push_back({.character = character.unicode(), .style = {}});
    made.cells.resize(static_cast<size_t>(columns));
    return made;
}

} // namespace

class ScrollbackTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsCellsStylesAndFlags();
    void forgetsTheOldestAtTheLimit();
    void popsTheNewest();
    void cutsAndPadsToTheColumns();
    void numbersGoOnAfterClear();
    void plainTextIsCompact();
};

void ScrollbackTest::keepsCellsStylesAndFlags()
{
    TerminalLine styled = line(QStringLiteral("a가 z"), 20);
    styled.cells[2].character = Cell::wideTail;
    styled.cells[0].style.flags = CellStyle::Bold | CellStyle::UnderlineCurly;
    styled.cells[1].style.foreground = {.kind = CellColor::Kind::Rgb, .red = 1, .green = 2, .blue = 255};
    styled.cells[5].character = Cell::firstCluster + 65535;
    styled.cells[5].style.link = 7;
    styled.cells[9].style.background = {.kind = CellColor::Kind::Indexed, .red = 200, .green = 0, .blue = 0};
    styled.continued = true;
    Scrollback scrollback(4);
    scrollback.push(styled);
    TerminalLine read;
    scrollback.read(0, 20, read);
    QVERIFY(read == styled);
}

void ScrollbackTest::forgetsTheOldestAtTheLimit()
{
    Scrollback scrollback(10);
    for (int number = 0; number < 25; ++number)
        scrollback.push(line(QString::number(number), 8));
    QCOMPARE(scrollback.size(), 10);
    QCOMPARE(scrollback.dropped(), 15);
    TerminalLine read;
    scrollback.read(0, 8, read);
    QVERIFY(read == line(QStringLiteral("15"), 8));
    scrollback.read(9, 8, read);
    QVERIFY(read == line(QStringLiteral("24"), 8));
}

void ScrollbackTest::popsTheNewest()
{
    Scrollback scrollback(3);
    for (int number = 0; number < 5; ++number)
        scrollback.push(line(QString::number(number), 8));
    TerminalLine read;
    scrollback.pop(8, read);
    QVERIFY(read == line(QStringLiteral("4"), 8));
    QCOMPARE(scrollback.size(), 2);
    QCOMPARE(scrollback.dropped(), 2);
    scrollback.push(line(QStringLiteral("again"), 8));
    scrollback.read(2, 8, read);
    QVERIFY(read == line(QStringLiteral("again"), 8));
}

void ScrollbackTest::cutsAndPadsToTheColumns()
{
    Scrollback scrollback(3);
    scrollback.push(line(QStringLiteral("abcdef"), 6));
    TerminalLine read;
    scrollback.read(0, 3, read);
    QVERIFY(read == line(QStringLiteral("abc"), 3));
    scrollback.read(0, 9, read);
    QVERIFY(read == line(QStringLiteral("abcdef"), 9));
}

void ScrollbackTest::numbersGoOnAfterClear()
{
    Scrollback scrollback(3);
    for (int number = 0; number < 5; ++number)
        scrollback.push(line(QString::number(number), 8));
    scrollback.clear();
    QCOMPARE(scrollback.size(), 0);
    QCOMPARE(scrollback.dropped(), 5);
}

void ScrollbackTest::plainTextIsCompact()
{
    Scrollback scrollback(10000);
    const TerminalLine full = line(QString(80, QLatin1Char('x')), 80);
    for (int number = 0; number < 30000; ++number)
        scrollback.push(full);
    // 80 bytes of text, a vector and its slack.
    QVERIFY2(scrollback.memory() < 10000 * 140, qPrintable(QString::number(scrollback.memory())));
}

QTEST_APPLESS_MAIN(ScrollbackTest)
#include "tst_scrollback.moc"
